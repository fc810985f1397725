//! One thing that a request asks for.

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use rust_decimal::Decimal;

use super::RfqId;
use crate::catalog::ProductId;
use crate::currency::Currency;
use crate::id::Id;
use crate::incoterm::{DeliveryTerm, Incoterm};
use crate::money::UnitPrice;
use crate::organization::OrganizationId;
use crate::problem::{Code, Problem, Problems};
use crate::quantity::Quantity;
use crate::text::{Prose, Text};
use crate::unit::Unit;

/// A line of a request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RfqLine {
    /// Which line.
    pub id: RfqLineId,
    /// Of which request.
    pub rfq: RfqId,
    /// Whose request.
    pub buyer: OrganizationId,
    /// Its place in the request, from 1.
    pub position: i64,
    /// The product, where one is named.
    pub product: Option<ProductId>,
    /// What is needed, in words; frozen from the product where only that was named.
    pub description: Prose<2000>,
    /// How much.
    pub quantity: Quantity,
    /// Of which unit (UN/ECE Recommendation 20).
    pub unit: Unit,
    /// What the buyer hopes to pay per unit, in the request's currency; sellers see it.
    pub target_price: Option<UnitPrice>,
    /// Where to.
    pub delivery_place: Option<Text<1, 400>>,
    /// By when.
    pub delivery_date: Option<Date>,
    /// Who carries cost and risk up to where.
    pub delivery_term: Option<DeliveryTerm>,
}

/// The id of an [`RfqLine`].
pub type RfqLineId = Id<RfqLine>;

/// A line as it was sent. The product's own name fills a missing description before it comes here.
#[derive(Debug, Clone, Default)]
pub struct RfqLineDraft {
    /// The product, where one is named.
    pub product: Option<ProductId>,
    /// What is needed, in words.
    pub description: Option<String>,
    /// How much.
    pub quantity: Decimal,
    /// Of which unit.
    pub unit: String,
    /// The hoped-for price per unit.
    pub target_price: Option<Decimal>,
    /// Where to.
    pub delivery_place: Option<String>,
    /// By when.
    pub delivery_date: Option<Date>,
    /// Which Incoterm.
    pub incoterm: Option<String>,
    /// The place that the Incoterm names.
    pub incoterm_place: Option<String>,
}

impl RfqLineDraft {
    pub(super) fn parse(
        &self,
        rfq: RfqId,
        buyer: OrganizationId,
        index: usize,
        currency: Currency,
        now: Timestamp,
    ) -> Result<RfqLine, Problems> {
        let mut problems = Problems::new();
        let description = match &self.description {
            Some(text) => problems.take("description", Prose::parse(text)),
            None => problems.take("description", Err(Problem::new(Code::Required))),
        };
        let quantity = problems.take("quantity", Quantity::new(self.quantity));
        let unit = problems.take("unit", Unit::parse(&self.unit));
        if let (Some(quantity), Some(unit)) = (quantity, unit) {
            problems.take("quantity", unit.check(quantity));
        }
        let target_price = self.target_price.map(|price| UnitPrice::new(price, currency)).transpose();
        let target_price = problems.take("targetPrice", target_price);
        let delivery_place = self.delivery_place.as_deref().map(Text::parse).transpose();
        let delivery_place = problems.take("deliveryPlace", delivery_place);
        if self.delivery_date.is_some_and(|date| date < now.to_zoned(TimeZone::UTC).date()) {
            problems.push(Problem::new(Code::InPast).at("deliveryDate"));
        }
        let delivery_term = self.delivery_term(&mut problems);
        let line = match (description, quantity, unit, target_price, delivery_place, delivery_term) {
            (
                Some(description),
                Some(quantity),
                Some(unit),
                Some(target_price),
                Some(delivery_place),
                Some(delivery_term),
            ) => Some(RfqLine {
                id: Id::new(),
                rfq,
                buyer,
                position: i64::try_from(index).unwrap_or(i64::MAX).saturating_add(1),
                product: self.product,
                description,
                quantity,
                unit,
                target_price,
                delivery_place,
                delivery_date: self.delivery_date,
                delivery_term,
            }),
            _ => None,
        };
        problems.finish(line)
    }

    /// An Incoterm and its named place belong together (Incoterms 2020).
    fn delivery_term(&self, problems: &mut Problems) -> Option<Option<DeliveryTerm>> {
        match (&self.incoterm, &self.incoterm_place) {
            (None, None) => Some(None),
            (Some(incoterm), Some(place)) => {
                let incoterm = problems.take("incoterm", Incoterm::parse(incoterm))?;
                let named_place = problems.take("incotermPlace", Text::parse(place))?;
                Some(Some(DeliveryTerm { incoterm, named_place }))
            }
            (Some(_), None) => {
                problems.push(Problem::new(Code::Required).at("incotermPlace"));
                None
            }
            (None, Some(_)) => {
                problems.push(Problem::new(Code::Required).at("incoterm"));
                None
            }
        }
    }
}
