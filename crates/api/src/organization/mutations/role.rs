//! Roles of an organization's own.

use async_graphql::{Context, InputObject, Object, Result};
use tradehall_domain::access::Permission;
use tradehall_domain::organization::CustomRole;

use super::super::commands::{AmendRole, DefineRole, DeleteRole};
use super::super::types::{CustomRoleNode, OrganizationNode};
use super::{CustomRolePayload, OrganizationPayload, change_access};
use crate::graphql::closed::Closed;
use crate::graphql::id::GlobalId;
use crate::graphql::loader::{load_one, session};

/// A role to define.
#[derive(Debug, InputObject)]
pub struct DefineRoleInput {
    /// What people call it, 1 to 60 characters; unique in the organization, whatever its capitals and accents.
    pub name: String,
    /// What it allows: at least one permission, none that the viewer lacks.
    pub permissions: Vec<Closed<Permission>>,
}

/// A change of a role, for everybody who has it; what is left out stays.
#[derive(Debug, InputObject)]
pub struct AmendRoleInput {
    /// Which role.
    pub role_id: GlobalId<CustomRole>,
    /// The version that was read; a newer one refuses the change with STALE.
    pub expected_version: i64,
    /// What people call it, 1 to 60 characters.
    pub name: Option<String>,
    /// What it allows: at least one permission. The viewer must have all that it allowed before and shall allow.
    pub permissions: Option<Vec<Closed<Permission>>>,
}

/// A role to take away.
#[derive(Debug, InputObject)]
pub struct DeleteRoleInput {
    /// Which role; no member and no open invitation may have it.
    pub role_id: GlobalId<CustomRole>,
}

/// The root fields that change an organization's own roles.
#[derive(Debug, Default)]
pub struct RoleMutation;

#[Object]
impl RoleMutation {
    /// Defines a role in the viewer's organization, which has at most 50 of its own. Needs MEMBER_MANAGE.
    async fn define_role(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What it is called and allows.")] input: DefineRoleInput,
    ) -> Result<CustomRolePayload> {
        let command = DefineRole { name: input.name, permissions: plain(input.permissions) };
        let outcome = session(ctx)?.execute(command).await;
        session(ctx)?.answer(outcome, |role| (CustomRoleNode(role),))
    }

    /// Changes what a role is called and allows. Needs MEMBER_MANAGE.
    async fn amend_role(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What is to change.")] input: AmendRoleInput,
    ) -> Result<CustomRolePayload> {
        let command = AmendRole {
            role: input.role_id.0,
            expected_version: input.expected_version,
            name: input.name,
            permissions: input.permissions.map(plain),
        };
        let outcome = change_access(session(ctx)?, command).await;
        session(ctx)?.answer(outcome, |role| (CustomRoleNode(role),))
    }

    /// Takes a role away that nobody has. Needs MEMBER_MANAGE.
    async fn delete_role(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which role.")] input: DeleteRoleInput,
    ) -> Result<OrganizationPayload> {
        let outcome = match session(ctx)?.execute(DeleteRole { role: input.role_id.0 }).await {
            Ok(organization) => Ok(load_one(ctx, organization).await?),
            Err(error) => Err(error),
        };
        session(ctx)?.answer(outcome, |organization| (OrganizationNode(organization),))
    }
}

fn plain(permissions: Vec<Closed<Permission>>) -> Vec<Permission> {
    permissions.into_iter().map(|permission| permission.0).collect()
}
