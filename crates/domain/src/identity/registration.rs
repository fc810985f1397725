//! Signing up: what somebody sends in, kept apart from the accounts until they show that the address is theirs.

use jiff::{SignedDuration, Timestamp};

use super::{Digest, Password};
use crate::email::Email;
use crate::id::Id;
use crate::language::Language;
use crate::problem::{Code, Problem, Problems};
use crate::text::Name;

/// How many hours the link of a sign-up mail works.
pub const VERIFICATION_HOURS: i64 = 24;

/// A sign-up as it was sent.
#[derive(Debug, Clone)]
pub struct SignUpDraft {
    /// The e-mail address.
    pub email: String,
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
    /// Everything that is wrong with it, at `email` and `fullName`.
    pub fn parse(draft: &SignUpDraft) -> Result<Self, Problems> {
        let mut problems = Problems::new();
        let email = problems.take("email", Email::parse(&draft.email));
        let full_name = problems.take("fullName", Name::parse(&draft.full_name));
        problems.finish(email.zip(full_name).map(|(email, full_name)| Self {
            email,
            full_name,
            language: draft.language,
        }))
    }

    /// The password that the account is to have.
    ///
    /// # Errors
    /// What is wrong with it.
    pub fn choose(&self, password: &str) -> Result<Password, Problem> {
        Password::choose(password, &self.email, self.full_name.as_str())
    }
}

/// A sign-up that waits for its address to be confirmed. Several may wait for one address; the first that is confirmed becomes the
/// account. It holds no password: that is chosen with the mailed token in hand, by whoever reads the address's mail. Otherwise somebody
/// could sign up with another's address and wait for its owner to confirm an account to which they know the password.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Registration {
    /// Which sign-up.
    pub id: Id<Registration>,
    /// The account that it is to become.
    pub account: NewAccount,
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
    pub fn begin(account: NewAccount, token: Digest, now: Timestamp) -> Self {
        Self {
            id: Id::new(),
            account,
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

    /// The account that it can still become.
    ///
    /// # Errors
    /// [`Code::TokenInvalid`] once it was confirmed, or too late.
    pub fn waiting(&self, now: Timestamp) -> Result<&NewAccount, Problem> {
        if self.used_at.is_some() || now >= self.expires_at {
            return Err(Code::TokenInvalid.into());
        }
        Ok(&self.account)
    }

    /// The address is theirs, and this is what they are called: the token is used up.
    ///
    /// # Errors
    /// [`Code::TokenInvalid`] the second time or too late.
    pub fn confirm(&mut self, full_name: Option<Name>, now: Timestamp) -> Result<(), Problem> {
        self.waiting(now)?;
        self.used_at = Some(now);
        if let Some(full_name) = full_name {
            self.account.full_name = full_name;
        }
        Ok(())
    }
}
