//! Changing requests and invitations.

use async_graphql::{Context, Object, Result};

use super::commands::{
    AmendRfq, AnswerInvitation, AwardRfq, CancelRfq, CloseRfq, CopyRfq, DeclineAllQuotes, DraftRfq, EvaluateRfq,
    ExtendRfq, InvitationAnswer, InviteSuppliers, OpenRfq, PublishRfq,
};
use super::input::{
    AmendRfqInput, AwardRfqInput, CopyRfqInput, DeclineInvitationInput, DraftRfqInput, EndRfqInput,
    ExtendRfqDeadlineInput, InvitationInput, InviteSuppliersInput, RfqInput,
};
use super::types::{InvitationNode, RfqNode};
use crate::app::IdempotencyKey;
use crate::app::{Command, Error};
use crate::graphql::loader::session;
use crate::graphql::payload::payload;
use crate::order::OrderNode;
use tradehall_domain::rfq::{Invitation, Rfq};

payload! {
    /// What every change of one request answers.
    RfqPayload {
        /// The request as it is now.
        rfq: RfqNode,
    }
}

payload! {
    /// What `inviteSuppliers` answers.
    InviteSuppliersPayload {
        /// The request as it is now.
        rfq: RfqNode,
        /// The new invitations, in the order of the input.
        invitations: Vec<InvitationNode>,
    }
}

payload! {
    /// What a supplier's answer to an invitation answers.
    InvitationPayload {
        /// The invitation as it is now.
        invitation: InvitationNode,
    }
}

payload! {
    /// What `awardRfq` answers.
    AwardRfqPayload {
        /// The request as it is now.
        rfq: RfqNode,
        /// The orders that the award placed: one for each supplier that was given anything, in its quote's currency. Lines that go
        /// elsewhere than the first one name their own destination.
        orders: Vec<OrderNode>,
    }
}

/// The root fields that change requests.
#[derive(Debug, Default)]
pub struct RfqMutation;

#[Object]
impl RfqMutation {
    /// Drafts a request; only its buyer sees it. Needs RFQ_WRITE.
    async fn draft_rfq(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Its content.")] input: DraftRfqInput,
    ) -> Result<RfqPayload> {
        let outcome = match IdempotencyKey::of_input(input.idempotency_key.as_deref()) {
            Ok(key) => session(ctx)?.execute_once(DraftRfq { draft: input.content.draft(), key }).await,
            Err(problem) => Err(problem.into()),
        };
        session(ctx)?.answer(outcome.map_err(within_content), |rfq| (RfqNode(rfq),))
    }

    /// Replaces a draft's content. Needs RFQ_WRITE in the buyer.
    async fn amend_rfq(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Its new content.")] input: AmendRfqInput,
    ) -> Result<RfqPayload> {
        let command =
            AmendRfq { rfq: input.rfq_id.0, expected_version: input.expected_version, draft: input.content.draft() };
        let outcome = session(ctx)?.execute(command).await;
        session(ctx)?.answer(outcome.map_err(within_content), |rfq| (RfqNode(rfq),))
    }

    /// Drafts a new request with the content of an old one; nobody is invited to it yet. Needs RFQ_WRITE in the buyer.
    async fn copy_rfq(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which request, and the copy's deadline.")] input: CopyRfqInput,
    ) -> Result<RfqPayload> {
        let (rfq, deadline) = (input.rfq_id.0, input.deadline.0);
        let outcome = match IdempotencyKey::of_input(input.idempotency_key.as_deref()) {
            Ok(key) => session(ctx)?.execute_once(CopyRfq { rfq, deadline, key }).await,
            Err(problem) => Err(problem.into()),
        };
        session(ctx)?.answer(outcome, |rfq| (RfqNode(rfq),))
    }

    /// Asks suppliers to quote; to a draft they are noted, and told when it is published. Needs RFQ_PUBLISH in the buyer.
    async fn invite_suppliers(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which suppliers, to which request.")] input: InviteSuppliersInput,
    ) -> Result<InviteSuppliersPayload> {
        let suppliers = input.supplier_ids.into_iter().map(|id| id.0).collect();
        let outcome = session(ctx)?.execute(InviteSuppliers { rfq: input.rfq_id.0, suppliers }).await;
        session(ctx)?
            .answer(outcome, |(rfq, invitations)| (RfqNode(rfq), invitations.into_iter().map(InvitationNode).collect()))
    }

    /// Publishes a draft: suppliers see it and can quote. Needs RFQ_PUBLISH in the buyer.
    async fn publish_rfq(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which request.")] input: RfqInput,
    ) -> Result<RfqPayload> {
        step(ctx, PublishRfq { rfq: input.rfq_id.0 }).await
    }

