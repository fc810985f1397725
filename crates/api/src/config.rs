//! The configuration: one struct, read once from the environment, with every fault told at once.
//!
//! A variable is declared once, as a [`Variable`] beside the section that reads it; its default is parsed by the same code as a
//! value that somebody sets. [`TABLE`] lists them all for `.env.example`, `--help` and the README.

mod access;
mod database;
mod fault;
mod files;
mod http;
mod mail;
mod operations;
mod reader;
pub mod reference;
mod search;
mod secret;
#[cfg(test)]
mod tests;
mod value;
mod variable;

use std::env;
use std::path::PathBuf;

pub use access::{Access, LoginLimits, PasswordHash, RateLimit};
pub use database::{Database, DatabaseUrl};
pub use fault::{Fault, Faults};
pub use files::{Files, S3, S3Credentials};
pub use http::Http;
pub use mail::{Mail, MailTransport};
pub use operations::{LogFormat, Telemetry, Traces};
pub use reader::Lookup;
pub use secret::Secret;
pub use variable::{Group, Variable};

use reader::Reader;

/// Every variable that the service reads, in reading order.
pub const TABLE: &[Group] =
    &[database::GROUP, http::GROUP, access::GROUP, mail::GROUP, files::GROUP, search::GROUP, operations::GROUP];

/// Everything that can be set about the service. Printing it with `{:?}` shows no secret.
#[derive(Debug, Clone)]
pub struct Config {
    /// The database.
    pub database: Database,
    /// HTTP and GraphQL.
    pub http: Http,
    /// Tokens, passwords and limits on callers.
    pub access: Access,
    /// Outgoing mail.
    pub mail: Mail,
    /// Uploaded files.
    pub files: Files,
    /// The directory of the search index, of this process alone.
    pub search: PathBuf,
    /// Whether `serve` also runs the worker.
    pub worker: bool,
    /// Logs and traces.
    pub telemetry: Telemetry,
}

impl Config {
    /// Reads the environment of this process.
    ///
    /// # Errors
    ///
    /// All variables that cannot be used, with what would be right.
    pub fn from_environment() -> Result<Self, Faults> {
        let unreadable: Vec<Fault> =
            TABLE.iter().flat_map(|group| group.variables).filter_map(|v| not_text(v)).collect();
        match Self::parse(&|name| env::var(name).ok()) {
            Ok(config) if unreadable.is_empty() => Ok(config),
            Ok(_) => Err(Faults(unreadable)),
            Err(Faults(faults)) => Err(Faults(unreadable.into_iter().chain(faults).collect())),
        }
    }

    /// Reads variables from anywhere: tests pass a closure instead of changing the process environment.
    ///
    /// # Errors
    ///
    /// All variables that cannot be used, with what would be right.
    pub fn parse(lookup: Lookup<'_>) -> Result<Self, Faults> {
        let mut reader = Reader::new(lookup);
        let config = Self::read(&mut reader);
        reader.finish()?;
        // A section without a value has noted a fault, so this is never the empty list.
        config.ok_or_else(|| Faults(Vec::new()))
    }

    fn read(reader: &mut Reader<'_>) -> Option<Self> {
        // All sections are read before the first `?`, so that one section's fault does not hide another's.
        let database = Database::read(reader);
        let http = Http::read(reader);
        let access = Access::read(reader);
        let mail = Mail::read(reader);
        let files = Files::read(reader);
        let search = search::read(reader);
        let worker = operations::read_worker(reader);
        let telemetry = Telemetry::read(reader);
        let database = database?;
        Some(Self {
            search: search::directory(search?, &database),
            database,
            http: http?,
            access: access?,
            mail: mail?,
            files: files?,
            worker: worker?,
            telemetry: telemetry?,
        })
    }
}

/// Names that begin like ours but are none of ours: most likely misspelled. Worth a warning at start, not a refusal, because
/// orchestrators add variables of their own (`TRADEHALL_PORT=tcp://…` for a service of that name).
pub fn unknown_names(names: impl IntoIterator<Item = String>) -> Vec<String> {
    let is_known = |name: &str| TABLE.iter().flat_map(|group| group.variables).any(|variable| variable.name == name);
    let mut unknown: Vec<String> = names
        .into_iter()
        .filter(|name| name.starts_with("TRADEHALL_") && !name.starts_with("TRADEHALL_TEST_") && !is_known(name))
        .collect();
    unknown.sort();
    unknown
}

fn not_text(variable: &Variable) -> Option<Fault> {
    let value = env::var_os(variable.name)?;
    value.to_str().is_none().then(|| Fault {
        name: variable.name,
        problem: "its value is not valid UTF-8".to_owned(),
        expected: "text in UTF-8".to_owned(),
    })
}
