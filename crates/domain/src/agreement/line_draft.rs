//! A line as it is sent in, and what it must fulfil.

use jiff::Timestamp;
use rust_decimal::Decimal;

use super::draft::within;
use super::{LineTerms, PriceTier};
use crate::catalog::{Measures, Product, ProductId};
use crate::currency::Currency;
use crate::pricing::{PriceDraft, PriceTerms};
use crate::problem::{Code, Problem, Problems};
use crate::quantity::Quantity;
use crate::text::Prose;
use crate::unit::Unit;

/// The most prices that one line has.
pub const TIERS_MAX: usize = 20;

/// The longest lead time, in days.
const LEAD_TIME_MAX_DAYS: i64 = 3_660;

/// A line as it was sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AgreementLineDraft {
    /// Which product of the seller.
    pub product: ProductId,
    /// What is counted, which the product must know; its own unit when left out.
    pub unit: Option<Unit>,
    /// Prices by growing quantity.
    pub tiers: Vec<PriceTierDraft>,
    /// The least of one call-off.
    pub order_minimum: Option<Decimal>,
    /// What each call-off is a multiple of.
    pub order_multiple: Option<Decimal>,
    /// The most in all.
    pub volume: Option<Decimal>,
    /// The least in all.
    pub commitment: Option<Decimal>,
    /// Days from a call-off to the delivery.
    pub lead_time_days: Option<i64>,
}

/// A price from a quantity on, as it was sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PriceTierDraft {
    /// From how much on; any when left out.
    pub min_quantity: Option<Decimal>,
    /// For each unit.
    pub unit_price: Decimal,
}

impl AgreementLineDraft {
    pub(super) fn parse(
        &self,
        product: &Product,
        measures: &Measures,
        currency: Currency,
        now: Timestamp,
    ) -> Result<LineTerms, Problems> {
        let mut problems = Problems::new();
        let unit = self.unit.unwrap_or(product.details.unit);
        problems.take("unit", measures.check(unit));
        let counted = |value: Option<Decimal>| value.map(|value| count(value, unit)).transpose();
        let multiple = problems.take("orderMultiple", counted(self.order_multiple));
        let minimum = problems.take("orderMinimum", counted(self.order_minimum).and_then(on(multiple.flatten())));
        let volume = problems.take("volume", counted(self.volume));
        let commitment = problems.take("commitment", counted(self.commitment).and_then(at_most(volume.flatten())));
        let tiers = problems.take("tiers", self.tiers(unit, currency, multiple.flatten(), now));
        problems.take("leadTimeDays", self.lead_time_days.map_or(Ok(()), |days| within(days, 0, LEAD_TIME_MAX_DAYS)));
        let details = &product.details;
        let description = problems.take("productId", Prose::parse(details.name.as_str()));
        let line = (|| {
            Some(LineTerms {
                product: product.id,
                part_number: details.number.clone(),
                description: description?,
                unit,
                tiers: tiers?,
                order_minimum: minimum?,
                order_multiple: multiple?,
                volume: volume?,
                commitment: commitment?,
                lead_time_days: self.lead_time_days,
            })
        })();
        let line = problems.finish(line)?;
        if line.volume.is_some_and(|volume| volume.units() < line.least_units()) {
            return Err(Problem::new(Code::BelowLeastCallOff).at("volume").into());
        }
        Ok(line)
    }

    fn tiers(
        &self,
        unit: Unit,
        currency: Currency,
        multiple: Option<Quantity>,
        now: Timestamp,
    ) -> Result<Vec<PriceTier>, Problems> {
        match self.tiers.len() {
            0 => return Err(Problem::new(Code::TooFew).with("min", 1).into()),
            1..=TIERS_MAX => {}
            _ => return Err(Problem::new(Code::TooMany).with("max", TIERS_MAX).into()),
        }
        let mut problems = Problems::new();
        let mut tiers: Vec<PriceTier> = Vec::with_capacity(self.tiers.len());
        for (n, draft) in self.tiers.iter().enumerate() {
            let draft = PriceDraft {
                product: self.product,
                unit,
                price: draft.unit_price,
                min_quantity: draft.min_quantity,
                order_minimum: None,
                order_multiple: multiple.map(Quantity::value),
                valid_from: None,
                valid_until: None,
            };
            let Some(price) = problems.take(n, PriceTerms::parse(&draft, currency, now)) else { continue };
            let tier = PriceTier { min_quantity: price.min_quantity, unit_price: price.price };
            if tiers.last().is_some_and(|last| last.min_quantity >= tier.min_quantity) {
                problems.push(Problem::new(Code::TierOrder).at("minQuantity").at(n));
            }
            tiers.push(tier);
        }
        problems.finish(Some(tiers))
    }
}

fn count(value: Decimal, unit: Unit) -> Result<Quantity, Problem> {
    let quantity = Quantity::new(value)?;
    unit.check(quantity)?;
    Ok(quantity)
}

/// That a quantity is a multiple of `multiple`.
fn on(multiple: Option<Quantity>) -> impl Fn(Option<Quantity>) -> Result<Option<Quantity>, Problem> {
    move |quantity| match (quantity, multiple) {
        (Some(quantity), Some(multiple)) if quantity.units() % multiple.units() != 0 => {
            Err(Problem::new(Code::OffMultiple).with("multiple", multiple))
        }
        _ => Ok(quantity),
    }
}

/// That a quantity is not more than `most`.
fn at_most(most: Option<Quantity>) -> impl Fn(Option<Quantity>) -> Result<Option<Quantity>, Problem> {
    move |quantity| match (quantity, most) {
        (Some(quantity), Some(most)) if quantity > most => Err(Problem::new(Code::TooLarge).with("max", most)),
        _ => Ok(quantity),
    }
}
