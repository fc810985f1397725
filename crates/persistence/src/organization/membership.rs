//! Memberships, as they are stored.

use std::collections::HashMap;

use sea_orm::sea_query::{Expr, Query, SelectStatement};
use sea_orm::{ColumnTrait, Condition, Order, QueryFilter, QueryOrder};
use tradehall_domain::event::{Audience, Subject, SubjectKind};
use tradehall_domain::id::Id;
use tradehall_domain::identity::UserId;
use tradehall_domain::organization::{CustomRoleId, Membership, MembershipEvent, MembershipId, OrganizationId, Roles};

use super::access::system_roles;
use super::people::{membership, membership_role};
use crate::column::{Col, Name};
use crate::page::Sort;
use crate::{Cursor, Page, PageRequest, StoreError, Tx, event};

/// The unique index that a second membership of one person in one organization runs into.
pub const MEMBERSHIP_INDEX: &str = "membership_organization_id_user_id_key";

/// A subquery of the people who are or were members of `organization`, for the visibility of their accounts.
pub(crate) fn users_of(organization: uuid::Uuid) -> SelectStatement {
    Query::select()
        .column(membership::Column::UserId)
        .from(membership::Entity)
        .and_where(membership::Column::OrganizationId.eq(organization))
        .to_owned()
}

/// The membership of `user` in `organization`, if there ever was one.
///
/// # Errors
/// When the database is away.
pub async fn membership_of(
    tx: &Tx,
    organization: OrganizationId,
    user: UserId,
) -> Result<Option<Membership>, StoreError> {
    let select = tx
        .find::<membership::Entity>()
        .filter(membership::Column::OrganizationId.eq(Col(organization)))
        .filter(membership::Column::UserId.eq(Col(user)));
    let found = tx.all(select).await?;
    Ok(with_roles(tx, found).await?.pop())
}

/// The memberships of these ids that the actor may see, in no order.
///
/// # Errors
/// When the database is away.
pub async fn memberships(tx: &Tx, ids: &[MembershipId]) -> Result<Vec<Membership>, StoreError> {
    let found = tx.all(tx.find::<membership::Entity>().filter(tx.among(membership::Column::Id, ids))).await?;
    with_roles(tx, found).await
}

/// The members of an organization, oldest first, those who left included.
///
/// # Errors
/// When the database is away.
pub async fn members(
    tx: &Tx,
    organization: OrganizationId,
    page: &PageRequest,
) -> Result<Page<Membership>, StoreError> {
    let select = tx.find::<membership::Entity>().filter(membership::Column::OrganizationId.eq(Col(organization)));
    let sort = Sort { key: None, id: membership::Column::Id, descending: false };
    let page = tx.page(select, page, &sort).await?;
    let items = with_roles(tx, page.items).await?;
    Ok(Page { items, has_next: page.has_next, has_previous: page.has_previous })
}

/// Where a membership stands in a list.
#[must_use]
pub const fn member_cursor(membership: &Membership) -> Cursor {
    Cursor::of(membership.id)
}

/// The membership of `user` in `organization`, if there ever was one, locked until the transaction ends.
///
/// # Errors
/// When the database is away.
pub async fn lock_membership_of(
    tx: &mut Tx,
    organization: OrganizationId,
    user: UserId,
) -> Result<Option<Membership>, StoreError> {
    let select = tx
        .find_for_update::<membership::Entity>()
        .filter(membership::Column::OrganizationId.eq(Col(organization)))
        .filter(membership::Column::UserId.eq(Col(user)));
    let found = tx.all(select).await?;
    Ok(with_roles(tx, found).await?.pop())
}

