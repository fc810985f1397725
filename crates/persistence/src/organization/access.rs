//! What a person may do where: asked at sign-in, before the person acts for anybody.

use tradehall_domain::access::PermissionSet;
use tradehall_domain::identity::UserId;
use tradehall_domain::organization::{
    Capabilities, CapabilityStatus, Entitlement, Membership, MembershipStatus, OrganizationId, SystemRoles, effective,
};

use super::membership;
use crate::column::{Col, Name};
use crate::{StoreError, Tx};

use sea_orm::{ColumnTrait, Order, QueryFilter, QueryOrder, QueryResult};

/// What a member may do in an organization, and what that may act as.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Access {
    /// What the roles of the membership allow together, cut down to reading while the organization is suspended.
    pub permissions: PermissionSet,
    /// What the organization may act as.
    pub entitlement: Entitlement,
}

impl Access {
    /// That of somebody who acts for no organization.
    pub const NONE: Self = Self { permissions: PermissionSet::NONE, entitlement: Entitlement::NONE };
}

/// What `user` may do in `organization` by an active membership. `None` for everybody else.
///
/// One statement. `tx` runs as [`SystemTask::Authenticate`](tradehall_domain::access::SystemTask::Authenticate).
///
/// # Errors
/// When the database is away.
pub async fn access(tx: &Tx, user: UserId, organization: OrganizationId) -> Result<Option<Access>, StoreError> {
    let rows = tx
        .query(
            "SELECT m.system_roles, r.permissions, o.verification, o.buyer, o.seller, o.operator FROM membership m \
             JOIN organization o ON o.id = m.organization_id \
             LEFT JOIN membership_role mr ON mr.membership_id = m.id \
             LEFT JOIN custom_role r ON r.id = mr.custom_role_id \
             WHERE m.organization_id = $1 AND m.user_id = $2 AND m.status = 'ACTIVE'",
            [organization.uuid().into(), user.uuid().into()],
        )
        .await?;
    let Some(first) = rows.first() else { return Ok(None) };
    let mut permissions = system_roles(first.try_get_by_index(0)?)?.permissions();
    for row in &rows {
        let own: Option<i64> = row.try_get_by_index(1)?;
        permissions = permissions.union(PermissionSet::from_bits(own.unwrap_or_default().cast_unsigned()));
    }
    let entitlement = entitlement(first)?;
    Ok(Some(Access { permissions: effective(permissions, entitlement.verification), entitlement }))
}

fn entitlement(row: &QueryResult) -> Result<Entitlement, StoreError> {
    let status =
        |column| row.try_get_by_index::<Option<Name<CapabilityStatus>>>(column).map(|name| name.map(|name| name.0));
    let capabilities = Capabilities { buyer: status(3)?, seller: status(4)?, operator: status(5)? };
    let Name(verification) = row.try_get_by_index(2)?;
    Ok(Entitlement { capabilities, verification })
}

/// The memberships of `user` that have not ended, oldest first: what they can switch between.
///
/// # Errors
/// When the database is away.
pub async fn memberships_of(tx: &Tx, user: UserId) -> Result<Vec<Membership>, StoreError> {
    use super::people::membership::{Column, Entity};

    let select = tx
        .find::<Entity>()
        .filter(Column::UserId.eq(Col(user)))
        .filter(Column::Status.ne(Name(MembershipStatus::Ended)))
        .order_by(Column::Id, Order::Asc);
    let found = tx.all(select).await?;
    membership::with_roles(tx, found).await
}

/// The bits of a column.
pub(super) fn system_roles(bits: i64) -> Result<SystemRoles, StoreError> {
    let bits = u32::try_from(bits).map_err(|_| StoreError::Corrupt(format!("{bits} is no set of roles")))?;
    Ok(SystemRoles::from_bits(bits))
}
