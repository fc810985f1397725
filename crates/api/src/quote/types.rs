//! Quotes as clients see them.

use async_graphql::{Context, Description, ID, Object, Result, SimpleObject};
use tradehall_domain::access::Permission;
use tradehall_domain::event::{Subject, SubjectKind};
use tradehall_domain::organization::Capability;
use tradehall_domain::quote::{Quote, QuoteLine, QuoteState, QuoteVersion, Tier};
use tradehall_domain::rfq::Rfq;
use tradehall_domain::side::{As, Seller};
use tradehall_persistence::quote::version_subject;

use super::loaders::{QuoteLinesOf, VersionsOf, current};
use crate::attachment::{AttachmentNode, attachments_of};
use crate::graphql::action::{ActionAvailability, Actions};
use crate::graphql::closed::Closed;
use crate::graphql::connection::{List, Paging};
use crate::graphql::event::{EventNode, timeline_for};
use crate::graphql::id::{global, node_types};
use crate::graphql::loader::{load_list, load_one, session};
use crate::graphql::money::{MoneyNode, UnitPriceNode};
use crate::graphql::scalar::{CurrencyCode, DateTime, Decimal, UnitCode};
use crate::organization::OrganizationNode;
use crate::rfq::RfqNode;

node_types! { Quote => "Quote" }

/// A supplier's quote on a request. The supplier sees all of it; the buyer what was submitted and, if sealed, opened.
#[derive(Debug, Clone, Description)]
pub struct QuoteNode(pub Quote);

#[Object(name = "Quote", use_type_description)]
impl QuoteNode {
    /// The opaque global id.
    pub async fn id(&self) -> ID {
        global(self.0.id)
    }

    /// What people call it, such as `Q-0Q8ZK3M1A7CD`.
    async fn number(&self) -> &str {
        self.0.number.as_str()
    }

    /// How far it has come, as of now: a submitted quote whose validity has ended is EXPIRED.
    async fn status(&self, ctx: &Context<'_>) -> Result<Closed<QuoteState>> {
        Ok(self.0.state(session(ctx)?.app().store().now()).into())
    }

    /// The request it answers.
    async fn rfq(&self, ctx: &Context<'_>) -> Result<RfqNode> {
        load_one(ctx, self.0.rfq).await.map(RfqNode)
    }

    /// Who asked.
    async fn buyer(&self, ctx: &Context<'_>) -> Result<OrganizationNode> {
        load_one(ctx, self.0.buyer).await.map(OrganizationNode)
    }

    /// Who quotes.
    async fn seller(&self, ctx: &Context<'_>) -> Result<OrganizationNode> {
        load_one(ctx, self.0.seller).await.map(OrganizationNode)
    }

    /// When the version that counts was submitted; null before the first was.
    async fn submitted_at(&self) -> Option<DateTime> {
        self.0.submitted_at.map(DateTime)
    }

    /// Until when the supplier is bound.
    async fn valid_until(&self) -> DateTime {
        DateTime(self.0.valid_until)
    }

    /// The version that counts; null before the first was submitted.
    async fn current_version(&self, ctx: &Context<'_>) -> Result<Option<QuoteVersionNode>> {
        let versions = load_list(ctx, VersionsOf(self.0.id)).await?;
        Ok(current(&self.0, versions).map(QuoteVersionNode))
    }

    /// All versions that the viewer may read, oldest first: drafts are the supplier's own.
    async fn versions(&self, ctx: &Context<'_>) -> Result<Vec<QuoteVersionNode>> {
        Ok(load_list(ctx, VersionsOf(self.0.id)).await?.into_iter().map(QuoteVersionNode).collect())
    }

    /// The supplier's files that go with the version that counts, in its order; at most 50. None before the first was submitted.
    async fn attachments(&self, ctx: &Context<'_>) -> Result<Vec<AttachmentNode>> {
        match current(&self.0, load_list(ctx, VersionsOf(self.0.id)).await?) {
            Some(version) => attachments_of(ctx, version_subject(version.id)).await,
            None => Ok(Vec::new()),
        }
    }

