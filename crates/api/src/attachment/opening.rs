//! Reading a file that was uploaded, for work in the background.

use futures_util::StreamExt as _;
use tokio::io::{AsyncSeekExt as _, AsyncWriteExt as _};
use tradehall_domain::attachment::{Attachment, AttachmentId};
use tradehall_domain::problem::{Code, Problem};
use tradehall_persistence::attachment;

use crate::app::{Error, Session};

/// The file of that id that `session`'s organization owns, and its bytes as a file without a name that can be read from anywhere.
///
/// # Errors
/// NOT_FOUND where it is not its own, [`Code::FileUnreadable`] where its bytes are gone, or that the store is away.
pub async fn open(session: &Session, id: AttachmentId) -> Result<(Attachment, std::fs::File), Error> {
    let file = attachment::load(&*session.renewed().reading().await?, id).await?;
    if session.actor().organization != Some(file.owner) {
        return Err(Error::NotFound);
    }
    let files = session.app().files();
    let gone = || Error::from(Problem::new(Code::FileUnreadable).with("file", file.file_name.as_str()));
    let size = u64::try_from(file.size).map_err(|_| gone())?;
    let mut bytes = files.get(file.hash, 0..size).await?.ok_or_else(gone)?;
    let fault = |error: std::io::Error| Error::Internal(format!("a file cannot be put down here: {error}"));
    let mut spool = files.spool().await.map_err(fault)?;
    while let Some(piece) = bytes.next().await {
        let piece = piece.map_err(|error| Error::Internal(format!("cannot read the file {}: {error}", file.hash)))?;
        spool.write_all(&piece).await.map_err(fault)?;
    }
    spool.flush().await.map_err(fault)?;
    spool.rewind().await.map_err(fault)?;
    Ok((file, spool.into_std().await))
}
