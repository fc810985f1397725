//! Accounts of people.

use jiff::Timestamp;
use serde::Serialize;

use super::{LoginEnd, LoginId, NewAccount};
use crate::email::Email;
use crate::event::DomainEvent;
use crate::id::Id;
use crate::language::Language;
use crate::text::Name;

/// A person with an account. The account exists only once its e-mail address is confirmed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct User {
    /// Which person.
    pub id: UserId,
    /// Where mail reaches them, and what they sign in with.
    pub email: Email,
    /// What others call them.
    pub full_name: Name,
    /// The language of the mails they get.
    pub language: Language,
    /// Whether they work for the market itself.
    pub staff: bool,
    /// When the account was opened.
    pub created_at: Timestamp,
    /// Counts its changes.
    pub version: i64,
}

/// The id of a [`User`].
pub type UserId = Id<User>;

impl User {
    /// Opens an account whose address is known to be theirs.
    #[must_use]
    pub fn open(account: &NewAccount, staff: bool, now: Timestamp) -> (Self, UserEvent) {
        let user = Self {
            id: Id::new(),
            email: account.email.clone(),
            full_name: account.full_name.clone(),
            language: account.language,
            staff,
            created_at: now,
            version: 1,
        };
        (user, UserEvent::Opened { staff })
    }
}

/// What happens to a person's account. Events tell no address and no name: the trail is kept longer than the account.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(untagged)]
pub enum UserEvent {
    /// It was opened.
    Opened {
        /// For the market's own staff.
        staff: bool,
    },
    /// Somebody signed in to it.
    SignedIn {
        /// The login that began.
        login: LoginId,
    },
    /// A login ended.
    LoginEnded {
        /// Which login.
        login: LoginId,
        /// Why.
        reason: LoginEnd,
    },
    /// Its owner changed the password.
    PasswordChanged,
    /// A new password was asked for by mail.
    ResetRequested,
    /// The password was replaced through a mailed link.
    PasswordReset,
}

impl DomainEvent for UserEvent {
    fn kind(&self) -> &'static str {
        match self {
            Self::Opened { .. } => "USER_OPENED",
            Self::SignedIn { .. } => "USER_SIGNED_IN",
            Self::LoginEnded { .. } => "USER_LOGIN_ENDED",
            Self::PasswordChanged => "USER_PASSWORD_CHANGED",
            Self::ResetRequested => "USER_PASSWORD_RESET_REQUESTED",
            Self::PasswordReset => "USER_PASSWORD_RESET",
        }
    }
}
