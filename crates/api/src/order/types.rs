//! Orders as clients see them.

use async_graphql::{Context, Description, ID, Object, Result};
use tradehall_domain::access::Permission::{OrderAcknowledge, OrderCancel};
use tradehall_domain::event::{Subject, SubjectKind};
use tradehall_domain::order::{Cancellation, CancellationStatus, Order, OrderOrigin, OrderStatus};
use tradehall_domain::side::{Side, TwoSided};

use super::line::OrderLineNode;
use super::loaders::LinesOf;
use crate::graphql::action::{ActionAvailability, Actions};
use crate::graphql::closed::Closed;
use crate::graphql::connection::{List, Paging};
use crate::graphql::delivery::DeliveryTermNode;
use crate::graphql::event::{EventNode, timeline_for};
use crate::graphql::id::{global, node_types};
use crate::graphql::loader::{load_list, load_maybe, load_one, session};
use crate::graphql::money::MoneyNode;
use crate::graphql::node::{self, Node};
use crate::graphql::scalar::{CurrencyCode, DateTime};
use crate::organization::OrganizationNode;
use crate::venue::VenueNode;

node_types! { Order => "Order" }

/// A purchase order. Its price and terms are those it was made under and never change. Seen by its buyer and its seller.
#[derive(Debug, Clone, Description)]
pub struct OrderNode(pub Order);

#[Object(name = "Order", use_type_description)]
impl OrderNode {
    /// The opaque global id.
    pub async fn id(&self) -> ID {
        global(self.0.id)
    }

    /// What people call it: unique among the buyer's orders, of the form PO-2026-0K3M-9QXT-4B2D.
    async fn number(&self) -> &str {
        self.0.number.as_str()
    }

    /// Who ordered.
    async fn buyer(&self, ctx: &Context<'_>) -> Result<OrganizationNode> {
        load_one(ctx, self.0.buyer).await.map(OrganizationNode)
    }

    /// Who is to deliver.
    async fn seller(&self, ctx: &Context<'_>) -> Result<OrganizationNode> {
        load_one(ctx, self.0.seller).await.map(OrganizationNode)
    }

    /// On which side the viewer's organization stands.
    async fn side(&self, ctx: &Context<'_>) -> Result<Closed<Side>> {
        let own = session(ctx)?.actor().organization;
        Ok(if self.0.party(Side::Buyer) == own { Side::Buyer } else { Side::Seller }.into())
    }

    /// Where buyer and seller met; null where the viewer may not know of that venue.
    async fn venue(&self, ctx: &Context<'_>) -> Result<Option<VenueNode>> {
        Ok(load_maybe(ctx, self.0.venue).await?.map(VenueNode))
    }

    /// What kind of thing made it.
    async fn origin(&self) -> Closed<OrderOrigin> {
        self.0.origin.kind.into()
    }

    /// What made it: for an award the request for quotation, for a call-off the agreement. Null where the viewer may not see that.
    async fn source(&self, ctx: &Context<'_>) -> Result<Option<Node>> {
        let name = match self.0.origin.kind {
            OrderOrigin::Award => "Rfq",
            OrderOrigin::CallOff => "Agreement",
        };
        node::find(ctx, name, self.0.origin.id).await
    }

    /// How far it has come.
    async fn status(&self) -> Closed<OrderStatus> {
        self.0.status.into()
    }

    /// Since when the status holds.
    async fn since(&self) -> DateTime {
        DateTime(self.0.since)
    }

    /// The currency of every amount in it.
    async fn currency(&self) -> CurrencyCode {
        CurrencyCode(self.0.currency)
    }

    /// What its lines add up to as they were ordered, whatever was cancelled since; without taxes.
    async fn total(&self) -> MoneyNode {
        MoneyNode(self.0.total)
    }

    /// What is ordered, by position; 1 to 1 000 lines.
    async fn lines(&self, ctx: &Context<'_>) -> Result<Vec<OrderLineNode>> {
        let lines = load_list(ctx, LinesOf(self.0.id)).await?;
        Ok(lines.into_iter().map(OrderLineNode).collect())
    }

    /// Who carries the goods how far; null where that was not agreed for the order as a whole.
    async fn delivery_term(&self) -> Option<DeliveryTermNode> {
        self.0.delivery.clone().map(DeliveryTermNode)
    }

