//! Invitations to become a member, as they are stored.

use std::collections::HashMap;

use sea_orm::{ColumnTrait, QueryFilter};
use tradehall_domain::email::Email;
use tradehall_domain::event::{Audience, Subject, SubjectKind};
use tradehall_domain::id::Id;
use tradehall_domain::identity::Digest;
use tradehall_domain::organization::{
    CustomRoleId, MemberInvitation, MemberInvitationEvent, MemberInvitationId, MemberInvitationStatus, OrganizationId,
    Roles,
};

use super::access::system_roles;
use super::people::{invitation, invitation_role};
use crate::column::{Col, Name};
use crate::page::Sort;
use crate::{Cursor, Page, PageRequest, StoreError, Tx, event};

/// The unique index that a second open invitation of one address runs into.
pub const INVITATION_INDEX: &str = "member_invitation_organization_id_email_key";

/// The invitations of an organization, newest first.
///
/// # Errors
/// When the database is away.
pub async fn invitations(
    tx: &Tx,
    organization: OrganizationId,
    page: &PageRequest,
) -> Result<Page<MemberInvitation>, StoreError> {
    let select = tx.find::<invitation::Entity>().filter(invitation::Column::OrganizationId.eq(Col(organization)));
    let sort = Sort { key: None, id: invitation::Column::Id, descending: true };
    let page = tx.page(select, page, &sort).await?;
    let items = with_roles(tx, page.items).await?;
    Ok(Page { items, has_next: page.has_next, has_previous: page.has_previous })
}

/// The invitations of these ids that the actor may see, in no order.
///
/// # Errors
/// When the database is away.
pub async fn invitations_by_id(tx: &Tx, ids: &[MemberInvitationId]) -> Result<Vec<MemberInvitation>, StoreError> {
    let found = tx.all(tx.find::<invitation::Entity>().filter(tx.among(invitation::Column::Id, ids))).await?;
    with_roles(tx, found).await
}

/// Where an invitation stands in a list.
#[must_use]
pub const fn invitation_cursor(invitation: &MemberInvitation) -> Cursor {
    Cursor::of(invitation.id)
}

/// How many invitations of an organization nobody has answered, expired ones included.
///
/// # Errors
/// When the database is away.
pub async fn open_invitations(tx: &Tx, organization: OrganizationId) -> Result<u64, StoreError> {
    let sql = "SELECT count(*) FROM member_invitation WHERE organization_id = $1 AND status = 'OPEN'";
    super::role::count(tx, sql, organization.uuid()).await
}

/// The invitation of that id, locked until the transaction ends.
///
/// # Errors
/// [`StoreError::NotFound`] also for another organization's.
pub async fn lock_invitation(tx: &mut Tx, id: MemberInvitationId) -> Result<MemberInvitation, StoreError> {
    let select = tx.find_for_update::<invitation::Entity>().filter(invitation::Column::Id.eq(Col(id)));
    let found = tx.one(select).await?;
    with_roles(tx, vec![found]).await?.pop().ok_or(StoreError::NotFound)
}

/// The invitation behind a secret, locked until the transaction ends, for
/// [`SystemTask::Join`](tradehall_domain::access::SystemTask::Join).
///
/// # Errors
/// [`StoreError::NotFound`] when no mail carried this secret, or a newer one replaced it.
pub async fn lock_invitation_by_token(tx: &mut Tx, token: Digest) -> Result<MemberInvitation, StoreError> {
    let select = tx.find_for_update::<invitation::Entity>().filter(invitation::Column::Token.eq(token.0.to_vec()));
    let found = tx.one(select).await?;
    with_roles(tx, vec![found]).await?.pop().ok_or(StoreError::NotFound)
}

/// The unanswered invitation of an address, locked until the transaction ends.
///
/// # Errors
/// When the database is away.
pub async fn lock_open_invitation(
    tx: &mut Tx,
    organization: OrganizationId,
    email: &Email,
) -> Result<Option<MemberInvitation>, StoreError> {
    let select = tx
        .find_for_update::<invitation::Entity>()
        .filter(invitation::Column::OrganizationId.eq(Col(organization)))
        .filter(invitation::Column::Email.eq(email.normal()))
        .filter(invitation::Column::Status.eq(Name(MemberInvitationStatus::Open)));
    let found = tx.all(select).await?;
    Ok(with_roles(tx, found).await?.pop())
}