    /// Gives suppliers more time. Needs RFQ_PUBLISH in the buyer.
    async fn extend_rfq_deadline(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Until when.")] input: ExtendRfqDeadlineInput,
    ) -> Result<RfqPayload> {
        step(ctx, ExtendRfq { rfq: input.rfq_id.0, deadline: input.deadline.0 }).await
    }

    /// Takes no more quotes, before the deadline. Needs RFQ_PUBLISH in the buyer.
    async fn close_rfq(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which request.")] input: RfqInput,
    ) -> Result<RfqPayload> {
        step(ctx, CloseRfq { rfq: input.rfq_id.0 }).await
    }

    /// Opens the sealed quotes of a closed request. Needs RFQ_PUBLISH in the buyer.
    async fn open_quotes(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which request.")] input: RfqInput,
    ) -> Result<RfqPayload> {
        step(ctx, OpenRfq { rfq: input.rfq_id.0 }).await
    }

    /// Says that the quotes are being compared. Needs RFQ_AWARD in the buyer.
    async fn start_evaluation(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which request.")] input: RfqInput,
    ) -> Result<RfqPayload> {
        step(ctx, EvaluateRfq { rfq: input.rfq_id.0 }).await
    }

    /// Awards a request, whole or split by line and quantity: winners and losers are told, and the orders are placed, all at once or
    /// not at all. Needs RFQ_AWARD in the buyer.
    async fn award_rfq(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Who gets what.")] input: AwardRfqInput,
    ) -> Result<AwardRfqPayload> {
        let choice = input.award.choice();
        let outcome = match IdempotencyKey::of_input(Some(&input.idempotency_key)) {
            Ok(key) => session(ctx)?.execute_once(AwardRfq { rfq: input.rfq_id.0, choice, key }).await,
            Err(problem) => Err(problem.into()),
        };
        session(ctx)?.answer(outcome, |(rfq, orders)| (RfqNode(rfq), orders.into_iter().map(OrderNode).collect()))
    }

    /// Gives the request to nobody; whoever quoted is told. Needs RFQ_AWARD in the buyer.
    async fn decline_all_quotes(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which request, and why.")] input: EndRfqInput,
    ) -> Result<RfqPayload> {
        step(ctx, DeclineAllQuotes { rfq: input.rfq_id.0, reason: input.reason }).await
    }

    /// Calls the request off. Needs RFQ_PUBLISH in the buyer.
    async fn cancel_rfq(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which request, and why.")] input: EndRfqInput,
    ) -> Result<RfqPayload> {
        step(ctx, CancelRfq { rfq: input.rfq_id.0, reason: input.reason }).await
    }
}

/// The root fields by which suppliers answer invitations.
#[derive(Debug, Default)]
pub struct InvitationMutation;

#[Object]
impl InvitationMutation {
    /// Notes that the supplier has looked at the request. Needs QUOTE_WRITE in the invited organization.
    async fn view_invitation(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which invitation.")] input: InvitationInput,
    ) -> Result<InvitationPayload> {
        answer(ctx, AnswerInvitation { invitation: input.invitation_id.0, answer: InvitationAnswer::View }).await
    }

    /// Says that the supplier will quote. Needs QUOTE_WRITE in the invited organization.
    async fn accept_invitation_to_quote(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which invitation.")] input: InvitationInput,
    ) -> Result<InvitationPayload> {
        answer(ctx, AnswerInvitation { invitation: input.invitation_id.0, answer: InvitationAnswer::Accept }).await
    }

    /// Says that the supplier will not quote. Needs QUOTE_WRITE in the invited organization.
    async fn decline_invitation_to_quote(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which invitation, and why.")] input: DeclineInvitationInput,
    ) -> Result<InvitationPayload> {
        let decline = InvitationAnswer::Decline { reason: input.reason };
        answer(ctx, AnswerInvitation { invitation: input.invitation_id.0, answer: decline }).await
    }
}

async fn step(ctx: &Context<'_>, command: impl Command<Output = Rfq>) -> Result<RfqPayload> {
    let outcome = session(ctx)?.execute(command).await;
    session(ctx)?.answer(outcome, |rfq| (RfqNode(rfq),))
}

async fn answer(ctx: &Context<'_>, command: impl Command<Output = Invitation>) -> Result<InvitationPayload> {
    let outcome = session(ctx)?.execute(command).await;
    session(ctx)?.answer(outcome, |invitation| (InvitationNode(invitation),))
}

/// The draft's fields stand below `content` in the input.
fn within_content(error: Error) -> Error {
    error.within("content")
}
