//! Mails that the market sends, before they are put into words.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::email::Email;
use crate::language::Language;
use crate::text::Name;

/// A mail to one person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mail {
    /// To whom.
    pub to: Email,
    /// In which language.
    pub language: Language,
    /// What it says.
    pub letter: Letter,
}

/// What a mail says. It is stored until it is sent, so a variant keeps its name and fields.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "letter")]
pub enum Letter {
    /// Somebody signed up with this address: confirm it.
    ConfirmAddress {
        /// What they are called.
        full_name: Name,
        /// Opens the account.
        token: String,
    },
    /// Somebody signed up with this address, which has an account.
    AddressHasAccount,
    /// Somebody forgot the password.
    ResetPassword {
        /// Replaces the password.
        token: String,
    },
    /// The password was changed or replaced.
    PasswordChanged,
    /// An organization asks the reader to become a member.
    Invitation {
        /// What the organization is called.
        organization: Name,
        /// Who asks.
        inviter: Name,
        /// Accepts the invitation.
        token: String,
    },
    /// Nothing: written where there is nobody to write to, so that the time it takes tells nothing, and never sent.
    Nothing,
}

// Tokens must not reach a log.
impl fmt::Debug for Letter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::ConfirmAddress { .. } => "ConfirmAddress",
            Self::AddressHasAccount => "AddressHasAccount",
            Self::ResetPassword { .. } => "ResetPassword",
            Self::PasswordChanged => "PasswordChanged",
            Self::Invitation { .. } => "Invitation",
            Self::Nothing => "Nothing",
        })
    }
}
