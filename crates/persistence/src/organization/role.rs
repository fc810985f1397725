//! Roles of an organization's own, as they are stored.

use sea_orm::{ColumnTrait, Order, QueryFilter, QueryOrder};
use tradehall_domain::organization::{CustomRole, CustomRoleId, OrganizationId, RoleEvent, RoleName};
use tradehall_domain::text::fold;
use uuid::Uuid;

use super::dossier::record;
use super::people::custom_role;
use crate::column::Col;
use crate::{StoreError, Tx};

/// The unique index that a second role of the same name runs into.
pub const ROLE_NAME_INDEX: &str = "custom_role_organization_id_search_text_key";

/// The roles that an organization made for itself, by age. There are at most
/// [`CUSTOM_ROLES_MAX`](tradehall_domain::organization::CUSTOM_ROLES_MAX).
///
/// # Errors
/// When the database is away.
pub async fn roles(tx: &Tx, organization: OrganizationId) -> Result<Vec<CustomRole>, StoreError> {
    let select = tx
        .find::<custom_role::Entity>()
        .filter(custom_role::Column::OrganizationId.eq(Col(organization)))
        .order_by(custom_role::Column::Id, Order::Asc);
    tx.all(select).await?.into_iter().map(CustomRole::try_from).collect()
}

/// The same, locked in the order of their ids until the transaction ends, for somebody who is about to give them: none is deleted or
/// made to allow more meanwhile.
///
/// # Errors
/// When the database is away.
pub async fn lock_roles(tx: &mut Tx, organization: OrganizationId) -> Result<Vec<CustomRole>, StoreError> {
    let select = tx
        .find_for_update::<custom_role::Entity>()
        .filter(custom_role::Column::OrganizationId.eq(Col(organization)))
        .order_by(custom_role::Column::Id, Order::Asc);
    tx.all(select).await?.into_iter().map(CustomRole::try_from).collect()
}

/// The roles of these ids that the actor may see, in no order.
///
/// # Errors
/// When the database is away.
pub async fn roles_by_id(tx: &Tx, ids: &[CustomRoleId]) -> Result<Vec<CustomRole>, StoreError> {
    let found = tx.all(tx.find::<custom_role::Entity>().filter(tx.among(custom_role::Column::Id, ids))).await?;
    found.into_iter().map(CustomRole::try_from).collect()
}

/// The role of that id, locked until the transaction ends.
///
/// # Errors
/// [`StoreError::NotFound`] also for another organization's.
pub async fn lock_role(tx: &mut Tx, id: CustomRoleId) -> Result<CustomRole, StoreError> {
    let select = tx.find_for_update::<custom_role::Entity>().filter(custom_role::Column::Id.eq(Col(id)));
    tx.one(select).await?.try_into()
}

/// How many memberships that have not ended and open invitations have the role.
///
/// # Errors
/// When the database is away.
pub async fn role_holders(tx: &Tx, id: CustomRoleId) -> Result<u64, StoreError> {
    let sql = "SELECT (SELECT count(*) FROM membership_role r JOIN membership m ON m.id = r.membership_id \
               WHERE r.custom_role_id = $1 AND m.status <> 'ENDED') \
               + (SELECT count(*) FROM member_invitation_role WHERE custom_role_id = $1)";
    count(tx, sql, id.uuid()).await
}

pub(super) async fn count(tx: &Tx, sql: &str, of: Uuid) -> Result<u64, StoreError> {
    let rows = tx.query(sql, [of.into()]).await?;
    let count: Option<i64> = rows.first().map(|row| row.try_get_by_index(0)).transpose()?;
    Ok(count.unwrap_or_default().cast_unsigned())
}

/// Adds a role.
///
/// # Errors
/// When the event cannot be written down; a conflict on [`ROLE_NAME_INDEX`], by the commit.
pub fn insert_role(tx: &mut Tx, role: &CustomRole, event: &RoleEvent) -> Result<(), StoreError> {
    tx.insert(custom_role::Model::from(role))?;
    record(tx, role.organization, event)
}

/// Keeps a changed role.
///
/// # Errors
/// [`StoreError::Stale`] or a conflict on [`ROLE_NAME_INDEX`], by the commit.
pub fn save_role(tx: &mut Tx, role: &mut CustomRole, event: &RoleEvent) -> Result<(), StoreError> {
    role.version += 1;
    tx.save(custom_role::Model::from(&*role))?;
    record(tx, role.organization, event)
}

/// Takes a role away that nobody who is still a member has.
///
/// # Errors
/// When the event cannot be written down or the database is away.
pub async fn delete_role(tx: &mut Tx, role: &CustomRole, event: &RoleEvent) -> Result<(), StoreError> {
    let id = role.id.uuid();
    let ended = "DELETE FROM membership_role WHERE custom_role_id = $1 \
                 AND membership_id IN (SELECT id FROM membership WHERE status = 'ENDED')";
    tx.run(ended, [id.into()]).await?;
    tx.run("DELETE FROM custom_role WHERE id = $1", [id.into()]).await?;
    record(tx, role.organization, event)
}

impl From<&CustomRole> for custom_role::Model {
    fn from(role: &CustomRole) -> Self {
        Self {
            id: Col(role.id),
            organization_id: Col(role.organization),
            name: role.name.as_str().to_owned(),
            search_text: fold(role.name.as_str()),
            permissions: Col(role.permissions),
            version: role.version,
        }
    }
}

impl TryFrom<custom_role::Model> for CustomRole {
    type Error = StoreError;

    fn try_from(model: custom_role::Model) -> Result<Self, StoreError> {
        Ok(Self {
            id: model.id.0,
            organization: model.organization_id.0,
            name: RoleName::parse(&model.name)?,
            permissions: model.permissions.0,
            version: model.version,
        })
    }
}
