//! The keys that sign access tokens, as this process knows them. They live in the database, so that all nodes share them.

use std::sync::{Arc, PoisonError, RwLock};

use jiff::{SignedDuration, Timestamp};
use jsonwebtoken::jwk::{AlgorithmParameters, Jwk, ThumbprintHash};
use jsonwebtoken::{Algorithm, DecodingKey, EncodingKey};
use tokio::sync::Mutex;
use tradehall_domain::access::{Actor, SystemTask};
use tradehall_domain::identity::{KeyTimes, SigningKey, accepted, signing};
use tradehall_persistence::{Meter, identity};

use super::secret::random;
use crate::app::{App, Error};

/// How old the known keys may be. A key is published a quarter of an hour before it signs, so every node knows it in time.
const RELOAD_AFTER: SignedDuration = SignedDuration::from_secs(60);

/// How often a token that names an unknown key may have the keys read again, so that rubbish does not keep the database busy.
const UNKNOWN_AFTER: SignedDuration = SignedDuration::from_secs(5);

/// What stands before the 32 bytes of an Ed25519 private key in PKCS #8 (RFC 8410 §7).
const PKCS8_PREFIX: [u8; 16] =
    [0x30, 0x2e, 0x02, 0x01, 0x00, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x04, 0x22, 0x04, 0x20];

/// A key that can sign and check.
pub struct Key {
    /// The name in `kid`.
    pub kid: String,
    /// Signs.
    pub private: EncodingKey,
    /// Checks.
    pub public: DecodingKey,
    /// The public key as the key set shows it.
    pub jwk: Jwk,
    times: KeyTimes,
}

impl std::fmt::Debug for Key {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Key").field("kid", &self.kid).field("times", &self.times).finish_non_exhaustive()
    }
}

impl Key {
    /// The key pair of `seed`.
    ///
    /// # Errors
    /// When the library does not take it, which no seed makes it do.
    pub fn of(seed: &[u8; 32], times: KeyTimes) -> Result<Self, Error> {
        let private = EncodingKey::from_ed_der(&[PKCS8_PREFIX.as_slice(), seed].concat());
        let mut jwk = Jwk::from_encoding_key(&private, Algorithm::EdDSA).map_err(broken)?;
        let kid = jwk.thumbprint(ThumbprintHash::SHA256).map_err(broken)?;
        jwk.common.key_id = Some(kid.clone());
        jwk.common.public_key_use = Some(jsonwebtoken::jwk::PublicKeyUse::Signature);
        let AlgorithmParameters::OctetKeyPair(pair) = &jwk.algorithm else {
            return Err(Error::Internal("a signing key is not Ed25519".to_owned()));
        };
        let public = DecodingKey::from_ed_components(&pair.x).map_err(broken)?;
        Ok(Self { kid, private, public, jwk, times })
    }
}

fn broken(error: jsonwebtoken::errors::Error) -> Error {
    Error::Internal(format!("signing key: {error}"))
}

/// The keys at one reading.
#[derive(Debug)]
pub struct Keys {
    keys: Vec<Key>,
    times: Vec<KeyTimes>,
    read_at: Timestamp,
}

impl Keys {
    fn of(stored: &[SigningKey], read_at: Timestamp) -> Result<Self, Error> {
        let keys = stored.iter().map(|key| Key::of(&key.seed, key.times)).collect::<Result<Vec<_>, _>>()?;
        Ok(Self { times: keys.iter().map(|key| key.times).collect(), keys, read_at })
    }

    /// The key that signs now.
    pub fn signing(&self, now: Timestamp) -> Option<&Key> {
        signing(&self.times, now).and_then(|position| self.keys.get(position))
    }

    /// The keys that are published and accepted now.
    pub fn accepted(&self, lifetime: SignedDuration, now: Timestamp) -> impl Iterator<Item = &Key> {
        accepted(&self.times, lifetime, now).into_iter().filter_map(|position| self.keys.get(position))
    }

    fn younger_than(&self, age: SignedDuration, now: Timestamp) -> bool {
        now.duration_since(self.read_at) < age
    }
}

/// The keys that were read last.
#[derive(Debug, Default)]
pub struct Keyring {
    known: RwLock<Option<Arc<Keys>>>,
    reading: Mutex<()>,
}

impl Keyring {
    /// The keys, at most a minute old. While the database is away, the old ones stand.
    ///
    /// # Errors
    /// [`Error::Unavailable`] when none were ever read.
    pub async fn keys(&self, app: &App) -> Result<Arc<Keys>, Error> {
        self.newer_than(app, RELOAD_AFTER).await
    }

    /// The keys, read again if they were not read just now: for a token that names a key we do not know.
    ///
    /// # Errors
    /// As [`Keyring::keys`].
    pub async fn fresh_keys(&self, app: &App) -> Result<Arc<Keys>, Error> {
        self.newer_than(app, UNKNOWN_AFTER).await
    }

    /// Has the keys read again when they are next needed.
    pub fn forget(&self) {
        *self.known.write().unwrap_or_else(PoisonError::into_inner) = None;
    }

    fn known(&self) -> Option<Arc<Keys>> {
        self.known.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    async fn newer_than(&self, app: &App, age: SignedDuration) -> Result<Arc<Keys>, Error> {
        let now = app.store().now();
        let is_good = |keys: &Arc<Keys>| keys.younger_than(age, now);
        if let Some(keys) = self.known().filter(is_good) {
            return Ok(keys);
        }
        let _one_at_a_time = self.reading.lock().await;
        if let Some(keys) = self.known().filter(is_good) {
            return Ok(keys);
        }
        match read(app, now).await {
            Ok(keys) => {
                let keys = Arc::new(keys);
                *self.known.write().unwrap_or_else(PoisonError::into_inner) = Some(keys.clone());
                Ok(keys)
            }
            Err(error) => self.known().ok_or(error),
        }
    }
}

/// Reads the keys, and makes the first one where there is none. Two nodes that start at once make two, and both are good.
async fn read(app: &App, now: Timestamp) -> Result<Keys, Error> {
    let actor = Actor::system(SystemTask::Authenticate);
    let tx = app.store().read(actor, Meter::default()).await?;
    let keys = Keys::of(&identity::load_signing_keys(&tx).await?, now)?;
    drop(tx);
    if keys.signing(now).is_some() {
        return Ok(keys);
    }
    let mut tx = app.store().write(actor, Meter::default()).await?;
    identity::insert_signing_key(&mut tx, &fresh(now, now)?)?;
    let keys = Keys::of(&identity::load_signing_keys(&tx).await?, now)?;
    tx.commit().await?;
    Ok(keys)
}

/// A new key that signs from `active_from` on.
///
/// # Errors
/// When the operating system has no randomness to give.
pub fn fresh(active_from: Timestamp, now: Timestamp) -> Result<SigningKey, Error> {
    let seed = random()?;
    let times = KeyTimes { active_from, revoked_at: None };
    Ok(SigningKey::new(Key::of(&seed, times)?.kid, seed, active_from, now))
}
