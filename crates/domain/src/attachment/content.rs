//! The bytes behind attachments, named by what they are.

use std::fmt;

use crate::id::Id;

/// Bytes that are kept once, however many attachments have them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Content {
    /// Which bytes.
    pub id: ContentId,
    /// Their digest, by which they are found.
    pub hash: ContentHash,
    /// How many.
    pub size: i64,
    /// Whether they are known to have reached the store.
    pub is_stored: bool,
}

/// The id of a [`Content`].
pub type ContentId = Id<Content>;

/// A SHA-256 digest (FIPS 180-4).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct ContentHash([u8; 32]);

impl ContentHash {
    /// The digest as it was computed.
    #[must_use]
    pub const fn new(digest: [u8; 32]) -> Self {
        Self(digest)
    }

    /// The digest as it was stored; nothing for bytes of another length.
    #[must_use]
    pub fn from_slice(bytes: &[u8]) -> Option<Self> {
        bytes.try_into().ok().map(Self)
    }

    /// Its 32 bytes.
    #[must_use]
    pub const fn as_bytes(&self) -> &[u8; 32] {
        &self.0
    }

    /// Where the bytes are kept: two levels of folders, so that none of them grows beyond what file systems list quickly.
    #[must_use]
    pub fn path(&self) -> String {
        let [first, second, ..] = self.0;
        format!("sha256/{first:02x}/{second:02x}/{self}")
    }
}

/// In lower-case hexadecimal.
impl fmt::Display for ContentHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

#[cfg(test)]
mod tests {
    use super::ContentHash;

    #[test]
    fn content_lies_under_its_digest() {
        let mut digest = [0; 32];
        digest[..3].copy_from_slice(&[0xab, 0x0c, 0xde]);
        let hash = ContentHash::new(digest);
        assert_eq!(hash.path(), format!("sha256/ab/0c/ab0cde{}", "0".repeat(58)));
        assert_eq!(ContentHash::from_slice(hash.as_bytes()), Some(hash));
        assert_eq!(ContentHash::from_slice(&[1; 31]), None);
    }
}
