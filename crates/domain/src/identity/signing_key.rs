//! The keys that sign access tokens, and when each of them counts.

use std::fmt;

use jiff::{SignedDuration, Timestamp};

use crate::id::Id;

/// How long a new key is published before it signs. Whoever keeps our key set must read it anew within that time.
pub const SIGNING_KEY_LEAD: SignedDuration = SignedDuration::from_mins(15);

/// When a key counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct KeyTimes {
    /// From when it signs, until a later key does.
    pub active_from: Timestamp,
    /// When it was taken back because somebody may have read it.
    pub revoked_at: Option<Timestamp>,
}

/// A key pair that signs access tokens: Ed25519 (RFC 8032).
#[derive(Clone, PartialEq, Eq)]
pub struct SigningKey {
    /// Which key.
    pub id: Id<SigningKey>,
    /// The name that tokens carry in `kid`: the key's JWK thumbprint (RFC 7638).
    pub kid: String,
    /// The private key.
    pub seed: [u8; 32],
    /// When it counts.
    pub times: KeyTimes,
    /// When it was made.
    pub created_at: Timestamp,
    /// Counts its changes.
    pub version: i64,
}

// The seed must not reach a log.
impl fmt::Debug for SigningKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SigningKey").field("kid", &self.kid).field("times", &self.times).finish_non_exhaustive()
    }
}

impl SigningKey {
    /// A key that signs from `active_from` on.
    #[must_use]
    pub fn new(kid: String, seed: [u8; 32], active_from: Timestamp, now: Timestamp) -> Self {
        let times = KeyTimes { active_from, revoked_at: None };
        Self { id: Id::new(), kid, seed, times, created_at: now, version: 1 }
    }
}

impl KeyTimes {
    fn counts(&self, now: Timestamp) -> bool {
        self.revoked_at.is_none_or(|revoked| now < revoked)
    }
}

/// Which of `keys` signs now: the one that became active last.
#[must_use]
pub fn signing(keys: &[KeyTimes], now: Timestamp) -> Option<usize> {
    keys.iter()
        .enumerate()
        .filter(|(_, key)| key.counts(now) && key.active_from <= now)
        .max_by_key(|(_, key)| key.active_from)
        .map(|(position, _)| position)
}

/// Which of `keys` are published and accepted now: those that sign or will, and those whose last token, good for `lifetime`, may
/// still be about.
#[must_use]
pub fn accepted(keys: &[KeyTimes], lifetime: SignedDuration, now: Timestamp) -> Vec<usize> {
    let current = signing(keys, now).and_then(|position| keys.get(position)).map(|key| key.active_from);
    let is_accepted = |key: &KeyTimes| {
        let successor = keys
            .iter()
            .filter(|other| other.counts(now) && other.active_from > key.active_from)
            .map(|other| other.active_from)
            .min();
        let retired = current.is_some_and(|current| current > key.active_from);
        key.counts(now) && (!retired || successor.is_none_or(|successor| now < successor + lifetime))
    };
    keys.iter().enumerate().filter(|(_, key)| is_accepted(key)).map(|(position, _)| position).collect()
}
