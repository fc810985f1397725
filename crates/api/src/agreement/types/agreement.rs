//! Agreements as clients see them.

use async_graphql::{Context, Description, ID, Object, Result};
use tradehall_domain::access::Permission::{AgreementManage, OrderPlace};
use tradehall_domain::agreement::{Agreement, AgreementStatus};
use tradehall_domain::event::{Subject, SubjectKind};
use tradehall_domain::side::Side;
use tradehall_persistence::order;

use super::content::AgreementTermsNode;
use super::line::AgreementLineNode;
use super::version::AgreementVersionNode;
use crate::agreement::loaders::{LinesOf, VersionsOf};
use crate::app::{Error, Session};
use crate::graphql::action::{ActionAvailability, Actions};
use crate::graphql::closed::Closed;
use crate::graphql::connection::{List, Paging, connection};
use crate::graphql::event::{EventNode, timeline_for};
use crate::graphql::id::{global, node_types};
use crate::graphql::loader::{PageOf, load_list, load_maybe, load_one, session};
use crate::graphql::money::MoneyNode;
use crate::graphql::scalar::DateTime;
use crate::order::OrderNode;
use crate::organization::OrganizationNode;

node_types! { Agreement => "Agreement" }

/// A framework agreement between a seller and one of its customers, or the negotiation of one. Seen by both; a draft by its drafter.
#[derive(Debug, Clone, Description)]
pub struct AgreementNode(pub Agreement);

#[Object(name = "Agreement", use_type_description)]
impl AgreementNode {
    /// The opaque global id.
    pub async fn id(&self) -> ID {
        global(self.0.id)
    }

    /// What people call it, such as FA-0K3M9QXT4B2D.
    async fn number(&self) -> &str {
        self.0.number.as_str()
    }

    /// Who calls off.
    async fn buyer(&self, ctx: &Context<'_>) -> Result<OrganizationNode> {
        load_one(ctx, self.0.buyer).await.map(OrganizationNode)
    }

    /// Who delivers.
    async fn seller(&self, ctx: &Context<'_>) -> Result<OrganizationNode> {
        load_one(ctx, self.0.seller).await.map(OrganizationNode)
    }

    /// On which side the viewer's organization stands.
    async fn side(&self, ctx: &Context<'_>) -> Result<Closed<Side>> {
        let own = session(ctx)?.actor().organization;
        Ok(if own == Some(self.0.buyer) { Side::Buyer } else { Side::Seller }.into())
    }

    /// How far it has come at this moment.
    async fn status(&self, ctx: &Context<'_>) -> Result<Closed<AgreementStatus>> {
        Ok(self.0.status(now(session(ctx)?)).into())
    }

    /// When somebody last took a step; the clock's own are told by the terms.
    async fn since(&self) -> DateTime {
        DateTime(self.0.since)
    }

    /// Which side wrote what is on the table or binds.
    async fn author(&self) -> Closed<Side> {
        self.0.author.into()
    }

    /// How many rounds there were, this one included.
    async fn round(&self) -> i64 {
        self.0.current
    }

    /// What names the content that is on the table or binds: an acceptance names it.
    async fn hash(&self) -> &str {
        self.0.hash.as_str()
    }

    /// The terms that are on the table or bind.
    async fn terms(&self) -> AgreementTermsNode {
        AgreementTermsNode(self.0.terms.clone())
    }

    /// What was put on the table, by round, at most 50; all of it immutable.
    async fn versions(&self, ctx: &Context<'_>) -> Result<Vec<AgreementVersionNode>> {
        let versions = load_list(ctx, VersionsOf(self.0.id)).await?;
        Ok(versions.into_iter().map(AgreementVersionNode).collect())
    }

    /// What binds, by position, at most 500; empty until it is agreed.
    async fn lines(&self, ctx: &Context<'_>) -> Result<Vec<AgreementLineNode>> {
        if !self.0.is_concluded() {
            return Ok(Vec::new());
        }
        let lines = load_list(ctx, LinesOf(self.0.id)).await?;
        Ok(lines.into_iter().map(AgreementLineNode).collect())
    }

    /// The least that the buyer will call off in all; null for no such promise.
    async fn committed_amount(&self) -> Option<MoneyNode> {
        self.0.terms.commitment.map(MoneyNode)
    }

    /// What was called off in all and neither rejected nor cancelled; without taxes.
    async fn called_off_amount(&self, ctx: &Context<'_>) -> Result<MoneyNode> {
        let lines = if self.0.is_concluded() { load_list(ctx, LinesOf(self.0.id)).await? } else { Vec::new() };
        let amount = self.0.called_off_amount(&lines).map_err(|problem| session(ctx).map(|s| s.fail(problem.into())));
        match amount {
            Ok(amount) => Ok(MoneyNode(amount)),
            Err(error) => Err(error?),
        }
    }

    /// When both sides were bound; null while they are not.
    async fn agreed_at(&self) -> Option<DateTime> {
        self.0.agreed_at.map(DateTime)
    }

