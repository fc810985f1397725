//! Private PostgreSQL clusters.
//!
//! [`shared_url`] is for ordinary tests: all processes of a run (cargo-nextest gives each test its own) share one cluster, which
//! ends some seconds after the last of them. [`PrivateCluster`] is for tests that kill the database.

mod account;
mod private;
mod programs;
mod server;
mod sharing;

use std::{env, io, path::Path, sync::OnceLock};

pub use account::own_uid;
pub use private::PrivateCluster;
pub use server::Durability;

/// The variable that names a PostgreSQL server for tests. Its role must be allowed to create databases.
pub const URL_VARIABLE: &str = "TRADEHALL_TEST_POSTGRES_URL";

/// The oldest version of PostgreSQL that the product supports.
pub const OLDEST_VERSION: u32 = 15;

/// Why there is no PostgreSQL for tests.
#[derive(Debug, thiserror::Error)]
pub enum ClusterError {
    /// No server programs of a supported version are installed.
    #[error(
        "no PostgreSQL {OLDEST_VERSION} or newer was found in PATH or in the usual places{}.\n\
         Install it (Debian and Ubuntu: `apt-get install postgresql`; Fedora: `dnf install postgresql-server`; macOS: `brew install postgresql@17`), \
         or set {URL_VARIABLE}=postgres://USER:PASSWORD@HOST/postgres to a server whose role may create databases",
        found.as_deref().map(|found| format!(" (only {found})")).unwrap_or_default()
    )]
    NoPrograms {
        /// Installations that are too old, when there are any.
        found: Option<String>,
    },
    /// Servers refuse to run as root, and there is no other account to run them as.
    #[error("PostgreSQL refuses to run as root, and there is neither a user `postgres` nor `nobody` to run it as")]
    NoAccount,
    /// The program that waits for the last user of a shared cluster is missing.
    #[error("the program `flock` (package util-linux) is missing; install it, or set {URL_VARIABLE}")]
    NoFlock,
    /// A program of PostgreSQL failed.
    #[error("{step} failed:\n{output}")]
    Step {
        /// What was tried.
        step: String,
        /// What it said.
        output: String,
    },
    /// The file system or the process table refused.
    #[error("{step}: {source}")]
    Io {
        /// What was tried.
        step: String,
        /// The answer.
        source: io::Error,
    },
}

impl ClusterError {
    fn io(step: impl Into<String>) -> impl FnOnce(io::Error) -> Self {
        let step = step.into();
        move |source| Self::Io { step, source }
    }
}

/// The URL of a server for tests: the one named by [`URL_VARIABLE`], else the cluster that this checkout's processes share.
///
/// # Errors
///
/// When there is neither, with what to do about it.
pub fn shared_url() -> Result<&'static str, ClusterError> {
    // The lease is kept here until the process ends, however it ends.
    static SHARED: OnceLock<(String, Option<sharing::Lease>)> = OnceLock::new();
    if let Some((url, _)) = SHARED.get() {
        return Ok(url);
    }
    let named = env::var(URL_VARIABLE).ok().filter(|url| !url.trim().is_empty());
    let found = match named {
        Some(url) => (url, None),
        None => {
            // One cluster per checkout: another branch's tests must not be disturbed by ours.
            let lease = sharing::Lease::take(Path::new(env!("CARGO_MANIFEST_DIR")))?;
            (lease.url(), Some(lease))
        }
    };
    // When two threads came here at once, the second lease is dropped and the first stays: both name the same cluster.
    Ok(&SHARED.get_or_init(|| found).0)
}
