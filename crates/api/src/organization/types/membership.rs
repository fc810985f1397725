//! Members and those who are asked to become members, as clients see them.

use async_graphql::{Context, Description, ID, Object, Result};
use futures_util::future::try_join_all;
use tradehall_domain::access::SystemRole;
use tradehall_domain::organization::{
    CustomRole, CustomRoleId, MemberInvitation, MemberInvitationStatus, Membership, MembershipStatus,
};

use super::super::actions;
use super::{CustomRoleNode, OrganizationNode, OrganizationUnitNode};
use crate::graphql::action::ActionAvailability;
use crate::graphql::closed::Closed;
use crate::graphql::id::{global, node_types};
use crate::graphql::loader::{load_maybe, load_one, session};
use crate::graphql::scalar::DateTime;
use crate::identity::UserNode;

node_types! { Membership => "Membership", MemberInvitation => "MemberInvitation" }

/// A person in an organization. Seen by the organization's own people, by the person and by platform staff.
#[derive(Debug, Clone, Description)]
pub struct MembershipNode(pub Membership);

#[Object(name = "Membership", use_type_description)]
impl MembershipNode {
    /// The opaque global id; a person keeps it when they leave and come back.
    pub async fn id(&self) -> ID {
        global(self.0.id)
    }

    /// In which organization.
    async fn organization(&self, ctx: &Context<'_>) -> Result<OrganizationNode> {
        load_one(ctx, self.0.organization).await.map(OrganizationNode)
    }

    /// Who it is; null for platform staff, who see roles and not people.
    async fn user(&self, ctx: &Context<'_>) -> Result<Option<UserNode>> {
        Ok(load_maybe(ctx, self.0.user).await?.map(UserNode))
    }

    /// Whether the person can act for the organization.
    async fn status(&self) -> Closed<MembershipStatus> {
        self.0.status.into()
    }

    /// The built-in roles.
    async fn system_roles(&self) -> Vec<Closed<SystemRole>> {
        self.0.roles.system.iter().map(Closed).collect()
    }

    /// The organization's own roles; empty for a person who looks at a membership in an organization that they do not act for now.
    async fn custom_roles(&self, ctx: &Context<'_>) -> Result<Vec<CustomRoleNode>> {
        Ok(custom_roles(ctx, &self.0.roles.custom).await?.into_iter().map(CustomRoleNode).collect())
    }

    /// Where in the organization; null where that is not said, or not told.
    async fn unit(&self, ctx: &Context<'_>) -> Result<Option<OrganizationUnitNode>> {
        match self.0.unit {
            Some(unit) => Ok(load_maybe(ctx, unit).await?.map(OrganizationUnitNode)),
            None => Ok(None),
        }
    }

    /// Since when the status holds.
    async fn since(&self) -> DateTime {
        DateTime(self.0.since)
    }

    /// When the person first came.
    async fn joined_at(&self) -> DateTime {
        DateTime(self.0.joined_at)
    }

    /// Counts its changes; an edit names the version it was made against.
    async fn version(&self) -> i64 {
        self.0.version
    }

    /// What the viewer can do with the membership now. That an organization keeps one owner is told only when a verb is used.
    async fn available_actions(&self, ctx: &Context<'_>) -> Result<Vec<ActionAvailability>> {
        let defined = custom_roles(ctx, &self.0.roles.custom).await?;
        Ok(actions::of_membership(session(ctx)?, &self.0, self.0.roles.permissions(&defined)))
    }
}

/// An e-mail asking somebody to become a member. Seen by the organization's own people with MEMBER_MANAGE.
#[derive(Debug, Clone, Description)]
pub struct MemberInvitationNode(pub MemberInvitation);

#[Object(name = "MemberInvitation", use_type_description)]
impl MemberInvitationNode {
    /// The opaque global id.
    pub async fn id(&self) -> ID {
        global(self.0.id)
    }

    /// To which address, in small letters.
    async fn email(&self) -> &str {
        self.0.email.as_str()
    }

    /// How far it has come.
    async fn status(&self, ctx: &Context<'_>) -> Result<Closed<MemberInvitationStatus>> {
        Ok(Closed(self.0.standing(session(ctx)?.app().store().now())))
    }

    /// The built-in roles that come with it.
    async fn system_roles(&self) -> Vec<Closed<SystemRole>> {
        self.0.roles.system.iter().map(Closed).collect()
    }

    /// The organization's own roles that come with it; none once it was answered or revoked.
    async fn custom_roles(&self, ctx: &Context<'_>) -> Result<Vec<CustomRoleNode>> {
        Ok(custom_roles(ctx, &self.0.roles.custom).await?.into_iter().map(CustomRoleNode).collect())
    }

    /// Where in the organization; null where that is not said.
    async fn unit(&self, ctx: &Context<'_>) -> Result<Option<OrganizationUnitNode>> {
        match self.0.unit {
            Some(unit) => Ok(load_maybe(ctx, unit).await?.map(OrganizationUnitNode)),
            None => Ok(None),
        }
    }

    /// Who sent it last; null when a key did.
    async fn invited_by(&self, ctx: &Context<'_>) -> Result<Option<UserNode>> {
        match self.0.invited_by {
            Some(user) => Ok(load_maybe(ctx, user).await?.map(UserNode)),
            None => Ok(None),
        }
    }

    /// When it can no longer be answered: 14 days after it was last sent.
    async fn expires_at(&self) -> DateTime {
        DateTime(self.0.expires_at)
    }

    /// When it was first sent.
    async fn created_at(&self) -> DateTime {
        DateTime(self.0.created_at)
    }
}

/// Those of the roles that the viewer may see, loaded together with what other fields ask for.
async fn custom_roles(ctx: &Context<'_>, ids: &[CustomRoleId]) -> Result<Vec<CustomRole>> {
    let found = try_join_all(ids.iter().map(|id| load_maybe(ctx, *id))).await?;
    Ok(found.into_iter().flatten().collect())
}
