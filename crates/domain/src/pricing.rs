//! Prices: lists, tiers and promotions, and the one rule by which a price is found and explained.
//!
//! [`resolve`] is the only place that decides a price. A list, a search, a cart, a quote and an order all ask it; what differs is
//! only where its [`Candidate`]s come from.

mod asked;
mod candidate;
mod list;
mod order_terms;
mod period;
mod price;
mod promotion;
mod promotion_terms;
mod ranking;
mod resolution;
mod resolve;
mod rule;
mod sheet;
mod status;
#[cfg(test)]
mod tests;
mod verdict;

pub use candidate::{Candidate, PriceOrigin, PriceTag, Question};
pub use list::{PriceList, PriceListChange, PriceListDraft, PriceListEvent, PriceListId, PriceRank};
pub use order_terms::OrderTerms;
pub use period::Period;
pub use price::{Price, PriceDraft, PriceId, PriceKey, PriceTerms};
pub use promotion::{Promotion, PromotionEvent, PromotionId};
pub use promotion_terms::{
    PromotionChange, PromotionDraft, PromotionTarget, PromotionTargetKind, PromotionTerms, TARGETS_MAX, TargetDraft,
};
pub use resolution::{Resolution, Step, Taken};
pub use resolve::resolve;
pub use rule::PriceRule;
pub use sheet::{PRICES_AT_ONCE_MAX, PRICES_PER_PRODUCT_MAX, Placed, PriceSheet};
pub use status::{PriceStatus, StatusStep};
pub use verdict::PriceVerdict;

use crate::problem::{Code, Problem};

/// The highest priority; the lowest is 0. Among prices of one rule a higher one goes first.
pub const PRIORITY_MAX: i64 = 1_000;

fn priority(priority: i64) -> Result<i64, Problem> {
    match priority {
        ..0 => Err(Code::Negative.into()),
        0..=PRIORITY_MAX => Ok(priority),
        _ => Err(Problem::new(Code::TooLarge).with("max", PRIORITY_MAX)),
    }
}
