//! A request as clients see it.

use async_graphql::{Context, Description, ID, Object, Result};
use tradehall_domain::access::Permission;
use tradehall_domain::event::{Subject, SubjectKind};
use tradehall_domain::organization::Capability;
use tradehall_domain::quote::Offer;
use tradehall_domain::rfq::{Bidding, Rfq, RfqAudience, RfqStatus, compare};
use tradehall_domain::side::{As, Buyer};

use super::comparison::{ComparisonNode, ExchangeRateInput, rates};
use super::{AwardNode, InvitationNode, RfqLineNode};
use crate::attachment::{AttachmentNode, attachments_of};
use crate::graphql::action::{ActionAvailability, Actions};
use crate::graphql::closed::Closed;
use crate::graphql::connection::{List, Paging};
use crate::graphql::event::{EventNode, timeline_for};
use crate::graphql::id::{global, node_types};
use crate::graphql::loader::{load_list, load_one, session};
use crate::graphql::scalar::{CurrencyCode, DateTime};
use crate::organization::OrganizationNode;
use crate::quote::{QuoteNode, offers_on, quotes_on};
use crate::rfq::loaders::{AwardsOf, InvitationsOf, LinesOf};
use crate::venue::VenueNode;

node_types! { Rfq => "Rfq" }

/// A request for quotation. A draft is seen by its buyer alone; once published also by the suppliers it asks and, when it is public,
/// by every verified organization.
#[derive(Debug, Clone, Description)]
pub struct RfqNode(pub Rfq);

#[Object(name = "Rfq", use_type_description)]
impl RfqNode {
    /// The opaque global id.
    pub async fn id(&self) -> ID {
        global(self.0.id)
    }

    /// What people call it, such as `RFQ-0Q8ZK3M1A7CD`; unique per buyer.
    async fn number(&self) -> &str {
        self.0.number.as_str()
    }

    /// What it is about, 1 to 200 characters.
    async fn title(&self) -> &str {
        self.0.title.as_str()
    }

    /// What else there is to say, at most 4 000 characters.
    async fn description(&self) -> Option<&str> {
        self.0.description.as_ref().map(|text| text.as_str())
    }

    /// The buyer's currency, of target prices and comparisons. Quotes may be in another.
    async fn currency(&self) -> CurrencyCode {
        CurrencyCode(self.0.currency)
    }

    /// Who may see it and quote.
    async fn audience(&self) -> Closed<RfqAudience> {
        self.0.audience.into()
    }

    /// When the buyer gets to read the quotes.
    async fn bidding(&self) -> Closed<Bidding> {
        self.0.bidding.into()
    }

    /// Until when quotes are taken; this very instant is too late.
    async fn deadline(&self) -> DateTime {
        DateTime(self.0.deadline)
    }

    /// How far it has come.
    async fn status(&self) -> Closed<RfqStatus> {
        self.0.status.into()
    }

    /// When it was published; null while it is a draft.
    async fn published_at(&self) -> Option<DateTime> {
        self.0.published_at.map(DateTime)
    }

    /// When it was first drafted.
    async fn created_at(&self) -> DateTime {
        DateTime(self.0.created_at)
    }

    /// Counts its changes; an edit names the version it was made against.
    async fn version(&self) -> i64 {
        self.0.version
    }

    /// Who asks.
    async fn buyer(&self, ctx: &Context<'_>) -> Result<OrganizationNode> {
        load_one(ctx, self.0.buyer).await.map(OrganizationNode)
    }

    /// The venue it stands in; null for a supplier asked from a private venue that it does not take part in.
    async fn venue(&self, ctx: &Context<'_>) -> Result<Option<VenueNode>> {
        Ok(crate::graphql::loader::load_maybe(ctx, self.0.venue).await?.map(VenueNode))
    }

    /// What is asked for, in the buyer's order; at most 1 000 lines.
    async fn lines(&self, ctx: &Context<'_>) -> Result<Vec<RfqLineNode>> {
        Ok(load_list(ctx, LinesOf(self.0.id)).await?.into_iter().map(RfqLineNode).collect())
    }

    /// Who is asked: everyone for the buyer, else only the viewer's own invitation; at most 500.
    async fn invitations(&self, ctx: &Context<'_>) -> Result<Vec<InvitationNode>> {
        Ok(load_list(ctx, InvitationsOf(self.0.id)).await?.into_iter().map(InvitationNode).collect())
    }

