//! Uploads that are awaited or done.

use jiff::Timestamp;
use sea_orm::{ColumnTrait, QueryFilter};
use tradehall_domain::attachment::{FileName, MediaType, Upload, UploadEvent, UploadId, Usage};
use tradehall_domain::event::{Audience, Subject, SubjectKind};
use tradehall_domain::organization::OrganizationId;

use super::entity::upload::{Column, Entity, Model};
use super::{columns, principal};
use crate::column::{Col, Name};
use crate::{StoreError, Tx, event};

/// The upload of that id.
///
/// # Errors
/// [`StoreError::NotFound`] also where it is another organization's.
pub async fn load(tx: &Tx, id: UploadId) -> Result<Upload, StoreError> {
    tx.one(tx.find::<Entity>().filter(Column::Id.eq(Col(id)))).await?.try_into()
}

/// The upload of that id, locked until the transaction ends.
///
/// # Errors
/// As [`load`].
pub async fn lock(tx: &mut Tx, id: UploadId) -> Result<Upload, StoreError> {
    let select = tx.find_for_update::<Entity>().filter(Column::Id.eq(Col(id)));
    tx.one(select).await?.try_into()
}

/// Adds an upload.
///
/// # Errors
/// When the event cannot be written down.
pub fn insert(tx: &mut Tx, upload: &Upload, event: &UploadEvent) -> Result<(), StoreError> {
    tx.insert(Model::from(upload))?;
    let subject = Subject { kind: SubjectKind::Attachment, id: upload.id.uuid() };
    event::record(tx, Audience::only(upload.owner), subject, event)
}

/// Keeps a changed upload. That it is done is told by the attachment's own event.
///
/// # Errors
/// [`StoreError::Stale`], by the commit, when it changed meanwhile.
pub fn save(tx: &mut Tx, upload: &mut Upload) -> Result<(), StoreError> {
    upload.version += 1;
    tx.save(Model::from(&*upload))
}

/// How much `owner` has uploaded and is about to. Uploads of the same moment may not see each other.
///
/// # Errors
/// When the database is away.
pub async fn usage(tx: &Tx, owner: OrganizationId) -> Result<Usage, StoreError> {
    let sql = "SELECT CAST((SELECT coalesce(sum(size), 0) FROM attachment WHERE owner_id = $1) \
               + coalesce(sum(size), 0) AS bigint), count(*) \
               FROM attachment_upload WHERE owner_id = $1 AND status = 'REQUESTED' AND expires_at > $2";
    let rows = tx.query(sql, [owner.uuid().into(), tx.now().as_microsecond().into()]).await?;
    let row = rows.first().ok_or(StoreError::NotFound)?;
    Ok(Usage { bytes: row.try_get_by_index(0)?, open: row.try_get_by_index(1)? })
}

/// Forgets uploads whose time was over before `limit`. Answers how many.
///
/// # Errors
/// When the database is away.
pub async fn forget(tx: &mut Tx, limit: Timestamp) -> Result<u64, StoreError> {
    tx.run("DELETE FROM attachment_upload WHERE expires_at < $1", [limit.as_microsecond().into()]).await
}

impl From<&Upload> for Model {
    fn from(upload: &Upload) -> Self {
        let (user_id, api_key_id) = columns(upload.requested_by);
        Self {
            id: Col(upload.id),
            owner_id: Col(upload.owner),
            user_id,
            api_key_id,
            file_name: upload.file_name.to_string(),
            media_type: upload.media_type.as_str().to_owned(),
            size: upload.size,
            status: Name(upload.status),
            requested_at: Col(upload.requested_at),
            expires_at: Col(upload.expires_at),
            version: upload.version,
        }
    }
}

impl TryFrom<Model> for Upload {
    type Error = StoreError;

    fn try_from(model: Model) -> Result<Self, StoreError> {
        Ok(Self {
            id: model.id.0,
            owner: model.owner_id.0,
            requested_by: principal(model.user_id, model.api_key_id),
            file_name: FileName::parse(&model.file_name)?,
            media_type: MediaType::parse(&model.media_type)?,
            size: model.size,
            status: model.status.0,
            requested_at: model.requested_at.0,
            expires_at: model.expires_at.0,
            version: model.version,
        })
    }
}
