//! Attachments: files that organizations upload and attach to their documents of trade.
//!
//! An [`Upload`] is the right to send one file. Once its bytes have come and fit, it becomes an [`Attachment`]: who owns it, what it
//! is called, and the [`ContentHash`] of its bytes, which are kept once however many attachments have them.

mod content;
mod file_name;
mod inspect;
mod link;
mod media_type;
#[cfg(test)]
mod tests;
mod upload;

pub use content::{Content, ContentHash, ContentId};
pub use file_name::{FILE_NAME_MAX, FileName};
pub use inspect::Inspector;
pub use link::{ATTACHMENTS_MAX, AttachmentLink, Visibility, check_ids};
pub use media_type::MediaType;
pub use upload::{Upload, UploadDraft, UploadEvent, UploadId, UploadLimits, UploadStatus, Usage};

use jiff::Timestamp;
use serde::Serialize;

use crate::access::Principal;
use crate::event::DomainEvent;
use crate::id::Id;
use crate::organization::OrganizationId;
use crate::problem::Code;

/// A file that an organization uploaded. What it is and holds never changes; another version of a file is another attachment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attachment {
    /// Which attachment.
    pub id: AttachmentId,
    /// Who uploaded it; nobody else sees it until it is shown to them.
    pub owner: OrganizationId,
    /// What it is called.
    pub file_name: FileName,
    /// What it holds.
    pub media_type: MediaType,
    /// How many bytes.
    pub size: i64,
    /// Where its bytes are kept.
    pub content: ContentId,
    /// The digest of its bytes.
    pub hash: ContentHash,
    /// Since when.
    pub uploaded_at: Timestamp,
    /// The person or key that asked for the upload.
    pub uploaded_by: Principal,
    /// Since when it is attached to nothing; `None` while it is attached to something.
    pub unattached_since: Option<Timestamp>,
    /// Counts its changes.
    pub version: i64,
}

/// The id of an [`Attachment`].
pub type AttachmentId = Id<Attachment>;

impl Attachment {
    /// It is attached to something. Answers whether it was not before, and so has to be saved.
    pub fn attach(&mut self) -> bool {
        self.unattached_since.take().is_some()
    }

    /// It is attached to nothing any more. Answers whether it was before, and so has to be saved.
    pub fn detach(&mut self, now: Timestamp) -> bool {
        let attached = self.unattached_since.is_none();
        self.unattached_since.get_or_insert(now);
        attached
    }

    /// Whether it can be taken away.
    ///
    /// # Errors
    /// [`Code::AttachmentInUse`] while it is attached to something: what others were shown stays.
    pub const fn is_removable(&self) -> Result<(), Code> {
        match self.unattached_since {
            Some(_) => Ok(()),
            None => Err(Code::AttachmentInUse),
        }
    }

    /// Takes it away.
    ///
    /// # Errors
    /// As [`Attachment::is_removable`].
    pub fn remove(&self) -> Result<AttachmentEvent, Code> {
        self.is_removable()?;
        Ok(AttachmentEvent::Removed { file_name: self.file_name.to_string() })
    }
}

/// What happens to an attachment, or to the document that it is attached to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(untagged)]
pub enum AttachmentEvent {
    /// Its bytes came and fit.
    Uploaded {
        /// What it is called.
        file_name: String,
        /// The SHA-256 of its bytes, so that the audit trail proves what was uploaded.
        sha256: String,
    },
    /// Files were attached to a document.
    Attached {
        /// Which files.
        attachments: Vec<AttachmentId>,
    },
    /// Files were taken off a document.
    Detached {
        /// Which files.
        attachments: Vec<AttachmentId>,
    },
    /// It was taken away, by its owner or because it was attached to nothing for long.
    Removed {
        /// What it was called.
        file_name: String,
    },
}

impl DomainEvent for AttachmentEvent {
    fn kind(&self) -> &'static str {
        match self {
            Self::Uploaded { .. } => "ATTACHMENT_UPLOADED",
            Self::Attached { .. } => "ATTACHMENTS_ATTACHED",
            Self::Detached { .. } => "ATTACHMENTS_DETACHED",
            Self::Removed { .. } => "ATTACHMENT_REMOVED",
        }
    }
}
