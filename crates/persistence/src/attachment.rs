//! Attachments, as they are stored: the files themselves, what they are attached to ([`attach`], [`show`], [`of_subject`]), the
//! [`upload`]s that bring them, and the [`content`] behind them.

pub mod content;
mod entity;
mod key;
mod link;
mod showing;
pub mod upload;

use entity::attachment as file;
use jiff::Timestamp;
use sea_orm::{ColumnTrait, Order, QueryFilter, QueryOrder, QuerySelect};
use tradehall_domain::access::Principal;
use tradehall_domain::attachment::{Attachment, AttachmentEvent, AttachmentId, ContentHash, FileName, MediaType};
use tradehall_domain::event::{Audience, Subject, SubjectKind};
use tradehall_domain::organization::OrganizationId;
use uuid::Uuid;

use crate::column::Col;
use crate::{StoreError, Tx, event};

pub use key::{KEY_INDEX, insert_key, key};
pub use link::{LINK_INDEX, attach, detach, ids_of, of_subject, of_subjects, replace};
pub use showing::{show, show_all};

/// The attachment of that id.
///
/// # Errors
/// [`StoreError::NotFound`] also where the actor was not shown it.
pub async fn load(tx: &Tx, id: AttachmentId) -> Result<Attachment, StoreError> {
    tx.one(tx.find::<file::Entity>().filter(file::Column::Id.eq(Col(id)))).await?.try_into()
}

/// The attachments of these ids that the actor may see, in no order.
///
/// # Errors
/// When the database is away.
pub async fn load_many(tx: &Tx, ids: &[AttachmentId]) -> Result<Vec<Attachment>, StoreError> {
    let found = tx.all(tx.find::<file::Entity>().filter(tx.among(file::Column::Id, ids))).await?;
    found.into_iter().map(Attachment::try_from).collect()
}

/// The attachments of these ids that `owner` uploaded, in the order of their ids, locked until the transaction ends.
///
/// # Errors
/// [`StoreError::NotFound`] when one of them is not there or not `owner`'s.
pub async fn lock_owned(
    tx: &mut Tx,
    owner: OrganizationId,
    ids: &[AttachmentId],
) -> Result<Vec<Attachment>, StoreError> {
    let select = tx
        .find_for_update::<file::Entity>()
        .filter(tx.among(file::Column::Id, ids))
        .filter(file::Column::OwnerId.eq(Col(owner)))
        .order_by(file::Column::Id, Order::Asc);
    let found = tx.all(select).await?;
    if found.len() != ids.len() {
        return Err(StoreError::NotFound);
    }
    found.into_iter().map(Attachment::try_from).collect()
}

/// Attachments that have been attached to nothing since before `limit`, oldest first, locked until the transaction ends.
///
/// # Errors
/// When the database is away.
pub async fn lock_forgotten(tx: &mut Tx, limit: Timestamp, count: u64) -> Result<Vec<Attachment>, StoreError> {
    let select = tx
        .find_for_update::<file::Entity>()
        .filter(file::Column::UnattachedSince.lt(Col(limit)))
        .order_by(file::Column::UnattachedSince, Order::Asc)
        .limit(count);
    tx.all(select).await?.into_iter().map(Attachment::try_from).collect()
}

/// Adds an attachment.
///
/// # Errors
/// When the event cannot be written down.
pub fn insert(tx: &mut Tx, attachment: &Attachment, event: &AttachmentEvent) -> Result<(), StoreError> {
    tx.insert(file::Model::from(attachment))?;
    record(tx, attachment, event)
}

/// Keeps changed attachments. What they are attached to says so in its own event.
fn save_all<'a>(tx: &mut Tx, attachments: impl Iterator<Item = &'a mut Attachment>) -> Result<(), StoreError> {
    let models: Vec<_> = attachments
        .map(|attachment| {
            attachment.version += 1;
            file::Model::from(&*attachment)
        })
        .collect();
    tx.save_all(&models)
}

/// Takes away attachments, which are locked and attached to nothing. Their bytes are left in doubt, for the sweep to settle.
///
/// Bytes belong to no tenant, so only the market's own tasks can do this.
///
/// # Errors
/// When the database is away, or one of them is attached to something.
pub async fn delete(tx: &mut Tx, gone: &[(Attachment, AttachmentEvent)]) -> Result<(), StoreError> {
    for (attachment, event) in gone {
        record(tx, attachment, event)?;
    }
    let ids: Vec<_> = gone.iter().map(|(attachment, _)| attachment.id).collect();
    let contents: Vec<_> = gone.iter().map(|(attachment, _)| attachment.content).collect();
    content::doubt(tx, &contents).await?;
    tx.delete::<file::Entity, _>(file::Column::Id, &ids).await?;
    Ok(())
}

fn record(tx: &mut Tx, attachment: &Attachment, event: &AttachmentEvent) -> Result<(), StoreError> {
    let subject = Subject { kind: SubjectKind::Attachment, id: attachment.id.uuid() };
    event::record(tx, Audience::only(attachment.owner), subject, event)
}

/// The two columns that name a principal.
pub(crate) fn columns(principal: Principal) -> (Option<Uuid>, Option<Uuid>) {
    match principal {
        Principal::User(user) => (Some(user.uuid()), None),
        Principal::Key(key) => (None, Some(key.uuid())),
        Principal::Anonymous | Principal::Market => (None, None),
    }
}

/// The principal that the two columns name.
pub(crate) fn principal(user: Option<Uuid>, key: Option<Uuid>) -> Principal {
    match (user, key) {
        (Some(user), _) => Principal::User(tradehall_domain::id::Id::from_uuid(user)),
        (None, Some(key)) => Principal::Key(tradehall_domain::id::Id::from_uuid(key)),
        (None, None) => Principal::Market,
    }
}

fn hash(bytes: &[u8]) -> Result<ContentHash, StoreError> {
    ContentHash::from_slice(bytes).ok_or_else(|| StoreError::Corrupt("a digest has not 32 bytes".to_owned()))
}

impl From<&Attachment> for file::Model {
    fn from(attachment: &Attachment) -> Self {
        let (user_id, api_key_id) = columns(attachment.uploaded_by);
        Self {
            id: Col(attachment.id),
            owner_id: Col(attachment.owner),
            user_id,
            api_key_id,
            file_name: attachment.file_name.to_string(),
            media_type: attachment.media_type.as_str().to_owned(),
            size: attachment.size,
            content_id: Col(attachment.content),
            sha256: attachment.hash.as_bytes().to_vec(),
            uploaded_at: Col(attachment.uploaded_at),
            unattached_since: attachment.unattached_since.map(Col),
            version: attachment.version,
        }
    }
}

impl TryFrom<file::Model> for Attachment {
    type Error = StoreError;

    fn try_from(model: file::Model) -> Result<Self, StoreError> {
        Ok(Self {
            id: model.id.0,
            owner: model.owner_id.0,
            file_name: FileName::parse(&model.file_name)?,
            media_type: MediaType::parse(&model.media_type)?,
            size: model.size,
            content: model.content_id.0,
            hash: hash(&model.sha256)?,
            uploaded_at: model.uploaded_at.0,
            uploaded_by: principal(model.user_id, model.api_key_id),
            unattached_since: model.unattached_since.map(|since| since.0),
            version: model.version,
        })
    }
}
