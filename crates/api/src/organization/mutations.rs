//! Changing organizations, by area.

mod member;
mod profile;
mod role;
mod unit;
mod verification;

use async_graphql::MergedObject;
use tradehall_domain::organization::Organization;

use super::types::{CustomRoleNode, MemberInvitationNode, MembershipNode, OrganizationNode, OrganizationUnitNode};
use crate::app::{Command, Error, Session};
use crate::graphql::id::GlobalId;
use crate::graphql::payload::payload;
use crate::identity::forget_access;

/// The root fields that change organizations, their units, their people and their roles.
#[derive(Default, MergedObject)]
pub struct OrganizationMutation(
    profile::ProfileMutation,
    verification::VerificationMutation,
    unit::UnitMutation,
    member::MemberMutation,
    role::RoleMutation,
);

payload! {
    /// What every change of an organization as a whole answers.
    OrganizationPayload {
        /// The organization as it is now.
        organization: OrganizationNode,
    }
}

payload! {
    /// What every change of a unit answers.
    OrganizationUnitPayload {
        /// The unit as it is now.
        unit: OrganizationUnitNode,
    }
}

payload! {
    /// What every change of a membership answers.
    MembershipPayload {
        /// The membership as it is now.
        membership: MembershipNode,
    }
}

payload! {
    /// What every change of an invitation by the organization answers.
    MemberInvitationPayload {
        /// The invitation as it is now.
        invitation: MemberInvitationNode,
    }
}

payload! {
    /// What every change of an organization's own role answers.
    CustomRolePayload {
        /// The role as it is now.
        role: CustomRoleNode,
    }
}

/// Which organization a decision of platform staff is about.
#[derive(Debug, async_graphql::InputObject)]
pub struct OrganizationInput {
    /// Which organization.
    pub organization_id: GlobalId<Organization>,
}

/// A decision of platform staff that needs a reason.
#[derive(Debug, async_graphql::InputObject)]
pub struct OrganizationReasonInput {
    /// Which organization.
    pub organization_id: GlobalId<Organization>,
    /// Why, for the organization to read: 1 to 2 000 characters.
    pub reason: String,
}

/// Does what changes what somebody may do, and has whoever is signed in looked up again.
async fn change_access<C: Command>(session: &Session, command: C) -> Result<C::Output, Error> {
    let output = session.execute(command).await?;
    forget_access(session.app());
    Ok(output)
}
