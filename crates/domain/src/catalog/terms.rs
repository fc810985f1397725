//! What a seller asks for a product.

use jiff::Timestamp;
use rust_decimal::Decimal;

use crate::currency::Currency;
use crate::money::UnitPrice;
use crate::named;
use crate::problem::{Code, Problem, Problems};
use crate::quantity::Quantity;
use crate::unit::Unit;

/// The longest lead time, in days: ten years.
pub const LEAD_TIME_DAYS_MAX: i64 = 3_650;

named! {
    /// Who sees an offer besides its seller and the owner of the product.
    pub enum OfferAccess {
        /// Nobody else.
        Private = "PRIVATE",
        /// Everyone signed in.
        Public = "PUBLIC",
    }
}

/// What a seller asks, from which quantity on, how soon, and until when.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OfferTerms {
    /// For one `unit`.
    pub price: UnitPrice,
    /// What the price and the quantities count; it may differ from the product's own unit.
    pub unit: Unit,
    /// The least that is sold at once.
    pub min_quantity: Quantity,
    /// The most that is sold at once; `None` for no limit.
    pub max_quantity: Option<Quantity>,
    /// Quantities are multiples of this.
    pub multiple: Quantity,
    /// From order to delivery, in days; 0 is the same day.
    pub lead_time_days: i64,
    /// From when on it can be ordered.
    pub valid_from: Timestamp,
    /// Until when, that moment excluded; `None` for no end.
    pub valid_until: Option<Timestamp>,
    /// Who else sees it.
    pub access: OfferAccess,
}

/// Terms as they were sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OfferDraft {
    /// The price of one unit.
    pub price: Decimal,
    /// Its currency.
    pub currency: Currency,
    /// What is counted.
    pub unit: Unit,
    /// The least; 1 when none is named.
    pub min_quantity: Option<Decimal>,
    /// The most, or no limit.
    pub max_quantity: Option<Decimal>,
    /// What quantities are multiples of; 1 when none is named.
    pub multiple: Option<Decimal>,
    /// In days.
    pub lead_time_days: i64,
    /// From when on; now when none is named.
    pub valid_from: Option<Timestamp>,
    /// Until when, or no end.
    pub valid_until: Option<Timestamp>,
    /// Who else sees it.
    pub access: OfferAccess,
}

/// What is to change in an offer; what is `None` stays, what is `Some(None)` goes. Currency and unit stay: another currency
/// is another offer.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct OfferChange {
    /// The new price of one unit, in the offer's currency.
    pub price: Option<Decimal>,
    /// The new least quantity.
    pub min_quantity: Option<Decimal>,
    /// The new largest quantity.
    pub max_quantity: Option<Option<Decimal>>,
    /// The new step.
    pub multiple: Option<Decimal>,
    /// The new lead time.
    pub lead_time_days: Option<i64>,
    /// The new begin.
    pub valid_from: Option<Timestamp>,
    /// The new end.
    pub valid_until: Option<Option<Timestamp>>,
    /// Who else sees it from now on.
    pub access: Option<OfferAccess>,
}

impl OfferTerms {
    /// Checks a draft.
    ///
    /// # Errors
    /// Everything that is wrong with it: a price of zero, quantities that do not exist in the unit, a range that holds no
    /// multiple ([`Code::QuantityUnreachable`]), a validity that ends before it begins or has ended.
    pub fn parse(draft: &OfferDraft, now: Timestamp) -> Result<Self, Problems> {
        let mut problems = Problems::new();
        let price = problems.take("unitPrice", price(draft.price, draft.currency));
        let counted = |value: Decimal| {
            let quantity = Quantity::new(value)?;
            draft.unit.check(quantity)?;
            Ok::<_, Problem>(quantity)
        };
        let or_one = |value: Option<Decimal>| value.map_or(Ok(Quantity::ONE), counted);
        let min_quantity = problems.take("minQuantity", or_one(draft.min_quantity));
        let max_quantity = problems.take("maxQuantity", draft.max_quantity.map(counted).transpose());
        let multiple = problems.take("multiple", or_one(draft.multiple));
        if let (Some(min), Some(Some(max)), Some(multiple)) = (min_quantity, max_quantity, multiple) {
            problems.take("maxQuantity", check_range(min, max, multiple));
        }
        problems.take("leadTimeDays", check_lead_time(draft.lead_time_days));
        let valid_from = draft.valid_from.unwrap_or(now);
        problems.take("validUntil", check_validity(valid_from, draft.valid_until, now));
        let terms = (|| {
            Some(Self {
                price: price?,
                unit: draft.unit,
                min_quantity: min_quantity?,
                max_quantity: max_quantity?,
                multiple: multiple?,
                lead_time_days: draft.lead_time_days,
                valid_from,
                valid_until: draft.valid_until,
                access: draft.access,
            })
        })();
        problems.finish(terms)
    }

    /// The terms after `change`.
    ///
    /// # Errors
    /// Everything that is wrong with the terms that it leads to.
    pub fn changed(&self, change: &OfferChange, now: Timestamp) -> Result<Self, Problems> {
        let draft = OfferDraft {
            price: change.price.unwrap_or(self.price.amount()),
            currency: self.price.currency(),
            unit: self.unit,
            min_quantity: Some(change.min_quantity.unwrap_or(self.min_quantity.value())),
            max_quantity: change.max_quantity.unwrap_or(self.max_quantity.map(Quantity::value)),
            multiple: Some(change.multiple.unwrap_or(self.multiple.value())),
            lead_time_days: change.lead_time_days.unwrap_or(self.lead_time_days),
            valid_from: Some(change.valid_from.unwrap_or(self.valid_from)),
            valid_until: change.valid_until.unwrap_or(self.valid_until),
            access: change.access.unwrap_or(self.access),
        };
        // An end that has come is refused only where somebody sets it: what stays as it was may have ended.
        let judged_at = if draft.valid_until == self.valid_until { Timestamp::MIN } else { now };
        Self::parse(&draft, judged_at)
    }

    /// Whether they can be ordered under at `now`.
    #[must_use]
    pub fn hold_at(&self, now: Timestamp) -> bool {
        self.valid_from <= now && self.valid_until.is_none_or(|end| now < end)
    }
}

fn price(amount: Decimal, currency: Currency) -> Result<UnitPrice, Problem> {
    // Nobody sells for nothing: a zero in a price list is a field that was not filled.
    if amount.is_zero() { Err(Code::NotPositive.into()) } else { UnitPrice::new(amount, currency) }
}

/// Whether any multiple lies between the least and the most.
fn check_range(min: Quantity, max: Quantity, multiple: Quantity) -> Result<(), Problem> {
    if max < min {
        return Err(Problem::new(Code::MaxBelowMin).with("min", min));
    }
    let largest = max.units() - max.units() % multiple.units();
    if largest < min.units() {
        return Err(Problem::new(Code::QuantityUnreachable).with("multiple", multiple));
    }
    Ok(())
}

fn check_lead_time(days: i64) -> Result<(), Problem> {
    match days {
        ..0 => Err(Code::Negative.into()),
        0..=LEAD_TIME_DAYS_MAX => Ok(()),
        _ => Err(Problem::new(Code::TooLarge).with("max", LEAD_TIME_DAYS_MAX)),
    }
}

fn check_validity(from: Timestamp, until: Option<Timestamp>, now: Timestamp) -> Result<(), Problem> {
    match until {
        Some(until) if until <= from => Err(Code::EndsBeforeStart.into()),
        Some(until) if until <= now => Err(Code::InPast.into()),
        _ => Ok(()),
    }
}
