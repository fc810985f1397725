//! Mails that wait to be sent. They are queued with whatever else a command writes, so a mail goes out if and only if the change
//! that it tells of was made.

mod entity;

use entity::Model;
use jiff::{SignedDuration, Timestamp};
use sea_orm::{ColumnTrait, QueryFilter, QueryOrder, QuerySelect};
use tradehall_domain::email::Email;
use tradehall_domain::id::Id;
use tradehall_domain::mail::Mail;

use crate::column::{Col, Name};
use crate::{StoreError, Tx};

/// A mail on its way.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OutgoingMail {
    /// Which mail; receivers see it as the `Message-ID`, so one that is sent twice is shown once.
    pub id: Id<OutgoingMail>,
    /// What it is.
    pub mail: Mail,
    /// How often it was tried, this time included.
    pub attempts: i64,
}

/// Queues `mail`.
///
/// # Errors
/// When it cannot be written as JSON.
pub fn queue(tx: &mut Tx, mail: &Mail) -> Result<(), StoreError> {
    tx.insert(Model {
        id: Col(Id::new()),
        recipient: mail.to.as_str().to_owned(),
        language: Name(mail.language),
        letter: serde_json::to_string(&mail.letter).map_err(|e| StoreError::Corrupt(e.to_string()))?,
        attempts: 0,
        due_at: Col(tx.now()),
        created_at: Col(tx.now()),
        version: 1,
    })
}

/// Takes up to `limit` mails that are due and keeps other workers off them for `lease`: whoever took one and died is followed by
/// another after that.
///
/// # Errors
/// When the database is away.
pub async fn take(tx: &mut Tx, limit: u64, lease: SignedDuration) -> Result<Vec<OutgoingMail>, StoreError> {
    let now = tx.now();
    let select = tx
        .find_for_update::<entity::Entity>()
        .filter(entity::Column::DueAt.lte(Col(now)))
        .order_by_asc(entity::Column::DueAt)
        .order_by_asc(entity::Column::Id)
        .limit(limit);
    let mut models = tx.all(select).await?;
    for model in &mut models {
        model.attempts += 1;
        model.due_at = Col(now + lease);
        model.version += 1;
    }
    tx.save_all(&models)?;
    models.into_iter().map(OutgoingMail::try_from).collect()
}

/// Forgets a mail: it was sent, or never will be. What it carried is gone with it.
///
/// # Errors
/// When the database is away.
pub async fn forget(tx: &mut Tx, id: Id<OutgoingMail>) -> Result<(), StoreError> {
    tx.run("DELETE FROM outgoing_mail WHERE id = $1", [id.uuid().into()]).await.map(drop)
}

/// Has a mail tried again at `due`.
///
/// # Errors
/// When the database is away.
pub async fn postpone(tx: &mut Tx, id: Id<OutgoingMail>, due: Timestamp) -> Result<(), StoreError> {
    let sql = "UPDATE outgoing_mail SET due_at = $2, version = version + 1 WHERE id = $1";
    tx.run(sql, [id.uuid().into(), due.as_microsecond().into()]).await.map(drop)
}

impl TryFrom<Model> for OutgoingMail {
    type Error = StoreError;

    fn try_from(model: Model) -> Result<Self, StoreError> {
        let letter = serde_json::from_str(&model.letter).map_err(|e| StoreError::Corrupt(e.to_string()))?;
        let to = Email::parse(&model.recipient)?;
        Ok(Self { id: model.id.0, mail: Mail { to, language: model.language.0, letter }, attempts: model.attempts })
    }
}