/// Adds an invitation.
///
/// # Errors
/// When the event cannot be written down; a conflict on [`INVITATION_INDEX`], by the commit.
pub fn insert_invitation(
    tx: &mut Tx,
    invitation: &MemberInvitation,
    event: &MemberInvitationEvent,
) -> Result<(), StoreError> {
    tx.insert(invitation::Model::from(invitation))?;
    tx.insert_all(&role_rows(invitation))?;
    record(tx, invitation, event)
}

/// Keeps a changed invitation. One that was answered or revoked no longer holds on to the organization's own roles.
///
/// # Errors
/// [`StoreError::Stale`], by the commit, when it changed meanwhile.
pub async fn save_invitation(
    tx: &mut Tx,
    invitation: &mut MemberInvitation,
    event: &MemberInvitationEvent,
) -> Result<(), StoreError> {
    invitation.version += 1;
    tx.save(invitation::Model::from(&*invitation))?;
    let id = invitation.id.uuid();
    tx.run("DELETE FROM member_invitation_role WHERE invitation_id = $1", [id.into()]).await?;
    if invitation.status == MemberInvitationStatus::Open {
        tx.insert_all(&role_rows(invitation))?;
    }
    record(tx, invitation, event)
}

fn record(tx: &mut Tx, invitation: &MemberInvitation, event: &MemberInvitationEvent) -> Result<(), StoreError> {
    let subject = Subject { kind: SubjectKind::Membership, id: invitation.id.uuid() };
    event::record(tx, Audience::only(invitation.organization), subject, event)
}

async fn with_roles(tx: &Tx, models: Vec<invitation::Model>) -> Result<Vec<MemberInvitation>, StoreError> {
    if models.is_empty() {
        return Ok(Vec::new());
    }
    let ids: Vec<_> = models.iter().map(|model| model.id.0).collect();
    let roles = tx.find::<invitation_role::Entity>().filter(tx.among(invitation_role::Column::InvitationId, &ids));
    let mut custom: HashMap<MemberInvitationId, Vec<CustomRoleId>> = HashMap::new();
    for role in tx.all(roles).await? {
        custom.entry(role.invitation_id.0).or_default().push(role.custom_role_id.0);
    }
    let read = |model: invitation::Model| {
        let mut custom = custom.remove(&model.id.0).unwrap_or_default();
        custom.sort_unstable();
        let corrupt = |_| StoreError::Corrupt(format!("invitation {} has no digest of 32 bytes", model.id.0));
        Ok(MemberInvitation {
            id: model.id.0,
            organization: model.organization_id.0,
            email: Email::parse(&model.email)?,
            roles: Roles { system: system_roles(model.system_roles)?, custom },
            unit: model.unit_id.map(|id| id.0),
            status: model.status.0,
            token: Digest(model.token.as_slice().try_into().map_err(corrupt)?),
            expires_at: model.expires_at.0,
            invited_by: model.invited_by.map(|id| id.0),
            created_at: model.created_at.0,
            version: model.version,
        })
    };
    models.into_iter().map(read).collect()
}

fn role_rows(invitation: &MemberInvitation) -> Vec<invitation_role::Model> {
    let row = |custom: &CustomRoleId| invitation_role::Model {
        id: Col(Id::new()),
        organization_id: Col(invitation.organization),
        invitation_id: Col(invitation.id),
        custom_role_id: Col(*custom),
    };
    invitation.roles.custom.iter().map(row).collect()
}

impl From<&MemberInvitation> for invitation::Model {
    fn from(invitation: &MemberInvitation) -> Self {
        Self {
            id: Col(invitation.id),
            organization_id: Col(invitation.organization),
            email: invitation.email.normal(),
            system_roles: i64::from(invitation.roles.system.bits()),
            unit_id: invitation.unit.map(Col),
            status: Name(invitation.status),
            token: invitation.token.0.to_vec(),
            expires_at: Col(invitation.expires_at),
            invited_by: invitation.invited_by.map(Col),
            created_at: Col(invitation.created_at),
            version: invitation.version,
        }
    }
}
