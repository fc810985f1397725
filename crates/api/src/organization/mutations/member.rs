//! Members and those who are asked to become members.

use async_graphql::{Context, InputObject, MaybeUndefined, Object, Result};
use tradehall_domain::access::SystemRole;
use tradehall_domain::email::Email;
use tradehall_domain::organization::{CustomRole, MemberInvitation, Membership, MembershipId, OrganizationUnit};

use super::super::commands::{
    AnswerInvitation, ChangeMembership, InvitationAnswer, InviteMember, LeaveOrganization, MembershipStep,
    RevokeInvitation, StepMembership,
};
use super::super::types::{MemberInvitationNode, MembershipNode, OrganizationNode};
use super::{MemberInvitationPayload, MembershipPayload, OrganizationPayload, change_access};
use crate::app::IdempotencyKey;
use crate::app::{Command as _, Error, Session};
use crate::graphql::closed::Closed;
use crate::graphql::id::GlobalId;
use crate::graphql::loader::{load_one, session};
use crate::identity::limit::{Attempt, Counter};
use crate::identity::secret::{Purpose, read};

/// Somebody to ask to become a member.
#[derive(Debug, InputObject)]
pub struct InviteMemberInput {
    /// To which address the mail goes. Only a person whose account has this address can accept.
    pub email: String,
    /// The built-in roles that come with it; at least one role is needed, none that allows more than the viewer may.
    #[graphql(default)]
    pub system_roles: Vec<Closed<SystemRole>>,
    /// The organization's own roles that come with it, at most 10.
    #[graphql(default)]
    pub custom_role_ids: Vec<GlobalId<CustomRole>>,
    /// Where in the organization.
    pub unit_id: Option<GlobalId<OrganizationUnit>>,
    /// The same key with the same input answers the first result instead of doing it again: 8 to 128 visible ASCII characters.
    pub idempotency_key: Option<String>,
}

/// Which invitation is taken back.
#[derive(Debug, InputObject)]
pub struct RevokeInvitationInput {
    /// Which invitation.
    pub invitation_id: GlobalId<MemberInvitation>,
}

/// The secret from an invitation's mail.
#[derive(Debug, InputObject)]
pub struct InvitationTokenInput {
    /// The secret, as it stands in the mail; good for one answer within 14 days.
    pub token: String,
}

/// A change of a membership; what is left out stays.
#[derive(Debug, InputObject)]
pub struct ChangeMembershipInput {
    /// Which membership.
    pub membership_id: GlobalId<Membership>,
    /// The version that was read; a newer one refuses the change with STALE.
    pub expected_version: i64,
    /// All built-in roles from now on; one's own can only become less.
    pub system_roles: Option<Vec<Closed<SystemRole>>>,
    /// All of the organization's own roles from now on, at most 10.
    pub custom_role_ids: Option<Vec<GlobalId<CustomRole>>>,
    /// The place in the organization from now on; null takes it away.
    pub unit_id: MaybeUndefined<GlobalId<OrganizationUnit>>,
}

/// Which membership a step is about.
#[derive(Debug, InputObject)]
pub struct MembershipInput {
    /// Which membership; not one's own.
    pub membership_id: GlobalId<Membership>,
}

/// The root fields that change who belongs to an organization.
#[derive(Debug, Default)]
pub struct MemberMutation;

#[Object]
impl MemberMutation {
    /// Asks somebody by mail to become a member of the viewer's organization. Asking the same address again renews what was asked and
    /// makes the earlier mail worthless; one address gets only so many mails an hour, from all organizations. Needs MEMBER_MANAGE.
    async fn invite_member(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Whom, and what for.")] input: InviteMemberInput,
    ) -> Result<MemberInvitationPayload> {
        let session = session(ctx)?;
        let outcome = invite(session, input).await;
        session.answer(outcome, |invitation| (MemberInvitationNode(invitation),))
    }

    /// Takes an invitation back that was not answered. Needs MEMBER_MANAGE.
    async fn revoke_invitation(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which invitation.")] input: RevokeInvitationInput,
    ) -> Result<MemberInvitationPayload> {
        let outcome = session(ctx)?.execute(RevokeInvitation { invitation: input.invitation_id.0 }).await;
        session(ctx)?.answer(outcome, |invitation| (MemberInvitationNode(invitation),))
    }

