//! One price of a list: what one unit of a product costs from a quantity on.

use jiff::Timestamp;
use rust_decimal::Decimal;
use uuid::Uuid;

use super::period::Period;
use crate::catalog::ProductId;
use crate::currency::Currency;
use crate::id::Id;
use crate::money::UnitPrice;
use crate::organization::OrganizationId;
use crate::problem::{Code, Problem, Problems};
use crate::quantity::Quantity;
use crate::unit::Unit;
use crate::viewing::GroupId;

/// A price as it was recorded. It never changes: another price takes its place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Price {
    /// Which price.
    pub id: PriceId,
    /// Of which list, or of which agreement.
    pub source: Uuid,
    /// Whose.
    pub seller: OrganizationId,
    /// For which group of buyers.
    pub group: GroupId,
    /// Of which product.
    pub product: ProductId,
    /// What it says.
    pub terms: PriceTerms,
    /// When it was recorded.
    pub recorded_at: Timestamp,
    /// When it was ended or replaced; `None` while it stands.
    pub ended_at: Option<Timestamp>,
}

/// The id of a [`Price`].
pub type PriceId = Id<Price>;

/// What a price says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PriceTerms {
    /// For each `unit`.
    pub price: UnitPrice,
    /// What the price and the quantities count.
    pub unit: Unit,
    /// From which quantity on (the tier); `None` for any.
    pub min_quantity: Option<Quantity>,
    /// The least that is sold at once under it; `None` where it does not say.
    pub order_minimum: Option<Quantity>,
    /// What quantities are multiples of under it; `None` where it does not say.
    pub order_multiple: Option<Quantity>,
    /// When it holds, within the validity of its list.
    pub valid: Period,
}

/// What of a list can hold once at a time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PriceKey {
    /// Which product.
    pub product: ProductId,
    /// In which unit.
    pub unit: Unit,
    /// From which quantity on.
    pub min_quantity: Option<Quantity>,
}

/// A price as it was sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PriceDraft {
    /// Of which product.
    pub product: ProductId,
    /// What is counted.
    pub unit: Unit,
    /// For one unit.
    pub price: Decimal,
    /// From which quantity on.
    pub min_quantity: Option<Decimal>,
    /// The least that is sold at once.
    pub order_minimum: Option<Decimal>,
    /// What quantities are multiples of.
    pub order_multiple: Option<Decimal>,
    /// From when on.
    pub valid_from: Option<Timestamp>,
    /// Until when.
    pub valid_until: Option<Timestamp>,
}

impl Price {
    /// What of its list it is.
    #[must_use]
    pub const fn key(&self) -> PriceKey {
        PriceKey { product: self.product, unit: self.terms.unit, min_quantity: self.terms.min_quantity }
    }

    /// It ends at `now`, but not before it was recorded: then it never held.
    #[must_use]
    pub fn end(self, now: Timestamp) -> Self {
        Self { ended_at: Some(now.max(self.recorded_at)), ..self }
    }
}

impl PriceTerms {
    /// Checks a price in `currency`.
    ///
    /// # Errors
    /// Everything that is wrong with it: a price, tier or order quantity that is not above zero or cannot exist in the unit, a tier or a
    /// minimum that is no multiple ([`Code::OffMultiple`]), a validity that ends before it begins or has ended.
    pub fn parse(draft: &PriceDraft, currency: Currency, now: Timestamp) -> Result<Self, Problems> {
        let mut problems = Problems::new();
        let price = problems.take("unitPrice", positive(draft.price, currency));
        let counted = |value: Option<Decimal>| value.map(|value| count(value, draft.unit)).transpose();
        let multiple = problems.take("orderMultiple", counted(draft.order_multiple));
        let on_multiple = |quantity: Option<Quantity>| match (quantity, multiple.flatten()) {
            (Some(quantity), Some(multiple)) if quantity.units() % multiple.units() != 0 => {
                Err(Problem::new(Code::OffMultiple).with("multiple", multiple))
            }
            _ => Ok(quantity),
        };
        let tier = problems.take("minQuantity", counted(draft.min_quantity).and_then(on_multiple));
        let minimum = problems.take("orderMinimum", counted(draft.order_minimum).and_then(on_multiple));
        let valid = problems.take("validUntil", Period::parse(draft.valid_from, draft.valid_until, now));
        let terms = (|| {
            Some(Self {
                price: price?,
                unit: draft.unit,
                min_quantity: tier?,
                order_minimum: minimum?,
                order_multiple: multiple?,
                valid: valid?,
            })
        })();
        problems.finish(terms)
    }
}

/// A price above zero: a zero in a price list is a field that was not filled.
pub(super) fn positive(amount: Decimal, currency: Currency) -> Result<UnitPrice, Problem> {
    if amount <= Decimal::ZERO { Err(Code::NotPositive.into()) } else { UnitPrice::new(amount, currency) }
}

/// A quantity that can exist in `unit`.
pub(super) fn count(value: Decimal, unit: Unit) -> Result<Quantity, Problem> {
    let quantity = Quantity::new(value)?;
    unit.check(quantity)?;
    Ok(quantity)
}
