//! Calling off: an order of the buyer under an agreement, and only the buyer's:
//!
//! ```compile_fail,E0599
//! use tradehall_domain::{agreement::{Agreement, AgreementLine, CallOffDraft}, side::{As, Seller}};
//! fn the_seller_cannot_call_off(agreement: As<Seller, Agreement>, draft: &CallOffDraft, now: jiff::Timestamp) {
//!     let _ = agreement.call_off(&mut [], draft, &Default::default(), now);
//! }
//! ```

use std::collections::HashMap;

use jiff::civil::Date;
use jiff::tz::Offset;
use jiff::{SignedDuration, Timestamp};
use rust_decimal::Decimal;

use super::{Agreement, AgreementLine, AgreementLineId, AgreementStatus};
use crate::catalog::{Measures, ProductId};
use crate::order::{DeliveryAddress, NewOrder, NewOrderLine, ORDER_LINES_MAX, OrderOrigin, Origin, Remark};
use crate::problem::{Code, Problem, Problems};
use crate::quantity::Quantity;
use crate::side::{As, Buyer};
use crate::unit::Unit;

/// What the buyer calls off, as it was sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CallOffDraft {
    /// What; a line may stand several times, for several days or places.
    pub lines: Vec<CallOffLineDraft>,
    /// Where it goes, where a line does not say otherwise.
    pub delivery_address: Option<String>,
    /// What else there is to say.
    pub remarks: Option<String>,
}

/// So much of a line, as it was sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CallOffLineDraft {
    /// Which line of the agreement.
    pub line: AgreementLineId,
    /// How much, in `unit`.
    pub quantity: Decimal,
    /// What is counted; the line's unit when left out, and else one that the product knows.
    pub unit: Option<Unit>,
    /// For which day.
    pub requested_on: Option<Date>,
    /// Where it goes, where that is not as for the whole.
    pub delivery_address: Option<String>,
}

impl Agreement {
    /// Whether anything can be called off at `now`.
    ///
    /// # Errors
    /// [`Code::AgreementStatus`] outside its validity, while it is suspended and after it was ended.
    pub fn takes_call_offs(&self, now: Timestamp) -> Result<(), Problem> {
        self.must_be(&[AgreementStatus::Active], now)
    }
}

impl As<Buyer, Agreement> {
    /// Calls off what `draft` says and answers the order that this makes, at the agreed prices and terms. `lines` are the lines that it
    /// names; they count it in their own units, or stay as they are where anything is refused. `measures` say how their products are packed,
    /// where something is called off in a unit that has no fixed relation to its line's.
    ///
    /// # Errors
    /// As [`Agreement::takes_call_offs`]; whatever is wrong with the draft, by the paths of its fields.
    pub fn call_off(
        &self,
        lines: &mut [AgreementLine],
        draft: &CallOffDraft,
        measures: &HashMap<ProductId, Measures>,
        now: Timestamp,
    ) -> Result<NewOrder, Problems> {
        self.takes_call_offs(now)?;
        let mut problems = Problems::new();
        let address = problems.take("deliveryAddress", address(draft.delivery_address.as_deref()));
        let remarks = draft.remarks.as_deref().map(Remark::parse).transpose();
        let remarks = problems.take("remarks", remarks);
        let mut counted = lines.to_vec();
        let ordered = problems.take("lines", count(&mut counted, draft, measures, now));
        let order = address.zip(remarks).zip(ordered).map(|((delivery_address, remarks), lines)| NewOrder {
            buyer: self.buyer,
            seller: self.seller,
            venue: self.venue,
            origin: Origin { kind: OrderOrigin::CallOff, id: self.id.uuid() },
            currency: self.terms.currency,
            delivery: self.terms.delivery.clone(),
            delivery_address,
            payment_terms: self.terms.payment_terms.clone(),
            remarks,
            lines,
        });
        let order = problems.finish(order)?;
        lines.clone_from_slice(&counted);
        Ok(order)
    }
}

fn count(
    lines: &mut [AgreementLine],
    draft: &CallOffDraft,
    measures: &HashMap<ProductId, Measures>,
    now: Timestamp,
) -> Result<Vec<NewOrderLine>, Problems> {
    match draft.lines.len() {
        0 => return Err(Problem::new(Code::TooFew).with("min", 1).into()),
        1..=ORDER_LINES_MAX => {}
        _ => return Err(Problem::new(Code::TooMany).with("max", ORDER_LINES_MAX).into()),
    }
    let mut by_id: HashMap<_, _> = lines.iter_mut().map(|line| (line.id, line)).collect();
    let mut problems = Problems::new();
    let mut ordered = Vec::with_capacity(draft.lines.len());
    for (n, wanted) in draft.lines.iter().enumerate() {
        let line = match by_id.get_mut(&wanted.line) {
            Some(line) => order_line(line, wanted, measures.get(&line.terms.product), now),
            None => Err(Problem::new(Code::NotFound).at("lineId").into()),
        };
        ordered.extend(problems.take(n, line));
    }
    problems.finish(Some(ordered))
}

fn order_line(
    line: &mut AgreementLine,
    wanted: &CallOffLineDraft,
    measures: Option<&Measures>,
    now: Timestamp,
) -> Result<NewOrderLine, Problems> {
    let mut problems = Problems::new();
    let address = problems.take("deliveryAddress", address(wanted.delivery_address.as_deref()));
    problems.take("requestedDate", wanted.requested_on.map_or(Ok(()), |day| is_ahead(day, now)));
    let quantity = problems.take_as_is(counted(wanted, line.terms.unit, measures));
    let price = quantity.and_then(|quantity| {
        problems.take("quantity", line.call_off(quantity))?;
        line.terms.price_at(quantity)
    });
    let terms = &line.terms;
    let made = address.zip(quantity).zip(price).map(|((delivery_address, quantity), unit_price)| NewOrderLine {
        product: Some(terms.product),
        part_number: Some(terms.part_number.clone()),
        description: terms.description.clone(),
        unit: terms.unit,
        quantity,
        unit_price,
        delivery: None,
        delivery_address,
        requested_on: wanted.requested_on,
        lead_time_days: terms.lead_time_days,
        origin_line: Some(line.id.uuid()),
    });
    problems.finish(made)
}

/// What is called off, in the unit of its line.
fn counted(wanted: &CallOffLineDraft, unit: Unit, measures: Option<&Measures>) -> Result<Quantity, Problem> {
    let quantity = Quantity::new(wanted.quantity).map_err(|problem| problem.at("quantity"))?;
    let Some(of) = wanted.unit.filter(|of| *of != unit) else { return Ok(quantity) };
    of.check(quantity).map_err(|problem| problem.at("quantity"))?;
    let converted = match measures {
        Some(measures) => measures.convert(quantity, of, unit),
        None => Measures::plain(unit).convert(quantity, of, unit),
    };
    converted.map_err(|problem| {
        let field = if problem.code == Code::PackagingUnknown { "unit" } else { "quantity" };
        problem.at(field)
    })
}

fn address(text: Option<&str>) -> Result<Option<DeliveryAddress>, Problem> {
    text.map(DeliveryAddress::parse).transpose()
}

/// A day is refused only once it is over everywhere: twelve hours behind UTC, where it ends last.
fn is_ahead(day: Date, now: Timestamp) -> Result<(), Problem> {
    let earliest = now.checked_sub(SignedDuration::from_hours(12)).unwrap_or(now);
    if day < Offset::UTC.to_datetime(earliest).date() { Err(Code::InPast.into()) } else { Ok(()) }
}
