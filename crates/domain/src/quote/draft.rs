//! A quote's content as it is sent in, and what it must fulfil.

use std::collections::{HashMap, HashSet};

use jiff::{SignedDuration, Timestamp};
use rust_decimal::Decimal;

use super::{Offer, Quote, QuoteLine, QuoteVersion, TIERS_MAX, Tier, VALIDITY_MAX_DAYS};
use crate::attachment::{AttachmentId, check_ids};
use crate::currency::Currency;
use crate::id::Id;
use crate::money::{Money, UnitPrice};
use crate::problem::{Code, Problem, Problems};
use crate::quantity::Quantity;
use crate::rfq::{RfqLine, RfqLineId};
use crate::text::Prose;
use crate::unit::Unit;

/// The longest lead time, in days.
const LEAD_TIME_MAX_DAYS: i64 = 3_660;

/// What a seller offers, as it was sent.
#[derive(Debug, Clone)]
pub struct QuoteDraft {
    /// The currency of all prices.
    pub currency: String,
    /// Until when the seller is bound.
    pub valid_until: Timestamp,
    /// When and how the buyer would pay.
    pub payment_terms: Option<String>,
    /// What else there is to say.
    pub remarks: Option<String>,
    /// The lines that are offered; what is left out is not.
    pub lines: Vec<QuoteLineDraft>,
    /// The seller's files that go with it, in its order.
    pub attachments: Vec<AttachmentId>,
}

/// What a seller offers for one line, as it was sent.
#[derive(Debug, Clone)]
pub struct QuoteLineDraft {
    /// For which line of the request.
    pub rfq_line: RfqLineId,
    /// How much; all that is asked for when left out.
    pub quantity: Option<Decimal>,
    /// Of which unit; the request's when left out.
    pub unit: Option<String>,
    /// The price per unit.
    pub unit_price: Decimal,
    /// Prices from larger quantities on.
    pub tiers: Vec<TierDraft>,
    /// Days from the order to the delivery.
    pub lead_time_days: i64,
    /// What else there is to say.
    pub remarks: Option<String>,
}

/// A price from a quantity on, as it was sent.
#[derive(Debug, Clone, Copy)]
pub struct TierDraft {
    /// From how much on.
    pub minimum: Decimal,
    /// The price per unit.
    pub unit_price: Decimal,
}

impl QuoteDraft {
    /// The version that this makes, with its lines in the order of the request.
    pub(super) fn parse(
        &self,
        quote: &Quote,
        asked: &[RfqLine],
        number: i64,
        now: Timestamp,
    ) -> Result<Offer, Problems> {
        let mut problems = Problems::new();
        let currency = problems.take("currency", Currency::parse(&self.currency));
        problems.take("validUntil", check_validity(self.valid_until, now));
        let payment_terms = problems.take("paymentTerms", self.payment_terms.as_deref().map(Prose::parse).transpose());
        let remarks = problems.take("remarks", self.remarks.as_deref().map(Prose::parse).transpose());
        problems.take("attachmentIds", check_ids(&self.attachments));
        let (Some(currency), Some(payment_terms), Some(remarks)) = (currency, payment_terms, remarks) else {
            return problems.finish(None);
        };
        let version = Id::new();
        let lines = problems.take("lines", self.lines(quote, version, asked, currency));
        let lines = problems.finish(lines)?;
        let costs = lines.iter().map(|line| line.cost(line.quantity)).collect::<Result<Vec<_>, _>>()?;
        let version = QuoteVersion {
            id: version,
            quote: quote.id,
            rfq: quote.rfq,
            buyer: quote.buyer,
            seller: quote.seller,
            number,
            currency,
            valid_until: self.valid_until,
            payment_terms,
            remarks,
            total: Money::sum(currency, costs)?,
            created_at: now,
            submitted_at: None,
            revealed: false,
        };
        Ok(Offer { version, lines })
    }

    fn lines(
        &self,
        quote: &Quote,
        version: Id<QuoteVersion>,
        asked: &[RfqLine],
        currency: Currency,
    ) -> Result<Vec<QuoteLine>, Problems> {
        if self.lines.is_empty() {
            return Err(Code::QuoteHasNoLines.into());
        }
        if self.lines.len() > asked.len() {
            return Err(Problem::new(Code::TooMany).with("max", asked.len()).into());
        }
        let by_id: HashMap<_, _> = asked.iter().map(|line| (line.id, line)).collect();
        let mut problems = Problems::new();
        let mut seen = HashSet::new();
        let mut lines = Vec::with_capacity(self.lines.len());
        for (n, draft) in self.lines.iter().enumerate() {
            let parsed = match by_id.get(&draft.rfq_line) {
                None => Err(Problem::new(Code::UnknownLine).at("rfqLineId").into()),
                Some(_) if !seen.insert(draft.rfq_line) => Err(Problem::new(Code::Duplicate).at("rfqLineId").into()),
                Some(asked) => draft.parse(quote, version, asked, currency).map(|line| (asked.position, line)),
            };
            lines.extend(problems.take(n, parsed));
        }
        problems.check()?;
        lines.sort_by_key(|(position, _)| *position);
        Ok(lines.into_iter().map(|(_, line)| line).collect())
    }
}

