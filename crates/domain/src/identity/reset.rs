//! Replacing a forgotten password through a mailed link.

use jiff::{SignedDuration, Timestamp};

use super::{Digest, UserId};
use crate::id::Id;
use crate::problem::{Code, Problem};

/// How many minutes the link of a reset mail works.
pub const RESET_MINUTES: i64 = 60;

/// Somebody asked for a new password.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PasswordReset {
    /// Which request.
    pub id: Id<PasswordReset>,
    /// For whose account. `None` where the address has none: the same is written either way, so the time it takes tells nothing.
    pub user: Option<UserId>,
    /// What is kept of the mailed token.
    pub token: Digest,
    /// When it was made.
    pub created_at: Timestamp,
    /// When the token ends.
    pub expires_at: Timestamp,
    /// When a password was set with it; a token works once.
    pub used_at: Option<Timestamp>,
    /// Counts its changes.
    pub version: i64,
}

impl PasswordReset {
    /// Notes a request.
    #[must_use]
    pub fn request(user: Option<UserId>, token: Digest, now: Timestamp) -> Self {
        let expires_at = now + SignedDuration::from_mins(RESET_MINUTES);
        Self { id: Id::new(), user, token, created_at: now, expires_at, used_at: None, version: 1 }
    }

    /// Whose password the token can still replace.
    ///
    /// # Errors
    /// [`Code::TokenInvalid`].
    pub fn account(&self, now: Timestamp) -> Result<UserId, Problem> {
        match self.user {
            Some(user) if self.used_at.is_none() && now < self.expires_at => Ok(user),
            _ => Err(Code::TokenInvalid.into()),
        }
    }

    /// Uses the token up.
    ///
    /// # Errors
    /// [`Code::TokenInvalid`] the second time or too late.
    pub fn redeem(&mut self, now: Timestamp) -> Result<UserId, Problem> {
        let user = self.account(now)?;
        self.used_at = Some(now);
        Ok(user)
    }
}
