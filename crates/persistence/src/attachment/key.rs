//! The key that signs links to files. Made on first use, seen by the market's own tasks only.

use sea_orm::{ColumnTrait, QueryFilter};
use tradehall_domain::id::Id;

use super::entity::key;
use crate::column::Col;
use crate::{StoreError, Tx};

/// How many bytes the key has: as many as the digest that it keys (RFC 2104 §3).
const LENGTH: usize = 32;

/// The name of the one key there is.
const NAME: &str = "links";

/// The unique index that a second key runs into.
pub const KEY_INDEX: &str = "attachment_key_name_key";

/// The key, if it was made already.
///
/// # Errors
/// When the database is away.
pub async fn key(tx: &Tx) -> Result<Option<[u8; LENGTH]>, StoreError> {
    let found = tx.maybe(tx.find::<key::Entity>().filter(key::Column::Name.eq(NAME))).await?;
    let wrong = |_| StoreError::Corrupt("the key for links has another length".to_owned());
    found.map(|model| model.secret.try_into().map_err(wrong)).transpose()
}

/// Adds the key; a conflict on [`KEY_INDEX`], by the commit, when another was quicker.
///
/// # Errors
/// None but that it cannot be gathered.
pub fn insert_key(tx: &mut Tx, secret: &[u8; LENGTH]) -> Result<(), StoreError> {
    let created_at = Col(tx.now());
    tx.insert(key::Model { id: Col(Id::new()), name: NAME.to_owned(), secret: secret.to_vec(), created_at })
}
