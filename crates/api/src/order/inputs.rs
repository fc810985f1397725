//! What clients send about orders.

use async_graphql::InputObject;
use tradehall_domain::order::{Order, OrderLine, OrderStatus};
use tradehall_domain::organization::Organization;

use crate::graphql::closed::Closed;
use crate::graphql::id::GlobalId;
use crate::graphql::scalar::{Date, DateTime};

/// Which orders to list; what is left out does not narrow the list.
#[derive(Debug, Default, InputObject)]
pub struct OrderFilterInput {
    /// Only those that have come so far.
    pub status: Option<Closed<OrderStatus>>,
    /// Only those with this organization on the other side.
    pub counterparty_id: Option<GlobalId<Organization>>,
    /// Only that number, such as PO-2026-0K3M-9QXT-4B2D; hyphens, blanks and the case do not matter. A buyer has one order of
    /// a number at most, a seller may have one of each buyer.
    pub number: Option<String>,
    /// Only those placed at this time or later.
    pub placed_from: Option<DateTime>,
    /// Only those placed before this time.
    pub placed_before: Option<DateTime>,
}

/// The day that a seller promises for one line.
#[derive(Debug, InputObject)]
pub struct PromiseInput {
    /// Which line of the order; each at most once.
    pub order_line_id: GlobalId<OrderLine>,
    /// By which day the goods arrive; not over yet anywhere, and at most 3 650 days ahead.
    pub date: Date,
}

/// An order to take on.
#[derive(Debug, InputObject)]
pub struct AcknowledgeOrderInput {
    /// Which order.
    pub order_id: GlobalId<Order>,
    /// Days promised for some or all of its lines, at most 1 000.
    #[graphql(default, validator(max_items = 1000))]
    pub promises: Vec<PromiseInput>,
    /// What else the seller has to say, 1 to 4 000 characters; the buyer reads it.
    pub remark: Option<String>,
}

/// An order to turn down.
#[derive(Debug, InputObject)]
pub struct RejectOrderInput {
    /// Which order.
    pub order_id: GlobalId<Order>,
    /// Why, 1 to 1 000 characters; the buyer reads it.
    pub reason: String,
}

/// An order to take back.
#[derive(Debug, InputObject)]
pub struct CancelOrderInput {
    /// Which order.
    pub order_id: GlobalId<Order>,
    /// Why, 1 to 1 000 characters; the seller reads it.
    pub reason: String,
}

/// An acknowledged order that the buyer wishes to cancel.
#[derive(Debug, InputObject)]
pub struct RequestOrderCancellationInput {
    /// Names this request, 8 to 128 visible ASCII characters; the same key and input answer the first result again.
    pub idempotency_key: String,
    /// Which order.
    pub order_id: GlobalId<Order>,
    /// Why, 1 to 1 000 characters; the seller reads it.
    pub reason: String,
}

/// An order whose cancellation the seller agrees to.
#[derive(Debug, InputObject)]
pub struct AgreeOrderCancellationInput {
    /// Which order.
    pub order_id: GlobalId<Order>,
    /// What the seller has to say, 1 to 4 000 characters; the buyer reads it.
    pub remark: Option<String>,
}

/// An order that the seller insists on.
#[derive(Debug, InputObject)]
pub struct DeclineOrderCancellationInput {
    /// Names this request, 8 to 128 visible ASCII characters; the same key and input answer the first result again.
    pub idempotency_key: String,
    /// Which order.
    pub order_id: GlobalId<Order>,
    /// Why the order stands, 1 to 4 000 characters; the buyer reads it.
    pub remark: String,
}
