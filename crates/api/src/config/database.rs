//! Where everything is stored.

use std::{path::PathBuf, time::Duration};

use super::{
    Secret,
    reader::Reader,
    value::{self, Wrong},
    variable::{Group, Variable},
};

const URL: Variable = Variable::defaulted(
    "TRADEHALL_DATABASE_URL",
    "sqlite://data/tradehall.db",
    "The database: `sqlite://PATH` (one process) or `postgres://USER:PASSWORD@HOST/DATABASE` (PostgreSQL 15 or newer).",
)
.secret();
const READ_CONNECTIONS: Variable =
    Variable::defaulted("TRADEHALL_DATABASE_READ_CONNECTIONS", "8", "Connections kept for reading, per process.");
const WRITE_CONNECTIONS: Variable = Variable::defaulted(
    "TRADEHALL_DATABASE_WRITE_CONNECTIONS",
    "16",
    "Connections kept for writing, per process, so that commits can share an fsync; SQLite always has one.",
);
const ACQUIRE_TIMEOUT: Variable = Variable::defaulted(
    "TRADEHALL_DATABASE_ACQUIRE_TIMEOUT",
    "2s",
    "How long a request waits for a connection before it is answered 503.",
);
const STATEMENT_TIMEOUT: Variable = Variable::defaulted(
    "TRADEHALL_DATABASE_STATEMENT_TIMEOUT",
    "10s",
    "How long one statement may run before the database ends it.",
);

pub(super) const GROUP: Group = Group {
    title: "Database",
    variables: &[&URL, &READ_CONNECTIONS, &WRITE_CONNECTIONS, &ACQUIRE_TIMEOUT, &STATEMENT_TIMEOUT],
};

/// The database and how many connections may be open to it.
#[derive(Debug, Clone)]
pub struct Database {
    /// Which engine and where.
    pub url: DatabaseUrl,
    /// Connections for reading.
    pub read_connections: u32,
    /// Connections for writing; meaningless on SQLite, which has one writer.
    pub write_connections: u32,
    /// Longest wait for a connection.
    pub acquire_timeout: Duration,
    /// Longest run of one statement.
    pub statement_timeout: Duration,
}

/// A database by engine.
#[derive(Debug, Clone)]
pub enum DatabaseUrl {
    /// One file, created when it is absent.
    Sqlite(PathBuf),
    /// A connection URL, which may hold a password.
    Postgres(Secret<String>),
}

impl DatabaseUrl {
    /// The URL as a driver takes it. It may hold a password.
    pub fn expose(&self) -> String {
        match self {
            Self::Sqlite(path) => format!("sqlite://{}", path.display()),
            Self::Postgres(url) => url.expose().clone(),
        }
    }

    /// Reads a database URL; the error follows the word "value" in a sentence.
    pub(super) fn parse(text: &str) -> Result<Self, Wrong> {
        let expected = "`sqlite://PATH` or `postgres://USER:PASSWORD@HOST/DATABASE`";
        let Some((scheme, rest)) = text.split_once("://") else {
            // The form without slashes is how drivers spell a database in memory, which two pools cannot share.
            return Err(Wrong::new("is not a URL of a database", expected));
        };
        match scheme {
            "sqlite" if rest.is_empty() => Err(Wrong::new("names no file", expected)),
            "sqlite" if rest.starts_with(":memory:") || rest.contains('?') => {
                Err(Wrong::new("names a database in memory or driver options, which are not supported", expected))
            }
            "sqlite" => Ok(Self::Sqlite(PathBuf::from(rest))),
            "postgres" | "postgresql" if !names_database(rest) => Err(Wrong::new("names no database", expected)),
            "postgres" | "postgresql" => Ok(Self::Postgres(Secret::new(text.to_owned()))),
            _ => Err(Wrong::new("is for an engine that is not supported", expected)),
        }
    }
}

/// Whether `USER@HOST/DATABASE?OPTIONS` has something between the slash and the options.
fn names_database(rest: &str) -> bool {
    let location = rest.split_once('?').map_or(rest, |(location, _)| location);
    location.split_once('/').is_some_and(|(_, database)| !database.is_empty())
}

impl Database {
    pub(super) fn read(reader: &mut Reader<'_>) -> Option<Self> {
        let url = reader.value(&URL, DatabaseUrl::parse);
        let read_connections = reader.value(&READ_CONNECTIONS, value::count(1..=500));
        let write_connections = reader.value(&WRITE_CONNECTIONS, value::count(1..=500));
        let timeouts = Duration::from_millis(10)..=Duration::from_secs(300);
        let acquire_timeout = reader.value(&ACQUIRE_TIMEOUT, value::duration(timeouts.clone()));
        let statement_timeout = reader.value(&STATEMENT_TIMEOUT, value::duration(timeouts));
        Some(Self {
            url: url?,
            read_connections: read_connections?,
            write_connections: write_connections?,
            acquire_timeout: acquire_timeout?,
            statement_timeout: statement_timeout?,
        })
    }
}
