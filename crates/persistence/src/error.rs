//! What can go wrong between us and the database, and what it means.

use sea_orm::{DbErr, RuntimeErr};
use tradehall_domain::problem::Problem;

/// Why the store did not do what was asked.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The row is not there, or not for this actor: the two look the same.
    #[error("not found")]
    NotFound,
    /// Somebody else changed the row since it was read.
    #[error("changed by someone else")]
    Stale,
    /// A rule of uniqueness refused the write.
    #[error("conflict: {0:?}")]
    Conflict(Conflict),
    /// No connection in time, or the database is away. Worth another try.
    #[error("the database is not available: {0}")]
    Unavailable(#[source] DbErr),
    /// Two transactions got in each other's way. Worth another try at once.
    #[error("serialization failure or deadlock")]
    Collision,
    /// A statement for a tenant answers more than [`ROWS_MAX`](crate::ROWS_MAX) rows.
    #[error("more rows than one request may read")]
    TooManyRows,
    /// A cursor that was not made by this list.
    #[error("malformed cursor")]
    Cursor,
    /// What is stored contradicts what is true.
    #[error("{0}")]
    Corrupt(String),
    /// The search index cannot be read or written, or is not kept in this process.
    #[error("search: {0}")]
    Search(String),
    /// Anything else: a fault of ours.
    #[error("database: {0}")]
    Database(#[source] DbErr),
}

/// Which rule of uniqueness a write broke, by the name of its index. On SQLite the index is found by its columns.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Conflict {
    /// `table.column` of the first column that must be unique besides the tenant, or the constraint's name on PostgreSQL.
    pub constraint: String,
}

impl Conflict {
    /// Whether the broken rule is the unique index `name` over `columns` of `table`.
    #[must_use]
    pub fn is(&self, name: &str) -> bool {
        self.constraint == name
    }
}

/// What is stored was parsed when it came in; if it does not parse now, somebody changed it by another way.
impl From<Problem> for StoreError {
    fn from(problem: Problem) -> Self {
        Self::Corrupt(problem.to_string())
    }
}

impl From<tantivy::TantivyError> for StoreError {
    fn from(error: tantivy::TantivyError) -> Self {
        Self::Search(error.to_string())
    }
}

impl From<DbErr> for StoreError {
    fn from(error: DbErr) -> Self {
        match &error {
            DbErr::ConnectionAcquire(_) | DbErr::Conn(_) => Self::Unavailable(error),
            DbErr::Exec(RuntimeErr::SqlxError(e)) | DbErr::Query(RuntimeErr::SqlxError(e)) => match e.as_ref() {
                sqlx::Error::PoolTimedOut | sqlx::Error::PoolClosed | sqlx::Error::Io(_) => Self::Unavailable(error),
                sqlx::Error::Database(d) if is_away(d.as_ref()) => Self::Unavailable(error),
                sqlx::Error::Database(d) => classify(d.as_ref()).unwrap_or(Self::Database(error)),
                _ => Self::Database(error),
            },
            _ => Self::Database(error),
        }
    }
}

/// Whether PostgreSQL says that it ends, starts, takes nobody or is too busy: class 08 (connection exception), too_many_connections,
/// admin_shutdown, crash_shutdown, cannot_connect_now, and query_canceled, which is a statement beyond its time.
fn is_away(error: &dyn sqlx::error::DatabaseError) -> bool {
    let code = error.code().unwrap_or_default();
    code.len() == 5
        && (code.starts_with("08") || matches!(code.as_ref(), "53300" | "57014" | "57P01" | "57P02" | "57P03"))
}

fn classify(error: &dyn sqlx::error::DatabaseError) -> Option<StoreError> {
    if error.is_unique_violation() {
        let constraint = match error.constraint() {
            Some(name) => name.to_owned(),
            None => sqlite_constraint(error.message()),
        };
        return Some(StoreError::Conflict(Conflict { constraint }));
    }
    match error.code().as_deref() {
        // serialization_failure, deadlock_detected
        Some("40001" | "40P01") => Some(StoreError::Collision),
        // SQLITE_BUSY and its extended codes
        Some("5" | "261" | "517") => Some(StoreError::Collision),
        _ => None,
    }
}

/// `UNIQUE constraint failed: user_account.email` as `user_account_email_key`, the name that PostgreSQL gives the same rule.
///
/// Unique indexes are therefore named `<table>_<columns>_key` in both migrations.
fn sqlite_constraint(message: &str) -> String {
    let columns = message.rsplit(": ").next().unwrap_or_default();
    let mut name = String::new();
    for column in columns.split(", ") {
        match column.split_once('.') {
            Some((table, column)) if name.is_empty() => name = format!("{table}_{column}"),
            Some((_, column)) => {
                name.push('_');
                name.push_str(column);
            }
            // An index over an expression is reported by its own name: `index 'name'`.
            None => return column.trim_start_matches("index ").trim_matches('\'').to_owned(),
        }
    }
    name + "_key"
}

#[cfg(test)]
mod tests {
    use super::sqlite_constraint;

    #[test]
    fn sqlite_names_a_rule_as_postgres_does() {
        assert_eq!(
            sqlite_constraint("UNIQUE constraint failed: venue.owner_id, venue.slug"),
            "venue_owner_id_slug_key"
        );
        assert_eq!(
            sqlite_constraint("UNIQUE constraint failed: index 'user_account_email_key'"),
            "user_account_email_key"
        );
    }
}