    /// When it ends: at the end of its validity, or when it is terminated before.
    async fn ends_at(&self) -> DateTime {
        DateTime(self.0.ends_at())
    }

    /// Why it was declined, or was suspended or terminated last; null where none of it happened.
    async fn reason(&self) -> Option<&str> {
        self.0.reason.as_ref().map(|text| text.as_str())
    }

    /// The last moment at which notice can be given; null where it does not go on by itself anyway.
    async fn notice_deadline(&self) -> Option<DateTime> {
        self.0.terms.renewal_months.map(|_| DateTime(self.0.notice_deadline()))
    }

    /// Which side gave notice; null where none did.
    async fn notice_given_by(&self) -> Option<Closed<Side>> {
        self.0.notice.map(|notice| notice.by.into())
    }

    /// When notice was given.
    async fn notice_given_at(&self) -> Option<DateTime> {
        self.0.notice.map(|notice| DateTime(notice.at))
    }

    /// Which side ends it before its time; null where none does.
    async fn terminated_by(&self) -> Option<Closed<Side>> {
        self.0.termination.map(|termination| termination.by.into())
    }

    /// When it ends before its time.
    async fn terminates_at(&self) -> Option<DateTime> {
        self.0.termination.map(|termination| DateTime(termination.at))
    }

    /// The agreement that it goes on from, or would.
    async fn predecessor(&self, ctx: &Context<'_>) -> Result<Option<Self>> {
        let Some(id) = self.0.predecessor else { return Ok(None) };
        Ok(load_maybe(ctx, id).await?.map(Self))
    }

    /// The agreement that goes on from it; null while none is agreed.
    async fn successor(&self, ctx: &Context<'_>) -> Result<Option<Self>> {
        let Some(id) = self.0.successor else { return Ok(None) };
        Ok(load_maybe(ctx, id).await?.map(Self))
    }

    /// The orders by which was called off, the last placed first, those that were rejected or cancelled among them. Needs ORDER_READ.
    async fn call_offs(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "That many from the start, or from `after` on; 1 to 100.")] first: Option<i32>,
        #[graphql(desc = "Continue after this cursor.")] after: Option<String>,
        #[graphql(desc = "That many from the end, or up to `before`; 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "End before this cursor.")] before: Option<String>,
    ) -> Result<List<OrderNode>> {
        let page = session(ctx)?.page(&Paging::of(first, after, last, before))?;
        let page = load_maybe(ctx, PageOf { of: self.0.id, page }).await?.unwrap_or_default();
        Ok(connection(page, order::origin_cursor, OrderNode))
    }

    /// Counts its changes.
    async fn version(&self) -> i64 {
        self.0.version
    }

    /// What happened to it, newest first; the same for its buyer and its seller but for the draft. Needs AUDIT_READ.
    async fn timeline(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "That many from the start, or from `after` on; 1 to 100.")] first: Option<i32>,
        #[graphql(desc = "Continue after this cursor.")] after: Option<String>,
        #[graphql(desc = "That many from the end, or up to `before`; 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "End before this cursor.")] before: Option<String>,
    ) -> Result<Option<List<EventNode>>> {
        let subject = Subject { kind: SubjectKind::Agreement, id: self.0.id.uuid() };
        timeline_for(ctx, &[self.0.buyer, self.0.seller], subject, Paging::of(first, after, last, before)).await
    }

    /// What the viewer can do with it now; verbs of the other side are not named.
    async fn available_actions(&self, ctx: &Context<'_>) -> Result<Vec<ActionAvailability>> {
        let (agreement, session) = (&self.0, session(ctx)?);
        let own = session.actor().organization.and_then(|own| agreement.side_of(own).ok());
        let Some(side) = own else { return Err(session.fail(Error::NotFound)) };
        let now = now(session);
        let is_seller = side == Side::Seller;
        let mut actions = Actions::of(session);
        actions.add("reviseAgreementDraft", AgreementManage, agreement.is_drafted_by(side, now));
        actions.add("offerAgreement", AgreementManage, agreement.is_drafted_by(side, now));
        actions.add("counterAgreement", AgreementManage, agreement.awaits_answer_of(side, now));
        actions.add("acceptAgreement", AgreementManage, agreement.awaits_answer_of(side, now));
        actions.add("declineAgreement", AgreementManage, agreement.awaits_answer_of(side, now));
        actions.add("withdrawAgreementOffer", AgreementManage, agreement.is_offered_by(side, now));
        actions.on_side(!is_seller, "callOff", OrderPlace, agreement.takes_call_offs(now));
        actions.on_side(is_seller, "suspendAgreement", AgreementManage, agreement.can_suspend(now));
        actions.on_side(is_seller, "resumeAgreement", AgreementManage, agreement.can_resume(now));
        actions.add("giveNotice", AgreementManage, agreement.takes_notice(now));
        actions.add("renewAgreement", AgreementManage, agreement.can_renew(now));
        actions.add("terminateAgreement", AgreementManage, agreement.can_terminate(now));
        Ok(actions.done())
    }
}

fn now(session: &Session) -> jiff::Timestamp {
    session.app().store().now()
}
