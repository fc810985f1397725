//! One line of an order: what, how much, at what price, and how much of it still stands.

use jiff::civil::Date;
use uuid::Uuid;

use super::{DeliveryAddress, OrderId};
use crate::catalog::ProductId;
use crate::id::Id;
use crate::incoterm::DeliveryTerm;
use crate::money::{Money, UnitPrice};
use crate::quantity::Quantity;
use crate::text::{Prose, ShortText};
use crate::unit::Unit;

/// What is ordered, in words.
pub type LineDescription = Prose<2_000>;

/// One line of an order. At every step, `quantity` = `open` + `cancelled`: nothing ordered gets lost.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OrderLine {
    /// Which line.
    pub id: OrderLineId,
    /// Of which order.
    pub order: OrderId,
    /// Its place in the order, from 1.
    pub position: i64,
    /// The product, where it is one of the catalog.
    pub product: Option<ProductId>,
    /// The number under which the product is known: the manufacturer's, or one that both sides use.
    pub part_number: Option<ShortText>,
    /// What is ordered, in the words of the quote.
    pub description: LineDescription,
    /// What one of `quantity` is.
    pub unit: Unit,
    /// How much was ordered.
    pub quantity: Quantity,
    /// How much of that is still to come; nothing where nothing is.
    pub open: Option<Quantity>,
    /// How much of that was called off.
    pub cancelled: Option<Quantity>,
    /// The price of one unit.
    pub unit_price: UnitPrice,
    /// The price of `quantity`, rounded to the currency's decimals.
    pub total: Money,
    /// Who carries these goods how far; nothing where the order's own term holds.
    pub delivery: Option<DeliveryTerm>,
    /// Where these goods go; nothing where the order's own address holds.
    pub delivery_address: Option<DeliveryAddress>,
    /// The day for which the buyer asked.
    pub requested_on: Option<Date>,
    /// How many days the seller needs from the order to the delivery, as quoted.
    pub lead_time_days: Option<i64>,
    /// The day that the seller promised when acknowledging.
    pub promised_on: Option<Date>,
    /// The line of what made the order that this one comes from: for an award the line of the quote, for a call-off that
    /// of the agreement.
    pub origin_line: Option<Uuid>,
    /// Counts its changes.
    pub version: i64,
}

/// The id of an [`OrderLine`].
pub type OrderLineId = Id<OrderLine>;

/// The day that a seller promises for one line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Promise {
    /// Which line.
    pub line: OrderLineId,
    /// By which day, where the goods arrive.
    pub on: Date,
}

impl OrderLine {
    /// Whether what was ordered is still accounted for.
    #[must_use]
    pub fn is_conserved(&self) -> bool {
        let units = |quantity: Option<Quantity>| quantity.map_or(0, Quantity::units);
        units(self.open).checked_add(units(self.cancelled)) == Some(self.quantity.units())
    }

    /// Calls off whatever is still to come.
    pub(super) fn call_off(&mut self) {
        self.cancelled = match (self.cancelled, self.open.take()) {
            // Together they are at most what was ordered, so they can be added.
            (Some(before), Some(open)) => before.checked_add(open),
            (before, open) => before.or(open),
        };
    }
}
