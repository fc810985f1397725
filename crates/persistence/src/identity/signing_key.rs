//! The keys that sign access tokens.

use tradehall_domain::identity::{KeyTimes, SigningKey};

use super::digest;
use super::entity::signing_key;
use crate::column::Col;
use crate::{StoreError, Tx};

/// All keys, in no order. There are few: one for each rotation.
///
/// # Errors
/// When the database is away.
pub async fn load_signing_keys(tx: &Tx) -> Result<Vec<SigningKey>, StoreError> {
    let found = tx.all(tx.find::<signing_key::Entity>()).await?;
    found.into_iter().map(SigningKey::try_from).collect()
}

/// Adds a key.
///
/// # Errors
/// When its row cannot be made.
pub fn insert_signing_key(tx: &mut Tx, key: &SigningKey) -> Result<(), StoreError> {
    tx.insert(signing_key::Model::from(key))
}

/// Keeps a changed key.
///
/// # Errors
/// [`StoreError::Stale`], by the commit, when it changed meanwhile.
pub fn save_signing_key(tx: &mut Tx, key: &mut SigningKey) -> Result<(), StoreError> {
    key.version += 1;
    tx.save(signing_key::Model::from(&*key))
}

impl From<&SigningKey> for signing_key::Model {
    fn from(key: &SigningKey) -> Self {
        Self {
            id: Col(key.id),
            kid: key.kid.clone(),
            seed: key.seed.to_vec(),
            active_from: Col(key.times.active_from),
            revoked_at: key.times.revoked_at.map(Col),
            created_at: Col(key.created_at),
            version: key.version,
        }
    }
}

impl TryFrom<signing_key::Model> for SigningKey {
    type Error = StoreError;

    fn try_from(model: signing_key::Model) -> Result<Self, StoreError> {
        let times = KeyTimes { active_from: model.active_from.0, revoked_at: model.revoked_at.map(|at| at.0) };
        Ok(Self {
            id: model.id.0,
            kid: model.kid,
            seed: digest(&model.seed)?.0,
            times,
            created_at: model.created_at.0,
            version: model.version,
        })
    }
}