    /// The quotes that the viewer may read: for the buyer those that are revealed, for a supplier its own; at most 500.
    async fn quotes(&self, ctx: &Context<'_>) -> Result<Vec<QuoteNode>> {
        Ok(quotes_on(ctx, self.0.id).await?.into_iter().map(QuoteNode).collect())
    }

    /// The submitted quotes side by side. Null for everyone but the buyer, and before the quotes can be read.
    async fn comparison(
        &self,
        ctx: &Context<'_>,
        #[graphql(
            desc = "What other currencies are worth in the request's; quotes in others are not ranked. At most 50."
        )]
        rates: Option<Vec<ExchangeRateInput>>,
    ) -> Result<Option<ComparisonNode>> {
        let buyer = session(ctx)?.actor().organization == Some(self.0.buyer);
        if !buyer || !self.0.reveals_quotes() {
            return Ok(None);
        }
        let rates = self::rates(ctx, rates)?;
        let lines = load_list(ctx, LinesOf(self.0.id)).await?;
        let quotes: Vec<(_, Offer)> = offers_on(ctx, self.0.id).await?;
        let comparison = compare(self.0.currency, &lines, &quotes, &rates);
        Ok(Some(ComparisonNode::new(comparison, &quotes)))
    }

    /// Who was given what: everything for the buyer, its own awards for a winner, nothing for others.
    async fn awards(&self, ctx: &Context<'_>) -> Result<Vec<AwardNode>> {
        Ok(load_list(ctx, AwardsOf(self.0.id)).await?.into_iter().map(AwardNode).collect())
    }

    /// The buyer's files that go with it, in its order; at most 50. Seen by whoever sees the request.
    async fn attachments(&self, ctx: &Context<'_>) -> Result<Vec<AttachmentNode>> {
        attachments_of(ctx, tradehall_persistence::rfq::subject(self.0.id)).await
    }

    /// What happened to it, newest first; what happened to its invitations and quotes stands in theirs. Null for everyone but its buyer,
    /// where it needs AUDIT_READ.
    async fn timeline(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "That many from the start, or from `after` on; 1 to 100.")] first: Option<i32>,
        #[graphql(desc = "Continue after this cursor.")] after: Option<String>,
        #[graphql(desc = "That many from the end, or up to `before`; 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "End before this cursor.")] before: Option<String>,
    ) -> Result<Option<List<EventNode>>> {
        let subject = Subject { kind: SubjectKind::Rfq, id: self.0.id.uuid() };
        timeline_for(ctx, &[self.0.buyer], subject, Paging::of(first, after, last, before)).await
    }

    /// What the viewer can do with the request now. The buyer has its verbs; a supplier can quote.
    async fn available_actions(&self, ctx: &Context<'_>) -> Result<Vec<ActionAvailability>> {
        let session = session(ctx)?;
        let now = session.app().store().now();
        let mut actions = Actions::of(session);
        match As::<Buyer, _>::claim(self.0.clone(), session.actor().organization) {
            Ok(own) => {
                actions.add_as(Capability::Buyer, "amendRfq", Permission::RfqWrite, own.can_amend());
                actions.add_as(Capability::Buyer, "publishRfq", Permission::RfqPublish, own.can_publish(now));
                actions.add_as(Capability::Buyer, "inviteSuppliers", Permission::RfqPublish, own.can_invite(now));
                actions.add_as(Capability::Buyer, "extendRfqDeadline", Permission::RfqPublish, own.takes_quotes(now));
                actions.add("closeRfq", Permission::RfqPublish, own.can_close());
                actions.add("openQuotes", Permission::RfqPublish, own.can_open());
                actions.add("startEvaluation", Permission::RfqAward, own.can_evaluate());
                actions.add_as(Capability::Buyer, "awardRfq", Permission::RfqAward, own.can_award());
                actions.add("declineAllQuotes", Permission::RfqAward, own.can_award());
                actions.add("cancelRfq", Permission::RfqPublish, own.can_cancel());
                actions.add_as(Capability::Buyer, "copyRfq", Permission::RfqWrite, crate::graphql::action::ALWAYS);
            }
            Err(_) => {
                actions.add_as(Capability::Seller, "submitQuote", Permission::QuoteSubmit, self.0.takes_quotes(now))
            }
        }
        Ok(actions.done())
    }
}
