//! Invitations as clients see them.

use async_graphql::{Context, Description, ID, Object, Result};
use tradehall_domain::access::Permission;
use tradehall_domain::event::{Subject, SubjectKind};
use tradehall_domain::rfq::{Invitation, InvitationOrigin, InvitationStatus, Rfq};
use tradehall_domain::side::{As, Seller};

use super::RfqNode;
use crate::graphql::action::{ActionAvailability, Actions};
use crate::graphql::closed::Closed;
use crate::graphql::connection::{List, Paging};
use crate::graphql::event::{EventNode, timeline_for};
use crate::graphql::id::{global, node_types};
use crate::graphql::loader::{load_one, session};
use crate::graphql::scalar::DateTime;
use crate::organization::OrganizationNode;

node_types! { Invitation => "Invitation" }

/// A supplier asked to quote. Seen by the buyer and by that supplier.
#[derive(Debug, Clone, Description)]
pub struct InvitationNode(pub Invitation);

#[Object(name = "Invitation", use_type_description)]
impl InvitationNode {
    /// The opaque global id.
    pub async fn id(&self) -> ID {
        global(self.0.id)
    }

    /// The request it is about.
    async fn rfq(&self, ctx: &Context<'_>) -> Result<RfqNode> {
        load_one(ctx, self.0.rfq).await.map(RfqNode)
    }

    /// The supplier.
    async fn seller(&self, ctx: &Context<'_>) -> Result<OrganizationNode> {
        load_one(ctx, self.0.seller).await.map(OrganizationNode)
    }

    /// Whose idea it was that the supplier quotes.
    async fn origin(&self) -> Closed<InvitationOrigin> {
        self.0.origin.into()
    }

    /// What the supplier has done about it.
    async fn status(&self) -> Closed<InvitationStatus> {
        self.0.status.into()
    }

    /// Since when the status holds.
    async fn since(&self) -> DateTime {
        DateTime(self.0.since)
    }

    /// Why the supplier declined, if it said so.
    async fn decline_reason(&self) -> Option<&str> {
        self.0.decline_reason.as_ref().map(|reason| reason.as_str())
    }

    /// What happened to it since the request was published, newest first. Seen by the buyer and by that supplier, with AUDIT_READ.
    async fn timeline(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "That many from the start, or from `after` on; 1 to 100.")] first: Option<i32>,
        #[graphql(desc = "Continue after this cursor.")] after: Option<String>,
        #[graphql(desc = "That many from the end, or up to `before`; 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "End before this cursor.")] before: Option<String>,
    ) -> Result<Option<List<EventNode>>> {
        let subject = Subject { kind: SubjectKind::Invitation, id: self.0.id.uuid() };
        timeline_for(ctx, &[self.0.buyer, self.0.seller], subject, Paging::of(first, after, last, before)).await
    }

    /// What the viewer can do about the invitation now; only the supplier has anything to do.
    async fn available_actions(&self, ctx: &Context<'_>) -> Result<Vec<ActionAvailability>> {
        let session = session(ctx)?;
        let now = session.app().store().now();
        let mut actions = Actions::of(session);
        if let Ok(own) = As::<Seller, _>::claim(self.0.clone(), session.actor().organization) {
            let rfq: Rfq = load_one(ctx, self.0.rfq).await?;
            let open = rfq.takes_quotes(now);
            actions.add("viewInvitation", Permission::QuoteWrite, own.clone().view(now).map(drop));
            let answered = |done: Result<_, _>| open.clone().and(done.map(drop));
            actions.add("acceptInvitationToQuote", Permission::QuoteWrite, answered(own.clone().accept(now)));
            actions.add("declineInvitationToQuote", Permission::QuoteWrite, answered(own.clone().decline(None, now)));
        }
        Ok(actions.done())
    }
}
