//! What a person may do where: asked at sign-in, before the person acts for anybody.

use tradehall_domain::access::PermissionSet;
use tradehall_domain::identity::UserId;
use tradehall_domain::named::Named as _;
use tradehall_domain::organization::{
    Membership, MembershipStatus, OrganizationId, SystemRoles, Verification, effective,
};

use super::membership;
use crate::{StoreError, Tx};

use sea_orm::{ColumnTrait, Order, QueryFilter, QueryOrder};

/// What `user` may do in `organization`: what the roles of an active membership allow together, cut down to reading while the
/// organization is suspended. `None` for everybody else.
///
/// One statement. `tx` runs as [`SystemTask::Authenticate`](tradehall_domain::access::SystemTask::Authenticate).
///
/// # Errors
/// When the database is away.
pub async fn access(tx: &Tx, user: UserId, organization: OrganizationId) -> Result<Option<PermissionSet>, StoreError> {
    let rows = tx
        .query(
            "SELECT m.system_roles, o.verification, r.permissions FROM membership m \
             JOIN organization o ON o.id = m.organization_id \
             LEFT JOIN membership_role mr ON mr.membership_id = m.id \
             LEFT JOIN custom_role r ON r.id = mr.custom_role_id \
             WHERE m.organization_id = $1 AND m.user_id = $2 AND m.status = 'ACTIVE'",
            [organization.uuid().into(), user.uuid().into()],
        )
        .await?;
    let mut held: Option<(PermissionSet, Verification)> = None;
    for row in &rows {
        let own: Option<i64> = row.try_get_by_index(2)?;
        let own = PermissionSet::from_bits(own.unwrap_or_default().cast_unsigned());
        held = Some(match held {
            Some((permissions, verification)) => (permissions.union(own), verification),
            None => {
                let verification: String = row.try_get_by_index(1)?;
                let verification = Verification::from_name(&verification)
                    .ok_or_else(|| StoreError::Corrupt(format!("{verification:?} is no verification")))?;
                (system_roles(row.try_get_by_index(0)?)?.permissions().union(own), verification)
            }
        });
    }
    Ok(held.map(|(permissions, verification)| effective(permissions, verification)))
}

/// The memberships of `user` that have not ended, oldest first: what they can switch between.
///
/// # Errors
/// When the database is away.
pub async fn memberships_of(tx: &Tx, user: UserId) -> Result<Vec<Membership>, StoreError> {
    use super::people::membership::{Column, Entity};
    use crate::column::{Col, Name};

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