/// A membership of `organization` together with all its owners, locked in the order of their ids until the transaction ends, so
/// that two owners who go at the same time do not both count on the other.
///
/// # Errors
/// [`StoreError::NotFound`] when the organization has no such membership.
pub async fn lock_with_owners(
    tx: &mut Tx,
    organization: OrganizationId,
    id: MembershipId,
) -> Result<(Membership, Vec<Membership>), StoreError> {
    let wanted = Condition::any()
        .add(membership::Column::Id.eq(Col(id)))
        .add(Expr::cust("\"membership\".\"system_roles\" & 1 = 1"));
    let select = tx
        .find_for_update::<membership::Entity>()
        .filter(membership::Column::OrganizationId.eq(Col(organization)))
        .filter(wanted)
        .order_by(membership::Column::Id, Order::Asc);
    let found = tx.all(select).await?;
    let mut locked = with_roles(tx, found).await?;
    let place = locked.iter().position(|membership| membership.id == id).ok_or(StoreError::NotFound)?;
    let membership = locked.swap_remove(place);
    Ok((membership, locked))
}

/// Adds a membership.
///
/// # Errors
/// When the event cannot be written down; a conflict on [`MEMBERSHIP_INDEX`], by the commit, when there is one already.
pub fn insert_membership(tx: &mut Tx, membership: &Membership, event: &MembershipEvent) -> Result<(), StoreError> {
    tx.insert(membership::Model::from(membership))?;
    tx.insert_all(&role_rows(membership))?;
    record(tx, membership, event)
}

/// Keeps a changed membership; its roles are written only if the event says that they changed.
///
/// # Errors
/// [`StoreError::Stale`], by the commit, when it changed meanwhile.
pub async fn save_membership(
    tx: &mut Tx,
    membership: &mut Membership,
    event: &MembershipEvent,
) -> Result<(), StoreError> {
    membership.version += 1;
    tx.save(membership::Model::from(&*membership))?;
    if matches!(event, MembershipEvent::Joined { .. } | MembershipEvent::Changed { .. }) {
        let id = membership.id.uuid();
        tx.run("DELETE FROM membership_role WHERE membership_id = $1", [id.into()]).await?;
        tx.insert_all(&role_rows(membership))?;
    }
    record(tx, membership, event)
}

fn record(tx: &mut Tx, membership: &Membership, event: &MembershipEvent) -> Result<(), StoreError> {
    let subject = Subject { kind: SubjectKind::Membership, id: membership.id.uuid() };
    event::record(tx, Audience::only(membership.organization), subject, event)
}

/// The memberships with the organization's own roles that each has: one more statement, whatever their number.
pub(super) async fn with_roles(tx: &Tx, models: Vec<membership::Model>) -> Result<Vec<Membership>, StoreError> {
    if models.is_empty() {
        return Ok(Vec::new());
    }
    let ids: Vec<_> = models.iter().map(|model| model.id.0).collect();
    let roles = tx.find::<membership_role::Entity>().filter(tx.among(membership_role::Column::MembershipId, &ids));
    let mut custom: HashMap<MembershipId, Vec<CustomRoleId>> = HashMap::new();
    for role in tx.all(roles).await? {
        custom.entry(role.membership_id.0).or_default().push(role.custom_role_id.0);
    }
    let read = |model: membership::Model| {
        let mut custom = custom.remove(&model.id.0).unwrap_or_default();
        custom.sort_unstable();
        Ok(Membership {
            id: model.id.0,
            organization: model.organization_id.0,
            user: model.user_id.0,
            status: model.status.0,
            roles: Roles { system: system_roles(model.system_roles)?, custom },
            unit: model.unit_id.map(|id| id.0),
            since: model.since.0,
            joined_at: model.joined_at.0,
            version: model.version,
        })
    };
    models.into_iter().map(read).collect()
}

fn role_rows(membership: &Membership) -> Vec<membership_role::Model> {
    let row = |custom: &CustomRoleId| membership_role::Model {
        id: Col(Id::new()),
        organization_id: Col(membership.organization),
        user_id: Col(membership.user),
        membership_id: Col(membership.id),
        custom_role_id: Col(*custom),
    };
    membership.roles.custom.iter().map(row).collect()
}

impl From<&Membership> for membership::Model {
    fn from(membership: &Membership) -> Self {
        Self {
            id: Col(membership.id),
            organization_id: Col(membership.organization),
            user_id: Col(membership.user),
            status: Name(membership.status),
            system_roles: i64::from(membership.roles.system.bits()),
            unit_id: membership.unit.map(Col),
            since: Col(membership.since),
            joined_at: Col(membership.joined_at),
            version: membership.version,
        }
    }
}
