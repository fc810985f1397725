//! The secret in the mail of an invitation: 256 random bits, of which only the SHA-256 is kept.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use sha2::{Digest as _, Sha256};
use tradehall_domain::identity::Digest;

use crate::app::Error;

/// The first letters, so that scanners of leaked secrets know ours.
const PREFIX: &str = "thi_";

/// The longest text that is looked at as a secret; ours have 47 characters.
const SECRET_MAX: usize = 64;

/// A fresh secret and what is kept of it.
///
/// # Errors
/// When the operating system has no randomness to give.
pub fn mint() -> Result<(String, Digest), Error> {
    let mut bytes = [0_u8; 32];
    getrandom::fill(&mut bytes).map_err(|error| Error::Internal(format!("no randomness: {error}")))?;
    let text = format!("{PREFIX}{}", URL_SAFE_NO_PAD.encode(bytes));
    let digest = digest(&text);
    Ok((text, digest))
}

/// What would be kept of `text`, if it has the form of an invitation's secret.
#[must_use]
pub fn read(text: &str) -> Option<Digest> {
    (text.len() <= SECRET_MAX && text.starts_with(PREFIX)).then(|| digest(text))
}

fn digest(text: &str) -> Digest {
    Digest(Sha256::digest(text.as_bytes()).into())
}
