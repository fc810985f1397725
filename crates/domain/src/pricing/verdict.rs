//! What became of a price that was tried, for programs and for people.

use crate::language::Language;
use crate::named;
use crate::named::Named as _;

named! {
    /// Why a price was taken, or why it was not.
    pub enum PriceVerdict {
        /// It is the price.
        Taken = "TAKEN",
        /// A rule that is tried earlier has a price.
        EarlierRule = "EARLIER_RULE",
        /// Another price of the same rule has a higher priority.
        LowerPriority = "LOWER_PRIORITY",
        /// Another price of the same rule and priority is for a larger quantity that is reached too.
        SmallerTier = "SMALLER_TIER",
        /// Another price of the same rule, priority and tier is of a newer source.
        OlderSource = "OLDER_SOURCE",
        /// Another price of the same source and tier is in the unit that was asked for, or was set later.
        OtherUnit = "OTHER_UNIT",
        /// What states it was not active at that time.
        NotActive = "NOT_ACTIVE",
        /// It holds only from a later time on.
        NotYetValid = "NOT_YET_VALID",
        /// It held only until an earlier time.
        NoLongerValid = "NO_LONGER_VALID",
        /// It is in another currency than the one asked for.
        CurrencyDiffers = "CURRENCY_DIFFERS",
        /// It is for a unit that has nothing to do with the one asked for: no fixed relation, and no packaging of the product.
        UnitDiffers = "UNIT_DIFFERS",
        /// The quantity asked for is no number of its unit that can be written down or exist.
        QuantityInexact = "QUANTITY_INEXACT",
        /// The quantity does not reach its tier.
        BelowTier = "BELOW_TIER",
        /// It is an offer, and a general list names the product.
        ListNamesProduct = "LIST_NAMES_PRODUCT",
        /// It takes a part off the list price, and there is none for this question.
        NoListPrice = "NO_LIST_PRICE",
        /// It takes so much off a price so small that nothing remains.
        NothingRemains = "NOTHING_REMAINS",
    }
}

impl PriceVerdict {
    /// The verdict in a sentence for people.
    #[must_use]
    pub fn sentence(self, language: Language) -> &'static str {
        match language {
            Language::English => self.meaning().trim(),
            Language::Vietnamese => self.vietnamese(),
        }
    }

    const fn vietnamese(self) -> &'static str {
        match self {
            Self::Taken => "Đây là giá được áp dụng.",
            Self::EarlierRule => "Một quy tắc được xét trước đã có giá.",
            Self::LowerPriority => "Một giá khác của cùng quy tắc có độ ưu tiên cao hơn.",
            Self::SmallerTier => {
                "Một giá khác của cùng quy tắc và độ ưu tiên dành cho số lượng lớn hơn mà cũng đạt được."
            }
            Self::OlderSource => "Một giá khác của cùng quy tắc, độ ưu tiên và bậc số lượng đến từ nguồn mới hơn.",
            Self::OtherUnit => {
                "Một giá khác của cùng nguồn và bậc số lượng dùng đúng đơn vị được hỏi, hoặc được đặt sau."
            }
            Self::NotActive => "Nguồn nêu giá này không có hiệu lực vào thời điểm đó.",
            Self::NotYetValid => "Giá này chỉ có hiệu lực từ một thời điểm muộn hơn.",
            Self::NoLongerValid => "Giá này chỉ có hiệu lực đến một thời điểm sớm hơn.",
            Self::CurrencyDiffers => "Giá này dùng loại tiền khác với loại được hỏi.",
            Self::UnitDiffers => {
                "Giá này dành cho đơn vị không liên quan đến đơn vị được hỏi: không có quan hệ cố định và không phải quy cách đóng gói của sản phẩm."
            }
            Self::QuantityInexact => {
                "Số lượng được hỏi không phải là một số viết được hoặc có thể có của đơn vị tính giá."
            }
            Self::BelowTier => "Số lượng chưa đạt bậc của giá này.",
            Self::ListNamesProduct => "Đây là chào bán, và một bảng giá chung đã nêu sản phẩm này.",
            Self::NoListPrice => "Giá này giảm một phần so với giá niêm yết, mà câu hỏi này không có giá niêm yết.",
            Self::NothingRemains => "Mức giảm lớn đến mức giá nhỏ như vậy không còn lại gì.",
        }
    }
}
