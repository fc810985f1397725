//! Keys that make a retry harmless: the first result is kept beside what it did, in the same transaction.

mod entity;

use entity::Model;
use jiff::Timestamp;
use sea_orm::{ColumnTrait, QueryFilter};
use tradehall_domain::id::Id;
use uuid::Uuid;

use crate::column::Col;
use crate::{StoreError, Tx};

/// What is remembered of a command that was done once.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Receipt {
    /// The client's key.
    pub key: String,
    /// The command's name.
    pub command: String,
    /// A hash of the command's input: the same key with another input is refused.
    pub fingerprint: String,
    /// The ids of what it made.
    pub made: Vec<Uuid>,
}

/// The unique index that a second use of a key runs into.
pub const KEY_INDEX: &str = "idempotency_key_caller_id_key_key";

/// The receipt under `key`, if the caller used it before.
///
/// # Errors
/// When the database is away.
pub async fn find(tx: &Tx, key: &str) -> Result<Option<Receipt>, StoreError> {
    let select =
        tx.find::<entity::Entity>().filter(entity::Column::CallerId.eq(caller(tx))).filter(entity::Column::Key.eq(key));
    tx.maybe(select).await?.map(Receipt::try_from).transpose()
}

/// Remembers `receipt` for the caller; the commit runs into [`KEY_INDEX`] if another request was quicker.
///
/// # Errors
/// When the receipt cannot be written as JSON.
pub fn keep(tx: &mut Tx, receipt: &Receipt) -> Result<(), StoreError> {
    let model = Model {
        id: Col(Id::new()),
        caller_id: caller(tx),
        key: receipt.key.clone(),
        command: receipt.command.clone(),
        fingerprint: receipt.fingerprint.clone(),
        made: serde_json::to_string(&receipt.made).map_err(|e| StoreError::Corrupt(e.to_string()))?,
        created_at: Col(tx.now()),
    };
    tx.insert(model)
}

/// Forgets receipts made before `limit`. Answers how many.
///
/// # Errors
/// When the database is away.
pub async fn forget(tx: &mut Tx, limit: Timestamp) -> Result<u64, StoreError> {
    tx.run("DELETE FROM idempotency_key WHERE created_at < $1", [limit.as_microsecond().into()]).await
}

/// Keys belong to the organization acted for, or to the person where there is none.
fn caller(tx: &Tx) -> Uuid {
    let principal: Option<Uuid> = tx.actor().principal.into();
    tx.actor().organization.map(Id::uuid).or(principal).unwrap_or(Uuid::nil())
}

impl TryFrom<Model> for Receipt {
    type Error = StoreError;

    fn try_from(model: Model) -> Result<Self, StoreError> {
        let made = serde_json::from_str(&model.made).map_err(|e| StoreError::Corrupt(e.to_string()))?;
        Ok(Self { key: model.key, command: model.command, fingerprint: model.fingerprint, made })
    }
}
