//! Taking in one file: counted, hashed and looked at while it streams into a file that has no name.

use std::time::Duration;

use actix_web::web::{Bytes, Payload};
use futures_util::StreamExt;
use sha2::{Digest, Sha256};
use tokio::fs::File;
use tokio::io::{AsyncSeekExt, AsyncWriteExt};
use tradehall_domain::attachment::{ContentHash, Inspector, Upload};
use tradehall_domain::problem::{Code, Problem};

/// A file that has come whole and is what it was announced to be.
#[derive(Debug)]
pub struct Spooled {
    /// Its bytes, from the first on.
    pub file: File,
    /// Their digest.
    pub hash: ContentHash,
}

/// Why a file did not come.
#[derive(Debug)]
pub enum SpoolError {
    /// It is not what was announced.
    Refused(Problem),
    /// The sender went away or broke the protocol.
    Interrupted,
    /// It took too long.
    Late,
    /// It cannot be written down here.
    Fault(std::io::Error),
}

impl From<std::io::Error> for SpoolError {
    fn from(error: std::io::Error) -> Self {
        Self::Fault(error)
    }
}

impl From<Code> for SpoolError {
    fn from(code: Code) -> Self {
        Self::Refused(code.into())
    }
}

/// Takes in what `upload` announced, into `file`, within `limit`.
pub async fn spool(upload: &Upload, body: Payload, file: File, limit: Duration) -> Result<Spooled, SpoolError> {
    tokio::time::timeout(limit, stream(upload, body, file)).await.map_err(|_| SpoolError::Late)?
}

async fn stream(upload: &Upload, mut body: Payload, mut file: File) -> Result<Spooled, SpoolError> {
    let mismatch = || SpoolError::Refused(Problem::new(Code::SizeMismatch).with("size", upload.size));
    let announced = u64::try_from(upload.size).map_err(|_| mismatch())?;
    let mut received = 0_u64;
    let mut digest = Sha256::new();
    let mut inspector = Inspector::new(upload.media_type);
    while let Some(piece) = body.next().await {
        let piece: Bytes = piece.map_err(|_| SpoolError::Interrupted)?;
        received = received.saturating_add(piece.len() as u64);
        if received > announced {
            return Err(mismatch());
        }
        inspector.update(&piece)?;
        digest.update(&piece);
        file.write_all(&piece).await?;
    }
    if received < announced {
        return Err(mismatch());
    }
    inspector.finish()?;
    file.flush().await?;
    file.rewind().await?;
    Ok(Spooled { file, hash: ContentHash::new(digest.finalize().into()) })
}
