//! The tree of departments and branches.

use tradehall_domain::access::Permission;
use tradehall_domain::organization::{OrganizationUnit, OrganizationUnitId, UnitDraft};
use tradehall_persistence::{Tx, organization};

use crate::app::{Command, Error, check_version, organization_of};

/// Adds a unit to the actor's organization.
#[derive(Debug)]
pub struct AddUnit {
    /// Under which unit; none directly under the organization.
    pub parent: Option<OrganizationUnitId>,
    /// What it is.
    pub draft: UnitDraft,
}

impl Command for AddUnit {
    const PERMISSION: Permission = Permission::OrganizationManage;
    type Output = OrganizationUnit;

    async fn run(self, tx: &mut Tx) -> Result<OrganizationUnit, Error> {
        let own = organization_of(tx)?;
        let mut tree = organization::lock_units(tx, own).await?;
        let (unit, event) = tree.add(own, self.parent, &self.draft)?;
        organization::insert_unit(tx, &unit, &event)?;
        Ok(unit)
    }
}

/// Changes what a unit is called and booked under.
#[derive(Debug)]
pub struct AmendUnit {
    /// Which unit.
    pub unit: OrganizationUnitId,
    /// The version that the change was made against.
    pub expected_version: i64,
    /// What changes.
    pub draft: UnitDraft,
}

impl Command for AmendUnit {
    const PERMISSION: Permission = Permission::OrganizationManage;
    type Output = OrganizationUnit;

    async fn run(self, tx: &mut Tx) -> Result<OrganizationUnit, Error> {
        let mut unit = organization::load_unit(tx, self.unit).await?;
        check_version(unit.version, self.expected_version)?;
        let event = unit.amend(&self.draft)?;
        organization::save_unit(tx, &mut unit, &event)?;
        Ok(unit)
    }
}

/// Puts a unit with everything under it under another.
#[derive(Debug)]
pub struct MoveUnit {
    /// Which unit.
    pub unit: OrganizationUnitId,
    /// Under which; none directly under the organization.
    pub parent: Option<OrganizationUnitId>,
}

impl Command for MoveUnit {
    const PERMISSION: Permission = Permission::OrganizationManage;
    type Output = OrganizationUnit;

    async fn run(self, tx: &mut Tx) -> Result<OrganizationUnit, Error> {
        let own = organization_of(tx)?;
        let mut tree = organization::lock_units(tx, own).await?;
        if !tree.contains(self.unit) {
            return Err(Error::NotFound);
        }
        let (mut unit, event) = tree.relocate(self.unit, self.parent)?;
        organization::save_unit(tx, &mut unit, &event)?;
        Ok(unit)
    }
}

/// Puts a unit away.
#[derive(Debug)]
pub struct ArchiveUnit {
    /// Which unit.
    pub unit: OrganizationUnitId,
}

impl Command for ArchiveUnit {
    const PERMISSION: Permission = Permission::OrganizationManage;
    type Output = OrganizationUnit;

    async fn run(self, tx: &mut Tx) -> Result<OrganizationUnit, Error> {
        let own = organization_of(tx)?;
        let mut tree = organization::lock_units(tx, own).await?;
        if !tree.contains(self.unit) {
            return Err(Error::NotFound);
        }
        let (mut unit, event) = tree.archive(self.unit, tx.now())?;
        organization::save_unit(tx, &mut unit, &event)?;
        Ok(unit)
    }
}
