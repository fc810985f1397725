//! Secrets that we hand out: 256 random bits, of which only the SHA-256 is kept.

use std::fmt;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use sha2::{Digest as _, Sha256};
use tradehall_domain::identity::Digest;

use crate::app::Error;

/// What a secret is for, told by its first letters, so that scanners of leaked secrets know ours and one is not taken for another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Purpose {
    /// Keeps a login alive.
    Refresh,
    /// Signs a machine in.
    ApiKey,
    /// Confirms an e-mail address.
    Confirm,
    /// Replaces a password.
    Reset,
    /// Answers an invitation to become a member.
    Invitation,
}

impl Purpose {
    /// The first letters.
    pub const fn prefix(self) -> &'static str {
        match self {
            Self::Refresh => "thr_",
            Self::ApiKey => "thk_",
            Self::Confirm => "thc_",
            Self::Reset => "thp_",
            Self::Invitation => "thi_",
        }
    }
}

/// The longest text that is looked at as a secret; ours have 47 characters.
const SECRET_MAX: usize = 64;

/// How many characters of a secret people see to recognise it: 24 of its 256 bits.
const HINT: usize = 8;

/// A fresh secret, on its way to whom it is for.
#[derive(Clone)]
pub struct Minted {
    /// The secret itself, told once.
    pub text: String,
    /// What is kept of it.
    pub digest: Digest,
}

// Commands carry these and print themselves.
impl fmt::Debug for Minted {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Minted(…)")
    }
}

impl Minted {
    /// A secret that nobody can guess.
    ///
    /// # Errors
    /// When the operating system has no randomness to give.
    pub fn new(purpose: Purpose) -> Result<Self, Error> {
        let text = format!("{}{}", purpose.prefix(), URL_SAFE_NO_PAD.encode(random()?));
        Ok(Self { digest: digest(&text), text })
    }

    /// The first characters, by which people recognise it.
    pub fn hint(&self) -> String {
        self.text.chars().take(HINT).collect()
    }
}

/// What would be kept of `text`, if it has the form of a secret for `purpose`.
#[must_use]
pub fn read(purpose: Purpose, text: &str) -> Option<Digest> {
    (text.len() <= SECRET_MAX && text.starts_with(purpose.prefix())).then(|| digest(text))
}

/// The SHA-256 of `text`.
#[must_use]
pub fn digest(text: &str) -> Digest {
    Digest(Sha256::digest(text.as_bytes()).into())
}

/// 256 random bits.
///
/// # Errors
/// When the operating system has no randomness to give.
pub fn random() -> Result<[u8; 32], Error> {
    let mut bytes = [0; 32];
    getrandom::fill(&mut bytes).map_err(|error| Error::Internal(format!("no randomness: {error}")))?;
    Ok(bytes)
}
