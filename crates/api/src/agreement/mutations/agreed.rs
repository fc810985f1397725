//! What is done under an agreement that binds, and to it.

use async_graphql::{Context, Object, Result};

use super::{AgreementPayload, execute};
use crate::agreement::commands::{
    CallOff, GiveNotice, RenewAgreement, ResumeAgreement, SuspendAgreement, TerminateAgreement,
};
use crate::agreement::inputs::{
    AgreementInput, AgreementReasonInput, CallOffInput, RenewAgreementInput, TerminateAgreementInput,
};
use crate::agreement::types::AgreementNode;
use crate::app::IdempotencyKey;
use crate::graphql::loader::session;
use crate::graphql::payload::payload;
use crate::order::OrderNode;

payload! {
    /// What a call-off answers.
    CallOffPayload {
        /// The order that it placed.
        order: OrderNode,
        /// The agreement, of which less remains.
        agreement: AgreementNode,
    }
}

/// The root fields that act under agreements that bind.
#[derive(Debug, Default)]
pub struct AgreedMutation;

#[Object]
impl AgreedMutation {
    /// Calls off under an active agreement: places an order at the agreed prices and counts it against the volumes. What of it is rejected
    /// or cancelled can be called off again. Needs ORDER_PLACE in the buyer.
    async fn call_off(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Under which agreement, and what.")] input: CallOffInput,
    ) -> Result<CallOffPayload> {
        let outcome = match IdempotencyKey::required(&input.idempotency_key) {
            Ok(key) => {
                let agreement = input.agreement_id.0;
                session(ctx)?.execute_once(CallOff { agreement, draft: input.draft(), key }).await
            }
            Err(problem) => Err(problem.into()),
        };
        session(ctx)?.answer(outcome, |(agreement, order)| (OrderNode(order), AgreementNode(agreement)))
    }

    /// Stops an agreement for now: its prices do not hold and nothing can be called off, but its time goes on. Needs AGREEMENT_MANAGE in
    /// the seller.
    async fn suspend_agreement(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which agreement, and why.")] input: AgreementReasonInput,
    ) -> Result<AgreementPayload> {
        execute(ctx, SuspendAgreement { agreement: input.agreement_id.0, reason: input.reason }).await
    }

    /// Takes a suspended agreement up again. Needs AGREEMENT_MANAGE in the seller.
    async fn resume_agreement(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which agreement.")] input: AgreementInput,
    ) -> Result<AgreementPayload> {
        execute(ctx, ResumeAgreement { agreement: input.agreement_id.0 }).await
    }

    /// Says that an agreement shall not go on by itself; not later than its `noticeDeadline`. Needs AGREEMENT_MANAGE in either side.
    async fn give_notice(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which agreement.")] input: AgreementInput,
    ) -> Result<AgreementPayload> {
        execute(ctx, GiveNotice { agreement: input.agreement_id.0 }).await
    }

    /// Ends an agreement for cause before its time; what was called off stays ordered. Needs AGREEMENT_MANAGE in either side.
    async fn terminate_agreement(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which agreement, why, and when.")] input: TerminateAgreementInput,
    ) -> Result<AgreementPayload> {
        let (agreement, effective_at) = (input.agreement_id.0, input.effective_at.map(|time| time.0));
        execute(ctx, TerminateAgreement { agreement, reason: input.reason, effective_at }).await
    }

    /// Offers a successor with the same content and fresh volumes, which the other side can accept, counter or decline; answers the
    /// successor. Needs AGREEMENT_MANAGE in either side.
    async fn renew_agreement(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which agreement, and until when.")] input: RenewAgreementInput,
    ) -> Result<AgreementPayload> {
        let outcome = match IdempotencyKey::required(&input.idempotency_key) {
            Ok(key) => {
                let (agreement, valid_until) = (input.agreement_id.0, input.valid_until.0);
                session(ctx)?.execute_once(RenewAgreement { agreement, valid_until, key: Some(key) }).await
            }
            Err(problem) => Err(problem.into()),
        };
        session(ctx)?.answer(outcome, |agreement| (AgreementNode(agreement),))
    }
}