impl QuoteLineDraft {
    fn parse(
        &self,
        quote: &Quote,
        version: Id<QuoteVersion>,
        asked: &RfqLine,
        currency: Currency,
    ) -> Result<QuoteLine, Problems> {
        let mut problems = Problems::new();
        let unit = match &self.unit {
            None => Some(asked.unit),
            Some(unit) => problems.take("unit", Unit::parse(unit)),
        };
        let quantity = match (self.quantity, unit) {
            (Some(quantity), _) => problems.take("quantity", Quantity::new(quantity)),
            (None, Some(unit)) if unit == asked.unit => Some(asked.quantity),
            (None, _) => problems.take("quantity", Err(Problem::new(Code::Required))),
        };
        if let (Some(unit), Some(quantity)) = (unit, quantity) {
            problems.take("quantity", check_quantity(quantity, unit, asked));
        }
        let unit_price = problems.take("unitPrice", UnitPrice::new(self.unit_price, currency));
        let tiers = problems.take("tiers", self.tiers(currency));
        let lead_time = problems.take("leadTimeDays", check_lead_time(self.lead_time_days));
        let remarks = problems.take("remarks", self.remarks.as_deref().map(Prose::parse).transpose());
        let line = match (unit, quantity, unit_price, tiers, lead_time, remarks) {
            (Some(unit), Some(quantity), Some(unit_price), Some(tiers), Some(()), Some(remarks)) => Some(QuoteLine {
                id: Id::new(),
                quote_version: version,
                quote: quote.id,
                rfq: quote.rfq,
                rfq_line: asked.id,
                buyer: quote.buyer,
                seller: quote.seller,
                quantity,
                unit,
                unit_price,
                tiers,
                lead_time_days: self.lead_time_days,
                remarks,
                revealed: false,
            }),
            _ => None,
        };
        problems.finish(line)
    }

    fn tiers(&self, currency: Currency) -> Result<Vec<Tier>, Problems> {
        if self.tiers.len() > TIERS_MAX {
            return Err(Problem::new(Code::TooMany).with("max", TIERS_MAX).into());
        }
        let mut problems = Problems::new();
        let mut tiers: Vec<Tier> = Vec::with_capacity(self.tiers.len());
        for (n, draft) in self.tiers.iter().enumerate() {
            let minimum = Quantity::new(draft.minimum).map_err(|problem| problem.at("minimum"));
            let minimum = problems.take(n, minimum);
            let price = UnitPrice::new(draft.unit_price, currency).map_err(|problem| problem.at("unitPrice"));
            let price = problems.take(n, price);
            let (Some(minimum), Some(unit_price)) = (minimum, price) else { continue };
            if tiers.last().is_some_and(|last| last.minimum >= minimum) {
                problems.push(Problem::new(Code::TierOrder).at("minimum").at(n));
            }
            tiers.push(Tier { minimum, unit_price });
        }
        problems.check()?;
        Ok(tiers)
    }
}

fn check_validity(until: Timestamp, now: Timestamp) -> Result<(), Problem> {
    if until <= now {
        return Err(Code::InPast.into());
    }
    if until.duration_since(now) > SignedDuration::from_hours(24 * VALIDITY_MAX_DAYS) {
        return Err(Problem::new(Code::TooFar).with("max", VALIDITY_MAX_DAYS));
    }
    Ok(())
}

fn check_lead_time(days: i64) -> Result<(), Problem> {
    match days {
        ..0 => Err(Code::Negative.into()),
        0..=LEAD_TIME_MAX_DAYS => Ok(()),
        _ => Err(Problem::new(Code::TooFar).with("max", LEAD_TIME_MAX_DAYS)),
    }
}

/// What is offered can exist, compares with what is asked, and is not more.
fn check_quantity(quantity: Quantity, unit: Unit, asked: &RfqLine) -> Result<(), Problem> {
    unit.check(quantity)?;
    let Some(offered) = unit.convert(quantity.value(), asked.unit) else {
        return Err(Problem::new(Code::UnitsDiffer).with("unit", asked.unit.code()));
    };
    if offered > asked.quantity.value() {
        let max = asked.unit.convert(asked.quantity.value(), unit).unwrap_or_default();
        return Err(Problem::new(Code::MoreThanAsked).with("max", max.normalize()));
    }
    Ok(())
}
