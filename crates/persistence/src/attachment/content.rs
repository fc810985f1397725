//! The bytes behind attachments, and how they are dropped without ever being missed.
//!
//! A row stands before its bytes are stored and falls after they are dropped, so nothing lies in the store that no row knows.
//! - [`claim`] comes before the bytes and puts the row in doubt: nothing may ever reference it.
//! - [`settle`] comes with the attachment, in the same transaction, and takes the doubt away.
//! - [`condemn`] takes rows that have been in doubt for long and are referenced by nothing. It meets `settle` at the row's lock:
//!   whichever comes second sees what the first one did.
//! - [`forget`] ends a condemned row once its bytes are gone. A [`claim`] that meets it before waits for that.

use jiff::Timestamp;
use sea_orm::{ColumnTrait, Order, QueryFilter, QueryOrder, QuerySelect};
use tradehall_domain::attachment::{Content, ContentHash, ContentId};

use super::entity::content::{Column, Entity, Model};
use super::hash;
use crate::{StoreError, Tx};

/// The row for these bytes, made if there is none, and in doubt from now on; nothing while it is being dropped.
///
/// # Errors
/// When the database is away.
pub async fn claim(tx: &mut Tx, digest: ContentHash, size: i64) -> Result<Option<Content>, StoreError> {
    let sql = "INSERT INTO attachment_content (id, sha256, size, is_stored, in_doubt_since) VALUES ($1, $2, $3, FALSE, $4) \
               ON CONFLICT (sha256) DO UPDATE SET in_doubt_since = excluded.in_doubt_since \
               WHERE attachment_content.condemned_at IS NULL";
    let values = [
        ContentId::new().uuid().into(),
        digest.as_bytes().to_vec().into(),
        size.into(),
        tx.now().as_microsecond().into(),
    ];
    if tx.run(sql, values).await? == 0 {
        return Ok(None);
    }
    let select = tx.find::<Entity>().filter(Column::Sha256.eq(digest.as_bytes().to_vec()));
    tx.one(select).await?.try_into().map(Some)
}

/// The bytes are stored and an attachment references them. Answers whether the row stood.
///
/// # Errors
/// When the database is away.
pub async fn settle(tx: &mut Tx, id: ContentId) -> Result<bool, StoreError> {
    let sql =
        "UPDATE attachment_content SET is_stored = TRUE, in_doubt_since = NULL WHERE id = $1 AND condemned_at IS NULL";
    Ok(tx.run(sql, [id.uuid().into()]).await? == 1)
}

/// An attachment less references these.
pub(super) async fn doubt(tx: &mut Tx, ids: &[ContentId]) -> Result<(), StoreError> {
    for id in ids {
        let sql = "UPDATE attachment_content SET in_doubt_since = $2 WHERE id = $1";
        tx.run(sql, [id.uuid().into(), tx.now().as_microsecond().into()]).await?;
    }
    Ok(())
}

/// Settles what has been in doubt since before `limit`: what nothing references is condemned, the rest is in doubt no longer.
///
/// # Errors
/// When the database is away.
pub async fn condemn(tx: &mut Tx, limit: Timestamp) -> Result<u64, StoreError> {
    let (now, limit) = (tx.now().as_microsecond(), limit.as_microsecond());
    let condemn = "UPDATE attachment_content SET condemned_at = $1 WHERE in_doubt_since < $2 AND condemned_at IS NULL \
                   AND NOT EXISTS (SELECT 1 FROM attachment WHERE attachment.content_id = attachment_content.id)";
    let condemned = tx.run(condemn, [now.into(), limit.into()]).await?;
    let acquit =
        "UPDATE attachment_content SET in_doubt_since = NULL WHERE in_doubt_since < $1 AND condemned_at IS NULL";
    tx.run(acquit, [limit.into()]).await?;
    Ok(condemned)
}

/// What is condemned, at most `count`.
///
/// # Errors
/// When the database is away.
pub async fn condemned(tx: &Tx, count: u64) -> Result<Vec<Content>, StoreError> {
    let select =
        tx.find::<Entity>().filter(Column::CondemnedAt.is_not_null()).order_by(Column::Id, Order::Asc).limit(count);
    tx.all(select).await?.into_iter().map(Content::try_from).collect()
}

/// Ends condemned rows whose bytes are gone.
///
/// # Errors
/// When the database is away.
pub async fn forget(tx: &mut Tx, ids: &[ContentId]) -> Result<u64, StoreError> {
    tx.delete::<Entity, _>(Column::Id, ids).await
}

impl TryFrom<Model> for Content {
    type Error = StoreError;

    fn try_from(model: Model) -> Result<Self, StoreError> {
        Ok(Self { id: model.id.0, hash: hash(&model.sha256)?, size: model.size, is_stored: model.is_stored })
    }
}
