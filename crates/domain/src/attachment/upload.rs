//! The right to send one file, from asking for it to its bytes' arrival.

use jiff::{SignedDuration, Timestamp};
use serde::Serialize;

use super::media_type::refused;
use super::{Attachment, AttachmentEvent, AttachmentId, Content, FileName, MediaType};
use crate::access::Principal;
use crate::event::DomainEvent;
use crate::id::Id;
use crate::named;
use crate::organization::OrganizationId;
use crate::problem::{Code, Problem, Problems};

named! {
    /// How far an upload has come. An upload whose time is over is expired, whatever its status.
    pub enum UploadStatus {
        /// The file's bytes are awaited.
        Requested = "REQUESTED",
        /// The bytes came and fit; the file is an attachment.
        Completed = "COMPLETED",
    }
}

/// A file that is to be sent, as its sender describes it.
#[derive(Debug, Clone)]
pub struct UploadDraft {
    /// What it is called.
    pub file_name: String,
    /// What it is said to hold, as IANA names it.
    pub media_type: String,
    /// How many bytes it is said to have.
    pub size: i64,
}

/// What an organization may upload.
#[derive(Debug, Clone)]
pub struct UploadLimits {
    /// The largest file, in bytes.
    pub size_max: i64,
    /// The kinds of files that are taken.
    pub media_types: Vec<MediaType>,
    /// How many bytes an organization's files may have together.
    pub quota: i64,
    /// How many uploads of an organization may be awaited at once.
    pub open_max: i64,
    /// How long an upload is awaited.
    pub lifetime: SignedDuration,
}

/// The right to send one file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Upload {
    /// Which upload.
    pub id: UploadId,
    /// Whose file it will be.
    pub owner: OrganizationId,
    /// The person or key that asked.
    pub requested_by: Principal,
    /// What the file will be called.
    pub file_name: FileName,
    /// What it must hold.
    pub media_type: MediaType,
    /// How many bytes it must have.
    pub size: i64,
    /// How far it has come.
    pub status: UploadStatus,
    /// When it was asked for.
    pub requested_at: Timestamp,
    /// Until when the bytes are awaited.
    pub expires_at: Timestamp,
    /// Counts its changes.
    pub version: i64,
}

/// The id of an [`Upload`].
pub type UploadId = Id<Upload>;

/// How much an organization has uploaded, and is about to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Usage {
    /// The bytes of its files and of its awaited uploads.
    pub bytes: i64,
    /// How many uploads are awaited.
    pub open: i64,
}

impl Upload {
    /// Grants `owner`, who uses `usage` already, the right to send the file that `draft` describes.
    ///
    /// # Errors
    /// Everything that is wrong with the draft; [`Code::StorageFull`] and [`Code::TooManyUploads`] where the owner has used up
    /// its share.
    pub fn request(
        draft: &UploadDraft,
        limits: &UploadLimits,
        usage: Usage,
        owner: OrganizationId,
        requested_by: Principal,
        now: Timestamp,
    ) -> Result<(Self, UploadEvent), Problems> {
        let mut problems = Problems::new();
        let file_name = problems.take("fileName", FileName::parse(&draft.file_name));
        let media_type = problems.take("mediaType", allowed(&draft.media_type, limits));
        let size = problems.take("size", fitting(draft.size, limits, usage));
        if let (Some(name), Some(kind)) = (&file_name, media_type) {
            problems.take("fileName", kind.fits(name));
        }
        if usage.open >= limits.open_max {
            problems.push(Problem::new(Code::TooManyUploads).with("max", limits.open_max));
        }
        let (file_name, media_type, size) =
            problems.finish(file_name.zip(media_type).zip(size).map(|((name, kind), size)| (name, kind, size)))?;
        let upload = Self {
            id: Id::new(),
            owner,
            requested_by,
            file_name,
            media_type,
            size,
            status: UploadStatus::Requested,
            requested_at: now,
            expires_at: now.saturating_add(limits.lifetime).unwrap_or(Timestamp::MAX),
            version: 1,
        };
        let event = UploadEvent::Requested { file_name: upload.file_name.to_string(), size };
        Ok((upload, event))
    }

    /// Whether the bytes can come now.
    ///
    /// # Errors
    /// [`Code::UploadClosed`] when they came already or the time is over.
    pub fn is_awaited(&self, now: Timestamp) -> Result<(), Code> {
        if self.status == UploadStatus::Requested && now < self.expires_at { Ok(()) } else { Err(Code::UploadClosed) }
    }

    /// The bytes came and are kept as `content`. An upload that was begun in time may end after it.
    ///
    /// # Errors
    /// [`Code::UploadClosed`] when another sender was quicker; [`Code::SizeMismatch`].
    pub fn complete(&mut self, content: &Content, now: Timestamp) -> Result<(Attachment, AttachmentEvent), Problem> {
        if self.status != UploadStatus::Requested {
            return Err(Code::UploadClosed.into());
        }
        if content.size != self.size {
            return Err(Problem::new(Code::SizeMismatch).with("size", self.size));
        }
        self.status = UploadStatus::Completed;
        let attachment = Attachment {
            id: AttachmentId::new(),
            owner: self.owner,
            file_name: self.file_name.clone(),
            media_type: self.media_type,
            size: content.size,
            content: content.id,
            hash: content.hash,
            uploaded_at: now,
            uploaded_by: self.requested_by,
            unattached_since: Some(now),
            version: 1,
        };
        let event =
            AttachmentEvent::Uploaded { file_name: self.file_name.to_string(), sha256: content.hash.to_string() };
        Ok((attachment, event))
    }
}

fn allowed(text: &str, limits: &UploadLimits) -> Result<MediaType, Problem> {
    match MediaType::parse(text) {
        Ok(kind) if limits.media_types.contains(&kind) => Ok(kind),
        _ => Err(refused(&limits.media_types)),
    }
}

fn fitting(size: i64, limits: &UploadLimits, usage: Usage) -> Result<i64, Problem> {
    if size <= 0 {
        return Err(Code::NotPositive.into());
    }
    if size > limits.size_max {
        return Err(Problem::new(Code::FileTooLarge).with("max", limits.size_max));
    }
    let free = limits.quota.saturating_sub(usage.bytes).max(0);
    if size > free { Err(Problem::new(Code::StorageFull).with("free", free)) } else { Ok(size) }
}

/// What happens to an upload.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(untagged)]
pub enum UploadEvent {
    /// Somebody asked to send a file.
    Requested {
        /// What it is to be called.
        file_name: String,
        /// How many bytes it is to have.
        size: i64,
    },
}

impl DomainEvent for UploadEvent {
    fn kind(&self) -> &'static str {
        match self {
            Self::Requested { .. } => "UPLOAD_REQUESTED",
        }
    }
}
