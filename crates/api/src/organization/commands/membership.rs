//! Members: what they may do, and when they may not.

use tradehall_domain::access::{Permission, SystemRole};
use tradehall_domain::organization::{
    Authority, CustomRoleId, Membership, MembershipId, OrganizationUnitId, Roles, stays_owned,
};
use tradehall_persistence::{Tx, organization};

use crate::app::{Command, Error, check_version, organization_of};

/// Gives a member other roles or another place; what is `None` stays.
#[derive(Debug)]
pub struct ChangeMembership {
    /// Which membership.
    pub membership: MembershipId,
    /// The version that the change was made against.
    pub expected_version: i64,
    /// The built-in roles from now on.
    pub system_roles: Option<Vec<SystemRole>>,
    /// The organization's own roles from now on.
    pub custom_roles: Option<Vec<CustomRoleId>>,
    /// The place from now on; `Some(None)` is none.
    pub unit: Option<Option<OrganizationUnitId>>,
}

impl Command for ChangeMembership {
    const PERMISSION: Permission = Permission::MemberManage;
    type Output = Membership;

    async fn run(self, tx: &mut Tx) -> Result<Membership, Error> {
        let own = organization_of(tx)?;
        let defined = organization::lock_roles(tx, own).await?;
        let (mut member, owners) = organization::lock_with_owners(tx, own, self.membership).await?;
        check_version(member.version, self.expected_version)?;
        let system = self.system_roles.unwrap_or_else(|| member.roles.system.iter().collect());
        let custom = self.custom_roles.unwrap_or_else(|| member.roles.custom.clone());
        let roles = Roles::parse(&system, &custom, &defined)?;
        let (before, after) = (member.roles.permissions(&defined), roles.permissions(&defined));
        Authority::of(tx.actor()).may_change(&member, before, after)?;
        let unit = self.unit.unwrap_or(member.unit);
        place(tx, unit.filter(|_| unit != member.unit)).await?;
        let event = member.change(roles, unit)?;
        stays_owned(owners.iter().chain([&member]))?;
        organization::save_membership(tx, &mut member, &event).await?;
        Ok(member)
    }
}

/// That a member can be put into `unit`: it is the organization's, and in use.
pub(super) async fn place(tx: &Tx, unit: Option<OrganizationUnitId>) -> Result<(), Error> {
    if let Some(unit) = unit {
        let unit = organization::load_unit(tx, unit).await.map_err(Error::from).map_err(|error| error.at("unitId"))?;
        unit.is_open().map_err(Error::from).map_err(|error| error.at("unitId"))?;
    }
    Ok(())
}

/// One step over somebody else's membership.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MembershipStep {
    /// Keeps the member out for now.
    Lock,
    /// Lets the member in again.
    Unlock,
    /// Sends the member away.
    End,
}

/// Keeps a member out, lets them in again, or sends them away.
#[derive(Debug)]
pub struct StepMembership {
    /// Which membership.
    pub membership: MembershipId,
    /// What is done.
    pub step: MembershipStep,
}

impl Command for StepMembership {
    const PERMISSION: Permission = Permission::MemberManage;
    type Output = Membership;

    async fn run(self, tx: &mut Tx) -> Result<Membership, Error> {
        let own = organization_of(tx)?;
        let defined = organization::lock_roles(tx, own).await?;
        let (mut member, owners) = organization::lock_with_owners(tx, own, self.membership).await?;
        Authority::of(tx.actor()).may_manage(&member, member.roles.permissions(&defined))?;
        let event = match self.step {
            MembershipStep::Lock => member.lock(tx.now()),
            MembershipStep::Unlock => member.unlock(tx.now()),
            MembershipStep::End => member.end(tx.now()),
        }?;
        stays_owned(owners.iter().chain([&member]))?;
        organization::save_membership(tx, &mut member, &event).await?;
        Ok(member)
    }
}

/// The actor leaves the organization that they act for.
#[derive(Debug)]
pub struct LeaveOrganization;

impl Command for LeaveOrganization {
    const PERMISSION: Permission = Permission::Person;
    type Output = Membership;

    async fn run(self, tx: &mut Tx) -> Result<Membership, Error> {
        let own = organization_of(tx)?;
        let user = tx.actor().user().ok_or(Error::Unauthenticated)?;
        let membership = organization::membership_of(tx, own, user).await?.ok_or(Error::NotFound)?;
        let (mut member, owners) = organization::lock_with_owners(tx, own, membership.id).await?;
        let event = member.end(tx.now())?;
        stays_owned(owners.iter().chain([&member]))?;
        organization::save_membership(tx, &mut member, &event).await?;
        Ok(member)
    }
}