    /// Makes the viewer a member. Needs a person whose account has the address to which the mail went.
    async fn accept_invitation(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The secret from the mail.")] input: InvitationTokenInput,
    ) -> Result<MembershipPayload> {
        let command =
            AnswerInvitation { token: read(Purpose::Invitation, &input.token), answer: InvitationAnswer::Accept };
        let outcome = change_access(session(ctx)?, command).await;
        let outcome = outcome.and_then(|(_, membership)| membership.ok_or(Error::NotFound));
        session(ctx)?.answer(outcome, |membership| (MembershipNode(membership),))
    }

    /// Answers that the viewer does not want to become a member. Needs a person whose account has the address to which the mail went.
    async fn decline_invitation(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The secret from the mail.")] input: InvitationTokenInput,
    ) -> Result<OrganizationPayload> {
        let command =
            AnswerInvitation { token: read(Purpose::Invitation, &input.token), answer: InvitationAnswer::Decline };
        let outcome = match session(ctx)?.execute(command).await {
            Ok((organization, _)) => Ok(load_one(ctx, organization).await?),
            Err(error) => Err(error),
        };
        session(ctx)?.answer(outcome, |organization| (OrganizationNode(organization),))
    }

    /// Gives a member other roles or another place. Nobody gives more than they may do themselves, takes from who may do more, or raises
    /// themselves; one active owner stays. Needs MEMBER_MANAGE.
    async fn change_membership(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What is to change.")] input: ChangeMembershipInput,
    ) -> Result<MembershipPayload> {
        let command = ChangeMembership {
            membership: input.membership_id.0,
            expected_version: input.expected_version,
            system_roles: input.system_roles.map(|roles| roles.into_iter().map(|role| role.0).collect()),
            custom_roles: input.custom_role_ids.map(|ids| ids.into_iter().map(|id| id.0).collect()),
            unit: match input.unit_id {
                MaybeUndefined::Undefined => None,
                MaybeUndefined::Null => Some(None),
                MaybeUndefined::Value(id) => Some(Some(id.0)),
            },
        };
        let outcome = change_access(session(ctx)?, command).await;
        session(ctx)?.answer(outcome, |membership| (MembershipNode(membership),))
    }

    /// Keeps a member out for now; the roles stay. Needs MEMBER_MANAGE.
    async fn lock_membership(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which membership.")] input: MembershipInput,
    ) -> Result<MembershipPayload> {
        step(ctx, input.membership_id.0, MembershipStep::Lock).await
    }

    /// Lets a locked member in again. Needs MEMBER_MANAGE.
    async fn unlock_membership(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which membership.")] input: MembershipInput,
    ) -> Result<MembershipPayload> {
        step(ctx, input.membership_id.0, MembershipStep::Unlock).await
    }

    /// Sends a member away; an invitation can bring them back. Needs MEMBER_MANAGE.
    async fn end_membership(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which membership.")] input: MembershipInput,
    ) -> Result<MembershipPayload> {
        step(ctx, input.membership_id.0, MembershipStep::End).await
    }

    /// Ends the viewer's own membership of the organization that they act for; the last active owner stays. Needs a person.
    async fn leave_organization(&self, ctx: &Context<'_>) -> Result<MembershipPayload> {
        let outcome = change_access(session(ctx)?, LeaveOrganization).await;
        session(ctx)?.answer(outcome, |membership| (MembershipNode(membership),))
    }
}

async fn invite(session: &Session, input: InviteMemberInput) -> std::result::Result<MemberInvitation, Error> {
    session.require(InviteMember::PERMISSION)?;
    // Anybody can found an organization, so what is counted is the mails that one address gets from all of them.
    if let Ok(email) = Email::parse(&input.email) {
        session.execute(Attempt { counters: vec![Counter::invitation(session, &email)] }).await?;
    }
    let command = InviteMember {
        email: input.email,
        system_roles: input.system_roles.into_iter().map(|role| role.0).collect(),
        custom_roles: input.custom_role_ids.into_iter().map(|id| id.0).collect(),
        unit: input.unit_id.map(|id| id.0),
        language: session.language(),
        key: IdempotencyKey::of_input(input.idempotency_key.as_deref())?,
    };
    session.execute_once(command).await
}

async fn step(ctx: &Context<'_>, membership: MembershipId, step: MembershipStep) -> Result<MembershipPayload> {
    let outcome = change_access(session(ctx)?, StepMembership { membership, step }).await;
    session(ctx)?.answer(outcome, |membership| (MembershipNode(membership),))
}
