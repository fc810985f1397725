//! How orders become rows, and rows orders.

use tradehall_domain::currency::Currency;
use tradehall_domain::incoterm::{DeliveryTerm, Incoterm};
use tradehall_domain::money::{Money, UnitPrice};
use tradehall_domain::order::{Cancellation, Order, OrderLine, OrderNumber, Origin};
use tradehall_domain::problem::Problem;
use tradehall_domain::quantity::Quantity;
use tradehall_domain::text::{Prose, Text};
use tradehall_domain::unit::Unit;

use super::entity::{order_line, purchase_order};
use crate::StoreError;
use crate::column::{Col, Name};

impl From<&Order> for purchase_order::Model {
    fn from(order: &Order) -> Self {
        let wish = order.cancellation.as_ref();
        Self {
            id: Col(order.id),
            number: order.number.as_str().to_owned(),
            buyer_id: Col(order.buyer),
            seller_id: Col(order.seller),
            venue_id: Col(order.venue),
            origin: Name(order.origin.kind),
            origin_id: order.origin.id,
            currency: order.currency.code().to_owned(),
            status: Name(order.status),
            since: Col(order.since),
            incoterm: order.delivery.as_ref().map(incoterm),
            named_place: order.delivery.as_ref().map(named_place),
            delivery_address: written(order.delivery_address.as_ref()),
            payment_terms: written(order.payment_terms.as_ref()),
            remarks: written(order.remarks.as_ref()),
            placed_at: Col(order.placed_at),
            acknowledged_at: order.acknowledged_at.map(Col),
            seller_remark: written(order.seller_remark.as_ref()),
            end_reason: written(order.end_reason.as_ref()),
            cancellation_status: wish.map(|wish| Name(wish.status)),
            cancellation_reason: written(wish.map(|wish| &wish.reason)),
            cancellation_requested_at: wish.map(|wish| Col(wish.requested_at)),
            cancellation_answer: written(wish.and_then(|wish| wish.answer.as_ref())),
            cancellation_answered_at: wish.and_then(|wish| wish.answered_at).map(Col),
            total: order.total.units(),
            version: order.version,
        }
    }
}

impl TryFrom<purchase_order::Model> for Order {
    type Error = StoreError;

    fn try_from(model: purchase_order::Model) -> Result<Self, StoreError> {
        let currency = Currency::parse(&model.currency)?;
        let cancellation = match (model.cancellation_status, read(model.cancellation_reason)?) {
            (Some(status), Some(reason)) => Some(Cancellation {
                status: status.0,
                reason,
                requested_at: model.cancellation_requested_at.ok_or_else(|| half("cancellation"))?.0,
                answer: read(model.cancellation_answer)?,
                answered_at: model.cancellation_answered_at.map(|time| time.0),
            }),
            _ => None,
        };
        Ok(Self {
            id: model.id.0,
            number: OrderNumber::parse(&model.number)?,
            buyer: model.buyer_id.0,
            seller: model.seller_id.0,
            venue: model.venue_id.0,
            origin: Origin { kind: model.origin.0, id: model.origin_id },
            currency,
            status: model.status.0,
            since: model.since.0,
            delivery: delivery(model.incoterm, model.named_place)?,
            delivery_address: read(model.delivery_address)?,
            payment_terms: read(model.payment_terms)?,
            remarks: read(model.remarks)?,
            placed_at: model.placed_at.0,
            acknowledged_at: model.acknowledged_at.map(|time| time.0),
            seller_remark: read(model.seller_remark)?,
            end_reason: read(model.end_reason)?,
            cancellation,
            total: Money::from_units(model.total, currency)?,
            version: model.version,
        })
    }
}

/// A line as a row; the parties come from its order.
pub(super) fn line_row(order: &Order, line: &OrderLine) -> order_line::Model {
    order_line::Model {
        id: Col(line.id),
        order_id: Col(line.order),
        buyer_id: Col(order.buyer),
        seller_id: Col(order.seller),
        position: line.position,
        product_id: line.product.map(Col),
        part_number: line.part_number.as_ref().map(|number| number.as_str().to_owned()),
        description: line.description.as_str().to_owned(),
        unit: line.unit.code().to_owned(),
        quantity: line.quantity.units(),
        open_quantity: line.open.map_or(0, Quantity::units),
        cancelled_quantity: line.cancelled.map_or(0, Quantity::units),
        currency: line.unit_price.currency().code().to_owned(),
        unit_price: line.unit_price.units(),
        total: line.total.units(),
        incoterm: line.delivery.as_ref().map(incoterm),
        named_place: line.delivery.as_ref().map(named_place),
        delivery_address: written(line.delivery_address.as_ref()),
        requested_on: line.requested_on.map(Col),
        lead_time_days: line.lead_time_days,
        promised_on: line.promised_on.map(Col),
        origin_line_id: line.origin_line,
        version: line.version,
    }
}

impl TryFrom<order_line::Model> for OrderLine {
    type Error = StoreError;

    fn try_from(model: order_line::Model) -> Result<Self, StoreError> {
        let currency = Currency::parse(&model.currency)?;
        let part = |units| if units == 0 { Ok(None) } else { Quantity::from_units(units).map(Some) };
        Ok(Self {
            id: model.id.0,
            order: model.order_id.0,
            position: model.position,
            product: model.product_id.map(|id| id.0),
            part_number: model.part_number.map(|number| Text::parse(&number)).transpose()?,
            description: Prose::parse(&model.description)?,
            unit: Unit::parse(&model.unit)?,
            quantity: Quantity::from_units(model.quantity)?,
            open: part(model.open_quantity)?,
            cancelled: part(model.cancelled_quantity)?,
            unit_price: UnitPrice::from_units(model.unit_price, currency)?,
            total: Money::from_units(model.total, currency)?,
            delivery: delivery(model.incoterm, model.named_place)?,
            delivery_address: read(model.delivery_address)?,
            requested_on: model.requested_on.map(|day| day.0),
            lead_time_days: model.lead_time_days,
            promised_on: model.promised_on.map(|day| day.0),
            origin_line: model.origin_line_id,
            version: model.version,
        })
    }
}

fn written<const MAX: usize>(text: Option<&Prose<MAX>>) -> Option<String> {
    text.map(|text| text.as_str().to_owned())
}

fn read<const MAX: usize>(text: Option<String>) -> Result<Option<Prose<MAX>>, Problem> {
    text.map(|text| Prose::parse(&text)).transpose()
}

fn incoterm(term: &DeliveryTerm) -> String {
    term.incoterm.code().to_owned()
}

fn named_place(term: &DeliveryTerm) -> String {
    term.named_place.as_str().to_owned()
}

fn delivery(incoterm: Option<String>, named_place: Option<String>) -> Result<Option<DeliveryTerm>, StoreError> {
    match (incoterm, named_place) {
        (Some(incoterm), Some(place)) => {
            Ok(Some(DeliveryTerm { incoterm: Incoterm::parse(&incoterm)?, named_place: Text::parse(&place)? }))
        }
        (None, None) => Ok(None),
        _ => Err(half("delivery term")),
    }
}

fn half(what: &str) -> StoreError {
    StoreError::Corrupt(format!("half a {what} is stored"))
}
