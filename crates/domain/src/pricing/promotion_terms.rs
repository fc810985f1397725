//! What a promotion takes off, of what, from which quantity on, and when.

use jiff::Timestamp;
use rust_decimal::Decimal;

use super::candidate::PriceTag;
use super::list::PriceRank;
use super::period::Period;
use super::price::{count, positive};
use super::priority;
use crate::catalog::{CategoryId, ProductId};
use crate::currency::Currency;
use crate::money::Percent;
use crate::named;
use crate::problem::{Code, Problem, Problems};
use crate::quantity::Quantity;
use crate::text::ShortText;
use crate::unit::Unit;
use crate::viewing::GroupId;

/// How many categories, brands or products a promotion names.
pub const TARGETS_MAX: usize = 1_000;

named! {
    /// Which products a promotion is for.
    pub enum PromotionTargetKind {
        /// All of the seller's products.
        All = "ALL",
        /// Those that stand in certain categories or below them.
        Category = "CATEGORY",
        /// Those of certain brands, as they are written in the products.
        Brand = "BRAND",
        /// Certain products.
        Products = "PRODUCTS",
    }
}

/// Which products a promotion is for. Where the products stand and what brand they have is judged as it is now, also for times past.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PromotionTarget {
    /// All of the seller's.
    All,
    /// Those in these categories or below them.
    Category(Vec<CategoryId>),
    /// Those of these brands.
    Brand(Vec<ShortText>),
    /// These.
    Products(Vec<ProductId>),
}

/// Targets as they were sent: at most one of the lists has entries; none is all products.
#[derive(Debug, Clone, Default)]
pub struct TargetDraft {
    /// Categories.
    pub categories: Vec<CategoryId>,
    /// Brands.
    pub brands: Vec<String>,
    /// Products.
    pub products: Vec<ProductId>,
}

/// What a promotion says; kept as it was at any time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PromotionTerms {
    /// A part off the list price, or a price of its own.
    pub tag: PriceTag,
    /// From which quantity on; `None` for any.
    pub min_quantity: Option<(Quantity, Unit)>,
    /// Among promotions the higher one goes first; 0 to [`PRIORITY_MAX`](super::PRIORITY_MAX).
    pub priority: i64,
    /// When it holds.
    pub valid: Period,
}

/// A promotion to make, as it was sent.
#[derive(Debug, Clone)]
pub struct PromotionDraft {
    /// Its name.
    pub name: String,
    /// What kind of group it is for.
    pub rank: PriceRank,
    /// Which group; the caller has looked it up.
    pub group: GroupId,
    /// For which products.
    pub target: TargetDraft,
    /// So much off the list price.
    pub percent_off: Option<Decimal>,
    /// Or this price for one unit.
    pub price: Option<(Decimal, Currency)>,
    /// What the fixed price and the least quantity count; needed for either.
    pub unit: Option<Unit>,
    /// From which quantity on.
    pub min_quantity: Option<Decimal>,
    /// Its priority.
    pub priority: i64,
    /// From when on.
    pub valid_from: Option<Timestamp>,
    /// Until when.
    pub valid_until: Option<Timestamp>,
}

/// What is to change in a promotion; what is `None` stays, what is `Some(None)` goes. For whom and for what it is stays: that is another
/// promotion.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PromotionChange {
    /// The new name.
    pub name: Option<String>,
    /// So much off the list price from now on, instead of what it was before.
    pub percent_off: Option<Decimal>,
    /// The new priority.
    pub priority: Option<i64>,
    /// The new begin.
    pub valid_from: Option<Option<Timestamp>>,
    /// The new end.
    pub valid_until: Option<Option<Timestamp>>,
}

impl TargetDraft {
    /// Checks what was sent.
    ///
    /// # Errors
    /// [`Code::Invalid`] where more than one kind is named; [`Code::TooMany`]; [`Code::Duplicate`]; what is wrong with a brand.
    pub fn parse(&self) -> Result<PromotionTarget, Problems> {
        let kinds = [
            ("categoryIds", self.categories.len()),
            ("brands", self.brands.len()),
            ("productIds", self.products.len()),
        ];
        let mut named = kinds.iter().filter(|(_, length)| *length > 0);
        let first = named.next();
        if let Some((path, _)) = named.next() {
            return Err(Problem::new(Code::Invalid).at(path).into());
        }
        if let Some((path, length)) = first
            && *length > TARGETS_MAX
        {
            return Err(Problem::new(Code::TooMany).with("max", TARGETS_MAX).at(path).into());
        }
        let mut problems = Problems::new();
        let target = match first {
            Some(("categoryIds", _)) => problems
                .take("categoryIds", distinct(&self.categories))
                .map(|ids| PromotionTarget::Category(ids.to_vec())),
            Some(("productIds", _)) => {
                problems.take("productIds", distinct(&self.products)).map(|ids| PromotionTarget::Products(ids.to_vec()))
            }
            Some(_) => {
                let mut brands = Vec::with_capacity(self.brands.len());
                for (n, brand) in self.brands.iter().enumerate() {
                    brands.extend(problems.take("brands", ShortText::parse(brand).map_err(|problem| problem.at(n))));
                }
                problems.take("brands", distinct(&brands).map(drop));
                Some(PromotionTarget::Brand(brands))
            }
            None => Some(PromotionTarget::All),
        };
        problems.finish(target)
    }
}

