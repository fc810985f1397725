//! Placing an order: from here on its price and terms are frozen.

use jiff::Timestamp;
use jiff::civil::Date;
use uuid::Uuid;

use super::line::LineDescription;
use super::{
    DeliveryAddress, ORDER_LINES_MAX, Order, OrderEvent, OrderId, OrderLine, OrderNumber, OrderStatus, Origin,
    PaymentTerms, Remark,
};
use crate::catalog::ProductId;
use crate::currency::Currency;
use crate::id::Id;
use crate::incoterm::DeliveryTerm;
use crate::money::{Money, UnitPrice};
use crate::organization::OrganizationId;
use crate::problem::{Code, Problem, Problems};
use crate::quantity::Quantity;
use crate::text::ShortText;
use crate::unit::Unit;
use crate::venue::VenueId;

/// What an award, or whatever else makes orders, has settled.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewOrder {
    /// Who orders.
    pub buyer: OrganizationId,
    /// Who is to deliver.
    pub seller: OrganizationId,
    /// Where the two met.
    pub venue: VenueId,
    /// What makes the order.
    pub origin: Origin,
    /// The currency of all prices.
    pub currency: Currency,
    /// Who carries the goods how far.
    pub delivery: Option<DeliveryTerm>,
    /// Where the goods go.
    pub delivery_address: Option<DeliveryAddress>,
    /// When and how the buyer pays.
    pub payment_terms: Option<PaymentTerms>,
    /// What else was agreed.
    pub remarks: Option<Remark>,
    /// 1 to [`ORDER_LINES_MAX`] lines, which get their positions in this order.
    pub lines: Vec<NewOrderLine>,
}

/// One line of a [`NewOrder`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewOrderLine {
    /// The product, where it is one of the catalog.
    pub product: Option<ProductId>,
    /// The number under which both sides know it.
    pub part_number: Option<ShortText>,
    /// What is ordered, in words.
    pub description: LineDescription,
    /// What one of `quantity` is.
    pub unit: Unit,
    /// How much.
    pub quantity: Quantity,
    /// At what price for one unit.
    pub unit_price: UnitPrice,
    /// Who carries these goods how far, where it is not as for the whole order.
    pub delivery: Option<DeliveryTerm>,
    /// Where these goods go, where it is not as for the whole order.
    pub delivery_address: Option<DeliveryAddress>,
    /// For which day the buyer asks.
    pub requested_on: Option<Date>,
    /// How many days the seller needs.
    pub lead_time_days: Option<i64>,
    /// The line of what made the order that this one comes from: for an award the line of the quote, for a call-off that
    /// of the agreement.
    pub origin_line: Option<Uuid>,
}

impl Order {
    /// Binds the buyer to what `new` says. Each line is rounded once, and the total is the sum of the rounded lines.
    ///
    /// # Errors
    /// [`Code::SameParty`] at `seller`; [`Code::TooFew`] or [`Code::TooMany`] at `lines`; per line [`Code::CurrencyMismatch`],
    /// [`Code::WholeNumberNeeded`] and [`Code::AmountTooLarge`].
    pub fn place(new: NewOrder, now: Timestamp) -> Result<(Self, Vec<OrderLine>, OrderEvent), Problems> {
        let id = OrderId::new();
        let mut problems = Problems::new();
        if new.buyer == new.seller {
            problems.push(Problem::from(Code::SameParty).at("seller"));
        }
        let lines = problems.take("lines", lines(id, new.currency, new.lines));
        let lines = problems.finish(lines)?;
        let total = Money::sum(new.currency, lines.iter().map(|line| line.total))?;

        let number = OrderNumber::of(id, now);
        let event = OrderEvent::Placed {
            number: number.clone(),
            origin: new.origin.kind,
            origin_id: new.origin.id,
            lines: lines.len(),
            total,
        };
        let order = Self {
            id,
            number,
            buyer: new.buyer,
            seller: new.seller,
            venue: new.venue,
            origin: new.origin,
            currency: new.currency,
            status: OrderStatus::Placed,
            since: now,
            delivery: new.delivery,
            delivery_address: new.delivery_address,
            payment_terms: new.payment_terms,
            remarks: new.remarks,
            placed_at: now,
            acknowledged_at: None,
            seller_remark: None,
            end_reason: None,
            cancellation: None,
            total,
            version: 1,
        };
        Ok((order, lines, event))
    }
}

fn lines(order: OrderId, currency: Currency, new: Vec<NewOrderLine>) -> Result<Vec<OrderLine>, Problems> {
    match new.len() {
        0 => return Err(Problem::new(Code::TooFew).with("min", 1).into()),
        1..=ORDER_LINES_MAX => {}
        _ => return Err(Problem::new(Code::TooMany).with("max", ORDER_LINES_MAX).into()),
    }
    let mut problems = Problems::new();
    let lines = (1..).zip(new).enumerate();
    let lines = lines.filter_map(|(n, (position, line))| problems.take(n, open(order, currency, position, line)));
    let lines = lines.collect();
    problems.finish(Some(lines))
}

fn open(order: OrderId, currency: Currency, position: i64, new: NewOrderLine) -> Result<OrderLine, Problems> {
    let mut problems = Problems::new();
    if new.lead_time_days.is_some_and(|days| days < 0) {
        problems.push(Problem::from(Code::Negative).at("leadTimeDays"));
    }
    problems.take("quantity", new.unit.check(new.quantity));
    let quoted = new.unit_price.currency();
    if quoted != currency {
        let mismatch = Problem::new(Code::CurrencyMismatch).with("expected", currency).with("actual", quoted);
        problems.push(mismatch.at("unitPrice"));
    }
    let total = problems.take("unitPrice", new.unit_price.extend(new.quantity));
    let total = problems.finish(total)?;
    Ok(OrderLine {
        id: Id::new(),
        order,
        position,
        product: new.product,
        part_number: new.part_number,
        description: new.description,
        unit: new.unit,
        quantity: new.quantity,
        open: Some(new.quantity),
        cancelled: None,
        unit_price: new.unit_price,
        total,
        delivery: new.delivery,
        delivery_address: new.delivery_address,
        requested_on: new.requested_on,
        lead_time_days: new.lead_time_days,
        promised_on: None,
        origin_line: new.origin_line,
        version: 1,
    })
}
