//! Negotiating.

use async_graphql::{Context, Object, Result};

use super::{AgreementPayload, execute};
use crate::agreement::commands::{
    AcceptAgreement, CounterAgreement, DeclineAgreement, DraftAgreement, OfferAgreement, ReviseAgreementDraft,
    WithdrawAgreementOffer,
};
use crate::agreement::inputs::{
    AcceptAgreementInput, AgreementInput, AgreementReasonInput, CounterAgreementInput, DraftAgreementInput,
    ReviseAgreementDraftInput,
};
use crate::agreement::types::AgreementNode;
use crate::app::IdempotencyKey;
use crate::graphql::loader::session;

/// The root fields by which agreements are negotiated.
#[derive(Debug, Default)]
pub struct NegotiationMutation;

#[Object]
impl NegotiationMutation {
    /// Drafts a framework agreement between a seller and an approved customer of its shop; either side may. Only the drafter sees it
    /// until it is offered. Needs AGREEMENT_MANAGE.
    async fn draft_agreement(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "With whom, and its content.")] input: DraftAgreementInput,
    ) -> Result<AgreementPayload> {
        let outcome = match IdempotencyKey::of_input(input.idempotency_key.as_deref()) {
            Ok(key) => {
                let command = DraftAgreement { partner: input.partner.into(), draft: input.content.into(), key };
                session(ctx)?.execute_once(command).await
            }
            Err(problem) => Err(problem.into()),
        };
        session(ctx)?.answer(outcome, |agreement| (AgreementNode(agreement),))
    }

    /// Rewrites a draft as a whole. Needs AGREEMENT_MANAGE in its drafter.
    async fn revise_agreement_draft(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which draft, and its new content.")] input: ReviseAgreementDraftInput,
    ) -> Result<AgreementPayload> {
        let (agreement, expected_version) = (input.agreement_id.0, input.expected_version);
        execute(ctx, ReviseAgreementDraft { agreement, expected_version, draft: input.content.into() }).await
    }

    /// Offers what was drafted: from now on the other side reads it, and binds both by accepting it. Needs AGREEMENT_MANAGE.
    async fn offer_agreement(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which draft.")] input: AgreementInput,
    ) -> Result<AgreementPayload> {
        execute(ctx, OfferAgreement { agreement: input.agreement_id.0 }).await
    }

    /// Answers an offer with another one, which is now on the table in its place. Needs AGREEMENT_MANAGE in the side that did not make
    /// the offer.
    async fn counter_agreement(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which agreement, and what is offered instead.")] input: CounterAgreementInput,
    ) -> Result<AgreementPayload> {
        execute(ctx, CounterAgreement { agreement: input.agreement_id.0, draft: input.content.into() }).await
    }

    /// Accepts exactly the offer that `hash` names: both sides are bound, and its prices hold from the beginning of its validity on.
    /// Needs AGREEMENT_MANAGE in the side that did not make the offer.
    async fn accept_agreement(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which offer.")] input: AcceptAgreementInput,
    ) -> Result<AgreementPayload> {
        execute(ctx, AcceptAgreement { agreement: input.agreement_id.0, hash: input.hash }).await
    }

    /// Says no to an offer, for good. Needs AGREEMENT_MANAGE in the side that did not make the offer.
    async fn decline_agreement(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which offer, and why.")] input: AgreementReasonInput,
    ) -> Result<AgreementPayload> {
        execute(ctx, DeclineAgreement { agreement: input.agreement_id.0, reason: input.reason }).await
    }

    /// Takes an offer back that was not accepted, for good. Needs AGREEMENT_MANAGE in the side that made it.
    async fn withdraw_agreement_offer(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which offer.")] input: AgreementInput,
    ) -> Result<AgreementPayload> {
        execute(ctx, WithdrawAgreementOffer { agreement: input.agreement_id.0 }).await
    }
}