fn distinct<T: Eq + std::hash::Hash>(items: &[T]) -> Result<&[T], Problem> {
    let mut seen = std::collections::HashSet::new();
    match items.iter().position(|item| !seen.insert(item)) {
        Some(n) => Err(Problem::new(Code::Duplicate).at(n)),
        None => Ok(items),
    }
}

impl PromotionTarget {
    /// Which kind it is.
    #[must_use]
    pub const fn kind(&self) -> PromotionTargetKind {
        match self {
            Self::All => PromotionTargetKind::All,
            Self::Category(_) => PromotionTargetKind::Category,
            Self::Brand(_) => PromotionTargetKind::Brand,
            Self::Products(_) => PromotionTargetKind::Products,
        }
    }
}

impl PromotionTerms {
    /// Checks a draft.
    ///
    /// # Errors
    /// Everything that is wrong with it: neither or both of `percentOff` and `unitPrice`, a quantity or fixed price without a unit.
    pub fn parse(draft: &PromotionDraft, now: Timestamp) -> Result<Self, Problems> {
        let mut problems = Problems::new();
        let tag = match (draft.percent_off, draft.price, draft.unit) {
            (Some(percent), None, _) => problems.take("percentOff", Percent::new(percent)).map(PriceTag::PercentOff),
            (None, Some((price, currency)), Some(unit)) => {
                problems.take("unitPrice", positive(price, currency)).map(|price| PriceTag::Fixed(price, unit))
            }
            (None, Some(_), None) => problems.take("unit", Err(Problem::new(Code::Required))),
            (None, None, _) => problems.take("percentOff", Err(Problem::new(Code::Required))),
            (Some(_), Some(_), _) => problems.take("unitPrice", Err(Problem::new(Code::Invalid))),
        };
        let min_quantity = match (draft.min_quantity, draft.unit) {
            (None, _) => Some(None),
            (Some(_), None) => problems.take("unit", Err(Problem::new(Code::Required))),
            (Some(quantity), Some(unit)) => {
                problems.take("minQuantity", count(quantity, unit)).map(|quantity| Some((quantity, unit)))
            }
        };
        let priority = problems.take("priority", priority(draft.priority));
        let valid = problems.take("validUntil", Period::parse(draft.valid_from, draft.valid_until, now));
        let parts = tag.zip(min_quantity).zip(priority.zip(valid));
        let ((tag, min_quantity), (priority, valid)) = problems.finish(parts)?;
        Ok(Self { tag, min_quantity, priority, valid })
    }

    /// The terms after `change`.
    ///
    /// # Errors
    /// Everything that is wrong with the terms that it leads to; [`Code::Invalid`] for a percentage of a promotion with a price of its own.
    pub(super) fn changed(&self, change: &PromotionChange, now: Timestamp) -> Result<Self, Problems> {
        let mut problems = Problems::new();
        let tag = match (change.percent_off, self.tag) {
            (None, tag) => Some(tag),
            (Some(percent), PriceTag::PercentOff(_)) => {
                problems.take("percentOff", Percent::new(percent)).map(PriceTag::PercentOff)
            }
            (Some(_), PriceTag::Fixed(..)) => problems.take("percentOff", Err(Problem::new(Code::Invalid))),
        };
        let priority = problems.take("priority", change.priority.map_or(Ok(self.priority), priority));
        let until = change.valid_until.unwrap_or(self.valid.until);
        let judged_at = if until == self.valid.until { Timestamp::MIN } else { now };
        let from = change.valid_from.unwrap_or(self.valid.from);
        let valid = problems.take("validUntil", Period::parse(from, until, judged_at));
        let (tag, (priority, valid)) = problems.finish(tag.zip(priority.zip(valid)))?;
        Ok(Self { tag, min_quantity: self.min_quantity, priority, valid })
    }
}