    /// What happened to it, newest first: everything for the supplier; for the buyer what happened since it could read the quote. Needs
    /// AUDIT_READ.
    async fn timeline(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "That many from the start, or from `after` on; 1 to 100.")] first: Option<i32>,
        #[graphql(desc = "Continue after this cursor.")] after: Option<String>,
        #[graphql(desc = "That many from the end, or up to `before`; 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "End before this cursor.")] before: Option<String>,
    ) -> Result<Option<List<EventNode>>> {
        let subject = Subject { kind: SubjectKind::Quote, id: self.0.id.uuid() };
        timeline_for(ctx, &[self.0.buyer, self.0.seller], subject, Paging::of(first, after, last, before)).await
    }

    /// What the viewer can do with the quote now; its verbs are the supplier's.
    async fn available_actions(&self, ctx: &Context<'_>) -> Result<Vec<ActionAvailability>> {
        let session = session(ctx)?;
        let now = session.app().store().now();
        let mut actions = Actions::of(session);
        if let Ok(own) = As::<Seller, _>::claim(self.0.clone(), session.actor().organization) {
            let rfq: Rfq = load_one(ctx, self.0.rfq).await?;
            actions.add_as(Capability::Seller, "draftQuote", Permission::QuoteWrite, own.can_revise(&rfq, now));
            actions.add_as(Capability::Seller, "submitQuote", Permission::QuoteSubmit, own.can_submit(&rfq, now));
            actions.add("withdrawQuote", Permission::QuoteSubmit, own.can_withdraw(&rfq, now));
        }
        Ok(actions.done())
    }
}

/// What a supplier offered at one time. Once submitted it never changes; a revision is another version.
#[derive(Debug, Clone, Description)]
pub struct QuoteVersionNode(QuoteVersion);

#[Object(name = "QuoteVersion", use_type_description)]
impl QuoteVersionNode {
    /// Its number, from 1.
    async fn number(&self) -> i64 {
        self.0.number
    }

    /// The currency of all its prices.
    async fn currency(&self) -> CurrencyCode {
        CurrencyCode(self.0.currency)
    }

    /// Until when it binds the supplier.
    async fn valid_until(&self) -> DateTime {
        DateTime(self.0.valid_until)
    }

    /// When and how the buyer would pay, at most 1 000 characters.
    async fn payment_terms(&self) -> Option<&str> {
        self.0.payment_terms.as_ref().map(|text| text.as_str())
    }

    /// What else the supplier says, at most 4 000 characters.
    async fn remarks(&self) -> Option<&str> {
        self.0.remarks.as_ref().map(|text| text.as_str())
    }

    /// The sum of its lines at the offered quantities, each line rounded once.
    async fn total(&self) -> MoneyNode {
        MoneyNode(self.0.total)
    }

    /// When it was written.
    async fn created_at(&self) -> DateTime {
        DateTime(self.0.created_at)
    }

    /// When it was submitted; null while it is a draft.
    async fn submitted_at(&self) -> Option<DateTime> {
        self.0.submitted_at.map(DateTime)
    }

    /// Its lines, in the order of the request; at most 1 000.
    async fn lines(&self, ctx: &Context<'_>) -> Result<Vec<QuoteLineNode>> {
        Ok(load_list(ctx, QuoteLinesOf(self.0.id)).await?.into_iter().map(QuoteLineNode).collect())
    }

    /// The supplier's files that go with it, in its order; at most 50. The buyer sees them as soon as it sees the version.
    async fn attachments(&self, ctx: &Context<'_>) -> Result<Vec<AttachmentNode>> {
        attachments_of(ctx, version_subject(self.0.id)).await
    }
}

/// What is offered for one line of a request.
#[derive(Debug, Clone, Description)]
pub struct QuoteLineNode(QuoteLine);

#[Object(name = "QuoteLine", use_type_description)]
impl QuoteLineNode {
    /// The global id of the request's line that it answers.
    async fn rfq_line_id(&self) -> ID {
        global(self.0.rfq_line)
    }

    /// How much the supplier can deliver; less than asked is a partial cover.
    async fn quantity(&self) -> Decimal {
        Decimal(self.0.quantity.value())
    }

    /// The unit of the quantity and the prices; it converts to the request's.
    async fn unit(&self) -> UnitCode {
        UnitCode(self.0.unit)
    }

    /// The price per unit below the first tier.
    async fn unit_price(&self) -> UnitPriceNode {
        UnitPriceNode(self.0.unit_price)
    }

    /// Prices per unit from larger quantities on, by growing quantity.
    async fn tiers(&self) -> Vec<PriceTier> {
        self.0.tiers.iter().map(PriceTier::from).collect()
    }

    /// Days from the order to the delivery.
    async fn lead_time_days(&self) -> i64 {
        self.0.lead_time_days
    }

    /// What else the supplier says of this line, at most 1 000 characters.
    async fn remarks(&self) -> Option<&str> {
        self.0.remarks.as_ref().map(|text| text.as_str())
    }
}

/// A price from a quantity on.
#[derive(Debug, Clone, SimpleObject)]
pub struct PriceTier {
    /// From how much on, in the line's unit.
    pub minimum: Decimal,
    /// The price per unit of all that is taken then.
    pub unit_price: UnitPriceNode,
}

impl From<&Tier> for PriceTier {
    fn from(tier: &Tier) -> Self {
        Self { minimum: Decimal(tier.minimum.value()), unit_price: UnitPriceNode(tier.unit_price) }
    }
}
