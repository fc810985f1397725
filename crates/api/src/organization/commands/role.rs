//! Roles of an organization's own.

use tradehall_domain::access::Permission;
use tradehall_domain::organization::{Authority, CUSTOM_ROLES_MAX, CustomRole, CustomRoleId, OrganizationId};
use tradehall_domain::problem::{Code, Problem};
use tradehall_persistence::{Tx, organization};

use crate::app::{Command, Error, check_version, organization_of};

/// Defines a role in the actor's organization.
#[derive(Debug)]
pub struct DefineRole {
    /// What people call it.
    pub name: String,
    /// What it allows.
    pub permissions: Vec<Permission>,
}

impl Command for DefineRole {
    const PERMISSION: Permission = Permission::MemberManage;
    type Output = CustomRole;

    async fn run(self, tx: &mut Tx) -> Result<CustomRole, Error> {
        let own = organization_of(tx)?;
        if organization::roles(tx, own).await?.len() >= CUSTOM_ROLES_MAX {
            return Err(Problem::new(Code::TooMany).with("max", CUSTOM_ROLES_MAX).into());
        }
        let (role, event) = CustomRole::define(own, &self.name, &self.permissions)?;
        Authority::of(tx.actor()).may_give(role.permissions).map_err(|problem| problem.at("permissions"))?;
        organization::insert_role(tx, &role, &event)?;
        Ok(role)
    }
}

/// Changes what a role is called and allows, for everybody who has it.
#[derive(Debug)]
pub struct AmendRole {
    /// Which role.
    pub role: CustomRoleId,
    /// The version that the change was made against.
    pub expected_version: i64,
    /// The new name, or none to keep it.
    pub name: Option<String>,
    /// What it allows from now on, or none to keep that.
    pub permissions: Option<Vec<Permission>>,
}

impl Command for AmendRole {
    const PERMISSION: Permission = Permission::MemberManage;
    type Output = CustomRole;

    async fn run(self, tx: &mut Tx) -> Result<CustomRole, Error> {
        let mut role = organization::lock_role(tx, self.role).await?;
        check_version(role.version, self.expected_version)?;
        let before = role.permissions;
        let event = role.amend(self.name.as_deref(), self.permissions.as_deref())?;
        // Nobody gives through a role what they lack, nor takes it from those who have it.
        let touched = before.union(role.permissions);
        Authority::of(tx.actor()).may_give(touched).map_err(|problem| problem.at("permissions"))?;
        organization::save_role(tx, &mut role, &event)?;
        Ok(role)
    }
}

/// Takes a role away that nobody has.
#[derive(Debug)]
pub struct DeleteRole {
    /// Which role.
    pub role: CustomRoleId,
}

impl Command for DeleteRole {
    const PERMISSION: Permission = Permission::MemberManage;
    type Output = OrganizationId;

    async fn run(self, tx: &mut Tx) -> Result<OrganizationId, Error> {
        let role = organization::lock_role(tx, self.role).await?;
        let event = role.delete(organization::role_holders(tx, role.id).await?)?;
        organization::delete_role(tx, &role, &event).await?;
        Ok(role.organization)
    }
}
