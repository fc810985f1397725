//! Signing up: what somebody sends in, kept apart from the accounts until they show that the address is theirs.

use jiff::{SignedDuration, Timestamp};

use super::{Digest, Password, PasswordHash};
use crate::email::Email;
use crate::id::Id;
use crate::language::Language;
use crate::problem::{Code, Problem, Problems};
use crate::text::Name;

/// How many hours the link of a sign-up mail works.
pub const VERIFICATION_HOURS: i64 = 24;

/// A sign-up as it was sent.
#[derive(Clone)]
pub struct SignUpDraft {
    /// The e-mail address.
    pub email: String,
    /// The password.
    pub password: String,
    /// What others call them.
    pub full_name: String,
    /// The language of mails.
    pub language: Language,
}

/// An account to be opened: everything but the password.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewAccount {
    /// The e-mail address.
    pub email: Email,
    /// What others call them.
    pub full_name: Name,
    /// The language of mails.
    pub language: Language,
}

impl NewAccount {
    /// Reads a sign-up.
    ///
    /// # Errors
    /// Everything that is wrong with it, at `email`, `fullName` and `password`.
    pub fn parse(draft: &SignUpDraft) -> Result<(Self, Password), Problems> {
        let mut problems = Problems::new();
        let email = problems.take("email", Email::parse(&draft.email));
        let full_name = problems.take("fullName", Name::parse(&draft.full_name));
        let password = email
            .as_ref()
            .and_then(|email| problems.take("password", Password::choose(&draft.password, email, &draft.full_name)));
        let account =
            email.zip(full_name).map(|(email, full_name)| Self { email, full_name, language: draft.language });
        problems.finish(account.zip(password))
    }
}

/// A sign-up that waits for its address to be confirmed. Several may wait for one address; the first that is confirmed becomes the
/// account, so nobody can take an address by signing up with it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Registration {
    /// Which sign-up.
    pub id: Id<Registration>,
    /// The account that it is to become.
    pub account: NewAccount,
    /// What is kept of the password.
    pub password: PasswordHash,
    /// What is kept of the mailed token.
    pub token: Digest,
    /// When it was made.
    pub created_at: Timestamp,
    /// When the token ends.
    pub expires_at: Timestamp,
    /// When the account was opened; a token works once.
    pub used_at: Option<Timestamp>,
    /// Counts its changes.
    pub version: i64,
}

impl Registration {
    /// Notes a sign-up.
    #[must_use]
    pub fn begin(account: NewAccount, password: PasswordHash, token: Digest, now: Timestamp) -> Self {
        Self {
            id: Id::new(),
            account,
            password,
            token,
            created_at: now,
            expires_at: now + SignedDuration::from_hours(VERIFICATION_HOURS),
            used_at: None,
            version: 1,
        }
    }

    /// Replaces the token that was mailed by another, which works from now on.
    ///
    /// # Errors
    /// [`Code::TokenInvalid`] once it was confirmed.
    pub fn renew(&mut self, token: Digest, now: Timestamp) -> Result<(), Problem> {
        if self.used_at.is_some() {
            return Err(Code::TokenInvalid.into());
        }
        self.token = token;
        self.expires_at = now + SignedDuration::from_hours(VERIFICATION_HOURS);
        Ok(())
    }

    /// The address is theirs: the token is used up.
    ///
    /// # Errors
    /// [`Code::TokenInvalid`] the second time or too late.
    pub fn confirm(&mut self, now: Timestamp) -> Result<(), Problem> {
        if self.used_at.is_some() || now >= self.expires_at {
            return Err(Code::TokenInvalid.into());
        }
        self.used_at = Some(now);
        Ok(())
    }
}
