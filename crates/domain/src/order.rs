//! Purchase orders: what a buyer and a seller are bound to, the same whatever made them.

mod cancellation;
mod event;
mod line;
mod number;
mod placing;
#[cfg(test)]
mod tests;
mod verb;

pub use cancellation::{Cancellation, CancellationStatus};
pub use event::OrderEvent;
pub use line::{LineDescription, OrderLine, OrderLineId, Promise};
pub use number::OrderNumber;
pub use placing::{NewOrder, NewOrderLine};
pub use verb::PROMISE_DAYS_MAX;

use jiff::Timestamp;
use uuid::Uuid;

use crate::currency::Currency;
use crate::id::Id;
use crate::incoterm::DeliveryTerm;
use crate::money::Money;
use crate::named;
use crate::organization::OrganizationId;
use crate::problem::{Code, Problem};
use crate::side::{Side, TwoSided};
use crate::text::Prose;
use crate::venue::VenueId;

/// How many lines one order may have.
pub const ORDER_LINES_MAX: usize = 1_000;

/// Where the goods go, as it was agreed, on as many lines as it takes.
pub type DeliveryAddress = Prose<500>;

/// When and how the buyer pays, in the words that were agreed.
pub type PaymentTerms = Prose<2_000>;

/// What else was agreed, or is said along with a step.
pub type Remark = Prose<4_000>;

/// Why an order was rejected or cancelled, in words that both sides read.
pub type Reason = Prose<1_000>;

named! {
    /// How far an order has come.
    pub enum OrderStatus {
        /// The buyer is bound; the seller has not answered.
        Placed = "PLACED",
        /// The seller has taken the order on; both are bound.
        Acknowledged = "ACKNOWLEDGED",
        /// The seller did not take the order on; nobody is bound.
        Rejected = "REJECTED",
        /// The buyer took the order back, alone before it was acknowledged or with the seller's consent after.
        Cancelled = "CANCELLED",
    }
}

named! {
    /// What made an order. It behaves the same whichever it was.
    pub enum OrderOrigin {
        /// The award of a request for quotation.
        Award = "AWARD",
        /// A call-off under a framework agreement.
        CallOff = "CALL_OFF",
    }
}

/// What made an order, and which one of its kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Origin {
    /// Which kind of thing.
    pub kind: OrderOrigin,
    /// Which one: for an award the request for quotation, for a call-off the agreement.
    ///
    /// Not typed, because what makes orders knows of orders and not the other way round.
    pub id: Uuid,
}

/// A purchase order. Its price and terms are those it was made under and never change; only its status moves.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Order {
    /// Which order.
    pub id: OrderId,
    /// What people call it.
    pub number: OrderNumber,
    /// Who ordered.
    pub buyer: OrganizationId,
    /// Who is to deliver.
    pub seller: OrganizationId,
    /// Where the two met.
    pub venue: VenueId,
    /// What made it.
    pub origin: Origin,
    /// The currency of every amount in it.
    pub currency: Currency,
    /// How far it has come.
    pub status: OrderStatus,
    /// Since when the status holds.
    pub since: Timestamp,
    /// Who carries the goods how far, when it was agreed.
    pub delivery: Option<DeliveryTerm>,
    /// Where the goods go; nothing for services, and where the delivery term's place says it all.
    pub delivery_address: Option<DeliveryAddress>,
    /// When and how the buyer pays, when it was agreed.
    pub payment_terms: Option<PaymentTerms>,
    /// What else was agreed.
    pub remarks: Option<Remark>,
    /// When it was placed.
    pub placed_at: Timestamp,
    /// When the seller acknowledged it, if ever.
    pub acknowledged_at: Option<Timestamp>,
    /// What the seller said when acknowledging.
    pub seller_remark: Option<Remark>,
    /// Why it was rejected or cancelled, if it was.
    pub end_reason: Option<Reason>,
    /// The buyer's last wish to cancel what the seller had acknowledged, and what became of it.
    pub cancellation: Option<Cancellation>,
    /// What its lines add up to, as they were ordered; without taxes.
    pub total: Money,
    /// Counts its changes.
    pub version: i64,
}

/// The id of an [`Order`].
pub type OrderId = Id<Order>;

impl TwoSided for Order {
    fn party(&self, side: Side) -> Option<OrganizationId> {
        Some(match side {
            Side::Buyer => self.buyer,
            Side::Seller => self.seller,
        })
    }
}

impl Order {
    /// Whether the seller has not answered yet: then the seller may acknowledge or reject, and the buyer cancel.
    ///
    /// # Errors
    /// [`Code::OrderStatus`].
    pub fn is_unanswered(&self) -> Result<(), Problem> {
        self.is_in(OrderStatus::Placed)
    }

    /// Whether the buyer may ask the seller to agree to a cancellation: once acknowledged, one wish at a time.
    ///
    /// # Errors
    /// [`Code::OrderStatus`]; [`Code::CancellationPending`] while the seller owes an answer.
    pub fn takes_cancellation_requests(&self) -> Result<(), Problem> {
        self.is_in(OrderStatus::Acknowledged)?;
        if self.pending_cancellation() { Err(Code::CancellationPending.into()) } else { Ok(()) }
    }

    /// Whether the seller owes an answer to a wish to cancel.
    ///
    /// # Errors
    /// [`Code::OrderStatus`]; [`Code::CancellationNotRequested`].
    pub fn awaits_cancellation_answer(&self) -> Result<(), Problem> {
        self.is_in(OrderStatus::Acknowledged)?;
        if self.pending_cancellation() { Ok(()) } else { Err(Code::CancellationNotRequested.into()) }
    }

    fn pending_cancellation(&self) -> bool {
        self.cancellation.as_ref().is_some_and(|wish| wish.status == CancellationStatus::Requested)
    }

    fn is_in(&self, status: OrderStatus) -> Result<(), Problem> {
        if self.status == status {
            return Ok(());
        }
        Err(Problem::new(Code::OrderStatus).with("status", self.status))
    }
}
