//! What platform staff decide about organizations.

use async_graphql::{Context, InputObject, Object, Result};
use tradehall_domain::organization::{Capability, Organization, OrganizationId};

use super::super::commands::{CapabilityDecision, DecideCapability, DecideVerification, VerificationDecision};
use super::super::types::OrganizationNode;
use super::{OrganizationInput, OrganizationPayload, OrganizationReasonInput, change_access};
use crate::graphql::closed::Closed;
use crate::graphql::id::GlobalId;
use crate::graphql::loader::session;

/// Which capability of which organization a decision of platform staff is about.
#[derive(Debug, InputObject)]
pub struct CapabilityInput {
    /// Which organization.
    pub organization_id: GlobalId<Organization>,
    /// Which capability.
    pub capability: Closed<Capability>,
}

/// A decision of platform staff about a capability that needs a reason.
#[derive(Debug, InputObject)]
pub struct CapabilityReasonInput {
    /// Which organization.
    pub organization_id: GlobalId<Organization>,
    /// Which capability.
    pub capability: Closed<Capability>,
    /// Why, for the organization to read: 1 to 2 000 characters.
    pub reason: String,
}

/// The root fields of platform staff over organizations.
#[derive(Debug, Default)]
pub struct VerificationMutation;

#[Object]
impl VerificationMutation {
    /// Begins to look at the papers that were sent in: SUBMITTED becomes IN_REVIEW. Needs PLATFORM_VERIFY.
    async fn start_review(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which organization.")] input: OrganizationInput,
    ) -> Result<OrganizationPayload> {
        decide(ctx, input.organization_id.0, VerificationDecision::StartReview).await
    }

    /// Asks for other papers: IN_REVIEW becomes CHANGES_REQUESTED. Needs PLATFORM_VERIFY.
    async fn request_changes(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which organization, and what for.")] input: OrganizationReasonInput,
    ) -> Result<OrganizationPayload> {
        decide(ctx, input.organization_id.0, VerificationDecision::RequestChanges(input.reason)).await
    }

    /// Says no for good: IN_REVIEW becomes REJECTED. Needs PLATFORM_VERIFY.
    async fn reject_organization(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which organization, and why.")] input: OrganizationReasonInput,
    ) -> Result<OrganizationPayload> {
        decide(ctx, input.organization_id.0, VerificationDecision::Reject(input.reason)).await
    }

    /// Confirms that the organization is what it says it is: IN_REVIEW becomes VERIFIED, and SELLER is granted if it was applied for.
    /// Needs PLATFORM_VERIFY.
    async fn verify_organization(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which organization.")] input: OrganizationInput,
    ) -> Result<OrganizationPayload> {
        decide(ctx, input.organization_id.0, VerificationDecision::Verify).await
    }

    /// Stops a verified organization: its people can only read until it is reinstated. Needs PLATFORM_VERIFY.
    async fn suspend_organization(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which organization, and why.")] input: OrganizationReasonInput,
    ) -> Result<OrganizationPayload> {
        decide(ctx, input.organization_id.0, VerificationDecision::Suspend(input.reason)).await
    }

    /// Lets a suspended organization go on: SUSPENDED becomes VERIFIED. Needs PLATFORM_VERIFY.
    async fn reinstate_organization(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which organization.")] input: OrganizationInput,
    ) -> Result<OrganizationPayload> {
        decide(ctx, input.organization_id.0, VerificationDecision::Reinstate).await
    }

    /// Gives a verified organization a capability that it applied for. Needs PLATFORM_VERIFY.
    async fn grant_capability(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which capability of which organization.")] input: CapabilityInput,
    ) -> Result<OrganizationPayload> {
        decide_capability(ctx, input.organization_id.0, input.capability.0, CapabilityDecision::Grant).await
    }

    /// Does not give a capability that was applied for; the organization may apply again. Needs PLATFORM_VERIFY.
    async fn refuse_capability(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which capability of which organization, and why.")] input: CapabilityReasonInput,
    ) -> Result<OrganizationPayload> {
        let decision = CapabilityDecision::Refuse(input.reason);
        decide_capability(ctx, input.organization_id.0, input.capability.0, decision).await
    }

    /// Stops a granted capability for now. Needs PLATFORM_VERIFY.
    async fn suspend_capability(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which capability of which organization, and why.")] input: CapabilityReasonInput,
    ) -> Result<OrganizationPayload> {
        let decision = CapabilityDecision::Suspend(input.reason);
        decide_capability(ctx, input.organization_id.0, input.capability.0, decision).await
    }

    /// Lets a suspended capability go on. Needs PLATFORM_VERIFY.
    async fn reinstate_capability(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which capability of which organization.")] input: CapabilityInput,
    ) -> Result<OrganizationPayload> {
        decide_capability(ctx, input.organization_id.0, input.capability.0, CapabilityDecision::Reinstate).await
    }
}

async fn decide(
    ctx: &Context<'_>,
    organization: OrganizationId,
    decision: VerificationDecision,
) -> Result<OrganizationPayload> {
    let outcome = change_access(session(ctx)?, DecideVerification { organization, decision }).await;
    session(ctx)?.answer(outcome, |organization| (OrganizationNode(organization),))
}

async fn decide_capability(
    ctx: &Context<'_>,
    organization: OrganizationId,
    capability: Capability,
    decision: CapabilityDecision,
) -> Result<OrganizationPayload> {
    let outcome = change_access(session(ctx)?, DecideCapability { organization, capability, decision }).await;
    session(ctx)?.answer(outcome, |organization| (OrganizationNode(organization),))
}
