//! Rounds of a negotiation: what each side put on the table, as it was.

use jiff::Timestamp;
use serde::Serialize;
use sha2::{Digest, Sha256};

use super::{AgreementContent, AgreementId};
use crate::id::Id;
use crate::organization::OrganizationId;
use crate::problem::{Code, Problem};
use crate::side::Side;
use crate::wire::as_text;

/// One round: content that never changes once it was offered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AgreementVersion {
    /// Which version.
    pub id: AgreementVersionId,
    /// Of which agreement.
    pub agreement: AgreementId,
    /// Who would buy.
    pub buyer: OrganizationId,
    /// Who would sell.
    pub seller: OrganizationId,
    /// Its place among the rounds, from 1.
    pub number: i64,
    /// Who wrote it.
    pub author: Side,
    /// What it says.
    pub content: AgreementContent,
    /// What names what it says.
    pub hash: ContentHash,
    /// When it was written.
    pub created_at: Timestamp,
    /// When it was offered; `None` while it is a draft, which only its author sees.
    pub offered_at: Option<Timestamp>,
    /// Counts its changes while it is a draft.
    pub version: i64,
}

/// The id of an [`AgreementVersion`].
pub type AgreementVersionId = Id<AgreementVersion>;

/// What names the content of a version: the SHA-256 of its canonical JSON, as 64 hexadecimal digits. Whoever accepts a hash has read
/// exactly that content.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct ContentHash(Box<str>);

impl ContentHash {
    /// Reads 64 hexadecimal digits.
    ///
    /// # Errors
    /// [`Code::Invalid`].
    pub fn parse(text: &str) -> Result<Self, Problem> {
        let text = text.trim();
        if text.len() != 64 || !text.bytes().all(|byte| byte.is_ascii_hexdigit()) {
            return Err(Code::Invalid.into());
        }
        Ok(Self(text.to_ascii_lowercase().into()))
    }

    /// The digits.
    #[must_use]
    pub const fn as_str(&self) -> &str {
        &self.0
    }

    /// The hash of `content` as version `number` of `agreement`: the same words in another round are another offer.
    ///
    /// # Errors
    /// [`Code::Invalid`] for what cannot be written down, which no parsed content is.
    pub(super) fn of(agreement: AgreementId, number: i64, content: &AgreementContent) -> Result<Self, Problem> {
        #[derive(Serialize)]
        struct Sealed<'a> {
            agreement: AgreementId,
            number: i64,
            content: &'a AgreementContent,
        }
        let json = serde_json::to_vec(&Sealed { agreement, number, content }).map_err(|_| Code::Invalid)?;
        let digits: String = Sha256::digest(&json).iter().map(|byte| format!("{byte:02x}")).collect();
        Ok(Self(digits.into()))
    }
}

as_text!(ContentHash, as_str);
