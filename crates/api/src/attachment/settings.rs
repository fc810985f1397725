//! The limits of what is uploaded and how.

use std::time::Duration;

use jiff::SignedDuration;
use tradehall_domain::attachment::{MediaType, UploadLimits};

/// What may be uploaded, how long links are good, and how much is received at once.
#[derive(Debug, Clone)]
pub struct FileSettings {
    /// What an organization may upload.
    pub uploads: UploadLimits,
    /// How long a link to a file is good.
    pub download_lifetime: SignedDuration,
    /// How long a client may take to send a file.
    pub receive_timeout: Duration,
    /// How many files are received at once; more are told to come back.
    pub receiving_max: usize,
    /// How long a file that is attached to nothing is kept.
    pub unattached_kept: SignedDuration,
}

/// The largest file, in bytes: 25 MiB.
const SIZE_MAX: i64 = 25 * 1024 * 1024;

/// How many bytes an organization's files may have together: 5 GiB.
const QUOTA: i64 = 5 * 1024 * 1024 * 1024;

/// How many uploads of an organization may be awaited at once.
const OPEN_MAX: i64 = 100;

/// How long a link is good.
const LINK_LIFETIME: SignedDuration = SignedDuration::from_mins(15);

/// How long a client may take to send a file: the largest one at 1.7 Mbit/s.
const RECEIVE_TIMEOUT: Duration = Duration::from_secs(120);

/// How many files are received at once. Each has up to 5 MiB in memory while it goes on to the store.
const RECEIVING_MAX: usize = 16;

/// How long a file that is attached to nothing is kept: a week, so that a draft begun on Friday is finished on Monday.
const UNATTACHED_KEPT: SignedDuration = SignedDuration::from_hours(7 * 24);

impl Default for FileSettings {
    fn default() -> Self {
        Self {
            uploads: UploadLimits {
                size_max: SIZE_MAX,
                media_types: MediaType::ALL.to_vec(),
                quota: QUOTA,
                open_max: OPEN_MAX,
                lifetime: LINK_LIFETIME,
            },
            download_lifetime: LINK_LIFETIME,
            receive_timeout: RECEIVE_TIMEOUT,
            receiving_max: RECEIVING_MAX,
            unattached_kept: UNATTACHED_KEPT,
        }
    }
}
