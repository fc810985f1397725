//! Departments and branches, as they are stored.

use sea_orm::{ColumnTrait, QueryFilter};
use tradehall_domain::organization::{
    OrganizationId, OrganizationUnit, OrganizationUnitId, UnitCode, UnitEvent, UnitTree,
};
use tradehall_domain::text::Name as NameText;

use super::dossier::record;
use super::entity::{profile, unit};
use crate::column::{Col, Name};
use crate::{StoreError, Tx};

/// The unique index that a second unit of the same code runs into.
pub const UNIT_CODE_INDEX: &str = "organization_unit_organization_id_code_key";

/// The whole tree of an organization, in one statement. There are at most
/// [`UNITS_MAX`](tradehall_domain::organization::UNITS_MAX) units.
///
/// # Errors
/// When the database is away.
pub async fn units(tx: &Tx, organization: OrganizationId) -> Result<UnitTree, StoreError> {
    let select = tx.find::<unit::Entity>().filter(unit::Column::OrganizationId.eq(Col(organization)));
    let found = tx.all(select).await?;
    found.into_iter().map(OrganizationUnit::try_from).collect::<Result<_, _>>().map(UnitTree::of)
}

/// The same for somebody who is about to change it: two changes of one tree, each right by itself, could make a cycle together,
/// so they take turns on the organization's profile.
///
/// # Errors
/// [`StoreError::NotFound`] when the organization is not the actor's.
pub async fn lock_units(tx: &mut Tx, organization: OrganizationId) -> Result<UnitTree, StoreError> {
    let select = tx.find_for_update::<profile::Entity>().filter(profile::Column::Id.eq(Col(organization)));
    tx.one(select).await?;
    units(tx, organization).await
}

/// The unit of that id.
///
/// # Errors
/// [`StoreError::NotFound`] also for another organization's.
pub async fn load_unit(tx: &Tx, id: OrganizationUnitId) -> Result<OrganizationUnit, StoreError> {
    tx.one(tx.find::<unit::Entity>().filter(unit::Column::Id.eq(Col(id)))).await?.try_into()
}

/// The units of these ids that the actor may see, in no order.
///
/// # Errors
/// When the database is away.
pub async fn units_by_id(tx: &Tx, ids: &[OrganizationUnitId]) -> Result<Vec<OrganizationUnit>, StoreError> {
    let found = tx.all(tx.find::<unit::Entity>().filter(tx.among(unit::Column::Id, ids))).await?;
    found.into_iter().map(OrganizationUnit::try_from).collect()
}

/// Adds a unit.
///
/// # Errors
/// When the event cannot be written down; a conflict on [`UNIT_CODE_INDEX`], by the commit.
pub fn insert_unit(tx: &mut Tx, unit: &OrganizationUnit, event: &UnitEvent) -> Result<(), StoreError> {
    tx.insert(unit::Model::from(unit))?;
    record(tx, unit.organization, event)
}

/// Keeps a changed unit.
///
/// # Errors
/// [`StoreError::Stale`] or a conflict on [`UNIT_CODE_INDEX`], by the commit.
pub fn save_unit(tx: &mut Tx, unit: &mut OrganizationUnit, event: &UnitEvent) -> Result<(), StoreError> {
    unit.version += 1;
    tx.save(unit::Model::from(&*unit))?;
    record(tx, unit.organization, event)
}

impl From<&OrganizationUnit> for unit::Model {
    fn from(unit: &OrganizationUnit) -> Self {
        Self {
            id: Col(unit.id),
            organization_id: Col(unit.organization),
            parent_id: unit.parent.map(Col),
            code: unit.code.as_str().to_owned(),
            name: unit.name.as_str().to_owned(),
            kind: Name(unit.kind),
            cost_centre: unit.cost_centre.as_ref().map(ToString::to_string),
            archived_at: unit.archived_at.map(Col),
            version: unit.version,
        }
    }
}

impl TryFrom<unit::Model> for OrganizationUnit {
    type Error = StoreError;

    fn try_from(model: unit::Model) -> Result<Self, StoreError> {
        Ok(Self {
            id: model.id.0,
            organization: model.organization_id.0,
            parent: model.parent_id.map(|id| id.0),
            code: UnitCode::parse(&model.code)?,
            name: NameText::parse(&model.name)?,
            kind: model.kind.0,
            cost_centre: model.cost_centre.as_deref().map(UnitCode::parse).transpose()?,
            archived_at: model.archived_at.map(|time| time.0),
            version: model.version,
        })
    }
}