    /// Where the goods go, at most 500 characters; null where that was not agreed for the order as a whole.
    async fn delivery_address(&self) -> Option<&str> {
        self.0.delivery_address.as_ref().map(|text| text.as_str())
    }

    /// When and how the buyer pays, at most 2 000 characters; null where nothing was agreed.
    async fn payment_terms(&self) -> Option<&str> {
        self.0.payment_terms.as_ref().map(|text| text.as_str())
    }

    /// What else was agreed, at most 4 000 characters.
    async fn remarks(&self) -> Option<&str> {
        self.0.remarks.as_ref().map(|text| text.as_str())
    }

    /// When it was placed, which bound the buyer.
    async fn placed_at(&self) -> DateTime {
        DateTime(self.0.placed_at)
    }

    /// When the seller acknowledged it, which bound the seller; null if that never happened.
    async fn acknowledged_at(&self) -> Option<DateTime> {
        self.0.acknowledged_at.map(DateTime)
    }

    /// What the seller said when acknowledging.
    async fn seller_remark(&self) -> Option<&str> {
        self.0.seller_remark.as_ref().map(|text| text.as_str())
    }

    /// Why it was rejected or cancelled; null while it was not.
    async fn end_reason(&self) -> Option<&str> {
        self.0.end_reason.as_ref().map(|text| text.as_str())
    }

    /// The buyer's last wish to cancel what was acknowledged already; null if there never was one.
    async fn cancellation(&self) -> Option<CancellationNode> {
        self.0.cancellation.clone().map(CancellationNode)
    }

    /// Counts its changes.
    async fn version(&self) -> i64 {
        self.0.version
    }

    /// What happened to it, newest first; the same for its buyer and its seller. Needs AUDIT_READ.
    async fn timeline(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "That many from the start, or from `after` on; 1 to 100.")] first: Option<i32>,
        #[graphql(desc = "Continue after this cursor.")] after: Option<String>,
        #[graphql(desc = "That many from the end, or up to `before`; 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "End before this cursor.")] before: Option<String>,
    ) -> Result<Option<List<EventNode>>> {
        let subject = Subject { kind: SubjectKind::Order, id: self.0.id.uuid() };
        timeline_for(ctx, &[self.0.buyer, self.0.seller], subject, Paging::of(first, after, last, before)).await
    }

    /// What the viewer can do with the order now; verbs of the other side are not named.
    async fn available_actions(&self, ctx: &Context<'_>) -> Result<Vec<ActionAvailability>> {
        let order = &self.0;
        let own = session(ctx)?.actor().organization;
        let (buyer, seller) = (own == order.party(Side::Buyer), own == order.party(Side::Seller));
        let mut actions = Actions::of(session(ctx)?);
        actions.on_side(buyer, "cancelOrder", OrderCancel, order.is_unanswered());
        actions.on_side(buyer, "requestOrderCancellation", OrderCancel, order.takes_cancellation_requests());
        actions.on_side(seller, "acknowledgeOrder", OrderAcknowledge, order.is_unanswered());
        actions.on_side(seller, "rejectOrder", OrderAcknowledge, order.is_unanswered());
        actions.on_side(seller, "agreeOrderCancellation", OrderAcknowledge, order.awaits_cancellation_answer());
        actions.on_side(seller, "declineOrderCancellation", OrderAcknowledge, order.awaits_cancellation_answer());
        Ok(actions.done())
    }
}

/// A buyer's wish to cancel an order that the seller has acknowledged. Seen by both.
#[derive(Debug, Clone, Description)]
pub struct CancellationNode(pub Cancellation);

#[Object(name = "OrderCancellation", use_type_description)]
impl CancellationNode {
    /// What became of it.
    async fn status(&self) -> Closed<CancellationStatus> {
        self.0.status.into()
    }

    /// Why the buyer asks, at most 1 000 characters.
    async fn reason(&self) -> &str {
        self.0.reason.as_str()
    }

    /// When the buyer asked.
    async fn requested_at(&self) -> DateTime {
        DateTime(self.0.requested_at)
    }

    /// What the seller said to it; null while unanswered, and where the seller agreed without a word.
    async fn answer(&self) -> Option<&str> {
        self.0.answer.as_ref().map(|text| text.as_str())
    }

    /// When the seller answered; null while unanswered.
    async fn answered_at(&self) -> Option<DateTime> {
        self.0.answered_at.map(DateTime)
    }
}
