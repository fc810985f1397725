//! Invitations, as they are stored.

use sea_orm::{ColumnTrait, QueryFilter};
use tradehall_domain::event::{Audience, Subject, SubjectKind};
use tradehall_domain::organization::OrganizationId;
use tradehall_domain::rfq::{Invitation, InvitationEvent, InvitationId, Promise, RfqId};

use super::entity::rfq_invitation;
use crate::column::Col;
use crate::{StoreError, Tx, event};

/// The unique index that a second invitation of the same seller runs into.
pub const INVITATION_INDEX: &str = "rfq_invitation_rfq_id_seller_id_key";

/// The invitation of that id, locked until the transaction ends.
///
/// # Errors
/// [`StoreError::NotFound`] also where the actor is neither side.
pub async fn lock(tx: &mut Tx, id: InvitationId) -> Result<Invitation, StoreError> {
    let select = tx.find_for_update::<rfq_invitation::Entity>().filter(rfq_invitation::Column::Id.eq(Col(id)));
    tx.one(select).await?.try_into()
}

/// The invitations of these ids that the actor may see, in no order.
///
/// # Errors
/// When the database is away.
pub async fn load_many(tx: &Tx, ids: &[InvitationId]) -> Result<Vec<Invitation>, StoreError> {
    let found = tx.all(tx.find::<rfq_invitation::Entity>().filter(tx.among(rfq_invitation::Column::Id, ids))).await?;
    found.into_iter().map(Invitation::try_from).collect()
}

/// The invitations of these requests that the actor may see: all for the buyer, else one's own.
///
/// # Errors
/// When the database is away.
pub async fn of(tx: &Tx, rfqs: &[RfqId]) -> Result<Vec<Invitation>, StoreError> {
    let select = tx.find::<rfq_invitation::Entity>().filter(tx.among(rfq_invitation::Column::RfqId, rfqs));
    tx.all(select).await?.into_iter().map(Invitation::try_from).collect()
}

/// The invitation of `seller` to `rfq`, if it has one that the actor may see, locked until the transaction ends.
///
/// # Errors
/// When the database is away.
pub async fn lock_for(tx: &mut Tx, rfq: RfqId, seller: OrganizationId) -> Result<Option<Invitation>, StoreError> {
    let select = tx
        .find_for_update::<rfq_invitation::Entity>()
        .filter(rfq_invitation::Column::RfqId.eq(Col(rfq)))
        .filter(rfq_invitation::Column::SellerId.eq(Col(seller)));
    tx.maybe(select).await?.map(Invitation::try_from).transpose()
}

/// Adds invitations.
///
/// # Errors
/// When the rows cannot be made; a conflict on [`INVITATION_INDEX`], by the commit, when one is there already.
pub fn insert(tx: &mut Tx, made: &[(Invitation, InvitationEvent)]) -> Result<(), StoreError> {
    let rows: Vec<_> = made.iter().map(|(invitation, _)| rfq_invitation::Model::from(invitation)).collect();
    tx.insert_all(&rows)?;
    made.iter().try_for_each(|(invitation, event)| record(tx, invitation, event))
}

/// Keeps changed invitations.
///
/// # Errors
/// [`StoreError::Stale`], by the commit, when one changed meanwhile.
pub fn save_all(tx: &mut Tx, changed: &mut [(Invitation, InvitationEvent)]) -> Result<(), StoreError> {
    changed.iter_mut().for_each(|(invitation, _)| invitation.version += 1);
    let rows: Vec<_> = changed.iter().map(|(invitation, _)| rfq_invitation::Model::from(invitation)).collect();
    tx.save_all(&rows)?;
    changed.iter().try_for_each(|(invitation, event)| record(tx, invitation, event))
}

/// Keeps a changed invitation.
///
/// # Errors
/// [`StoreError::Stale`], by the commit, when it changed meanwhile.
pub fn save(tx: &mut Tx, invitation: &mut Invitation, event: &InvitationEvent) -> Result<(), StoreError> {
    invitation.version += 1;
    tx.save(rfq_invitation::Model::from(&*invitation))?;
    record(tx, invitation, event)
}

/// Keeps what quotes say of their sellers' invitations: one batch of what is new and one of what is not.
///
/// # Errors
/// As [`insert`] and [`save_all`].
pub fn keep(tx: &mut Tx, promises: impl IntoIterator<Item = Promise>) -> Result<(), StoreError> {
    let (mut made, mut kept) = (Vec::new(), Vec::new());
    for promise in promises {
        match promise {
            Promise::Made(invitation, event) => made.push((invitation, event)),
            Promise::Kept(invitation, event) => kept.push((invitation, event)),
        }
    }
    insert(tx, &made)?;
    save_all(tx, &mut kept)
}

fn record(tx: &mut Tx, invitation: &Invitation, event: &InvitationEvent) -> Result<(), StoreError> {
    let subject = Subject { kind: SubjectKind::Invitation, id: invitation.id.uuid() };
    // To a draft nobody is invited yet, so only the buyer hears of it: publishing tells the seller.
    let told = match invitation.revealed {
        true => Audience::both(invitation.buyer, invitation.seller),
        false => Audience::only(invitation.buyer),
    };
    event::record(tx, told, subject, event)
}
