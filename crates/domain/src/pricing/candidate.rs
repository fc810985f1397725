//! What the resolver is asked, and what it chooses from.

use jiff::Timestamp;
use uuid::Uuid;

use super::order_terms::OrderTerms;
use super::period::Period;
use super::rule::PriceRule;
use crate::currency::Currency;
use crate::money::{Percent, UnitPrice};
use crate::named;
use crate::quantity::Quantity;
use crate::text::Name;
use crate::unit::Unit;

named! {
    /// What kind of thing states a price.
    pub enum PriceOrigin {
        /// A line of a framework agreement.
        ContractLine = "CONTRACT_LINE",
        /// A list for one customer.
        CustomerList = "CUSTOMER_LIST",
        /// A list for a segment of customers.
        SegmentList = "SEGMENT_LIST",
        /// A list of a framework agreement.
        AgreementList = "AGREEMENT_LIST",
        /// A discount that a framework agreement gives on list prices.
        AgreementDiscount = "AGREEMENT_DISCOUNT",
        /// A promotion for the buyer, for a segment of customers or for everybody.
        Promotion = "PROMOTION",
        /// A list for everybody who may see prices.
        GeneralList = "GENERAL_LIST",
        /// The seller's own public offer.
        Offer = "OFFER",
    }
}

impl PriceOrigin {
    /// The rule under which its prices are tried; for a general list the one of its base price.
    #[must_use]
    pub const fn rule(self) -> PriceRule {
        match self {
            Self::ContractLine => PriceRule::ContractLine,
            Self::CustomerList => PriceRule::Customer,
            Self::SegmentList => PriceRule::Segment,
            Self::AgreementList | Self::AgreementDiscount => PriceRule::Agreement,
            Self::Promotion => PriceRule::Promotion,
            Self::GeneralList | Self::Offer => PriceRule::List,
        }
    }
}

/// What a candidate says that one unit costs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PriceTag {
    /// That much for each `Unit`.
    Fixed(UnitPrice, Unit),
    /// So much less than the list price: what the rules TIER and LIST answer to the same question.
    PercentOff(Percent),
}

/// One statement of a price for one product, as it was recorded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Candidate {
    /// Which row; of two that are otherwise equal the newer one, with the larger id, goes first.
    pub id: Uuid,
    /// What kind of thing states it.
    pub origin: PriceOrigin,
    /// Which list, agreement, promotion or offer states it.
    pub source: Uuid,
    /// Among candidates of one rule the higher one goes first.
    pub priority: i64,
    /// What buyers read that the source is called; only promotions have such a name.
    pub name: Option<Name>,
    /// What it says.
    pub tag: PriceTag,
    /// From which quantity on it applies (the tier), in the unit of its price where it states one; `None` for any.
    pub tier: Option<(Quantity, Unit)>,
    /// How much can be ordered at once, as far as it says so.
    pub order: OrderTerms,
    /// Whether its source is active, neither drafted, paused nor ended.
    pub active: bool,
    /// When it holds.
    pub valid: Period,
    /// From when on, and until when, this was what the books said.
    pub recorded: Period,
}

/// What is asked: what one unit costs when so much is bought at that time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Question {
    /// How much.
    pub quantity: Quantity,
    /// Of which unit.
    pub unit: Unit,
    /// In which currency; `None` for whichever the first rule that has a price names.
    pub currency: Option<Currency>,
    /// At what time.
    pub as_of: Timestamp,
    /// By which state of the books: those of that time where it is past, else those of now.
    pub known_at: Timestamp,
}

impl Question {
    /// What `quantity` of `unit` costs at `as_of`, asked at `now`; what is past is answered as it was then.
    #[must_use]
    pub fn new(
        quantity: Quantity,
        unit: Unit,
        currency: Option<Currency>,
        as_of: Option<Timestamp>,
        now: Timestamp,
    ) -> Self {
        let as_of = as_of.unwrap_or(now);
        Self { quantity, unit, currency, as_of, known_at: as_of.min(now) }
    }
}
