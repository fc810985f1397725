//! Files that the market writes for an organization: exports.

use tokio::io::AsyncSeekExt as _;
use tradehall_domain::attachment::{Attachment, ContentHash, UploadDraft};

use super::commands::{ClaimContent, CompleteUpload, RequestUpload};
use crate::app::{Error, Session};

/// The largest file that is written, in bytes: 256 MiB.
pub const PRODUCED_BYTES_MAX: i64 = 256 * 1024 * 1024;

/// Keeps `file`, whose bytes have that digest, as the organization's own: as if it had uploaded it, within what it may have together.
///
/// # Errors
/// STORAGE_FULL or FILE_TOO_LARGE as a refusal, or that the store is away.
pub async fn produce(
    session: &Session,
    draft: UploadDraft,
    file: std::fs::File,
    hash: ContentHash,
) -> Result<Attachment, Error> {
    let files = session.app().files();
    let mut limits = files.settings().uploads.clone();
    limits.size_max = PRODUCED_BYTES_MAX;
    let size = draft.size;
    let upload = session.execute(RequestUpload { draft, limits, key: None }).await?;
    let content = session.execute(ClaimContent { hash, size }).await?.ok_or(Error::Overloaded)?;
    if !(content.is_stored && files.has(content.hash).await?) {
        let mut file = tokio::fs::File::from_std(file);
        file.rewind().await.map_err(|error| Error::Internal(error.to_string()))?;
        files.put(content.hash, &mut file).await?;
    }
    session.execute(CompleteUpload { upload: upload.id, content }).await
}
