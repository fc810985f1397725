//! Rows that end and never change, so that what decided something at a time is found later: prices, and the terms of lists,
//! promotions and offers. A row stands from `recorded_at` on, that moment included, until `ended_at`, that one excluded.

use jiff::Timestamp;
use sea_orm::Value;

use crate::{Engine, StoreError, Tx};

/// Ends the standing rows of `table` that `which` means at `at`, but none before its begin. `which` is a condition whose parameters are
/// `values`, from `$2` on. Answers from when on that which takes their place is recorded: not before `at`, nor before any of their ends.
///
/// A transaction knows its time before it waits for its turn, so whoever had the turn before may have a later one; and so may another
/// node, whose clock is not ours.
pub(crate) async fn end(
    tx: &mut Tx,
    table: &str,
    at: Timestamp,
    which: &str,
    values: impl IntoIterator<Item = Value>,
) -> Result<Timestamp, StoreError> {
    let later = match tx.engine() {
        Engine::Postgres => "greatest",
        Engine::Sqlite => "max",
    };
    let sql = format!(
        "UPDATE {table} SET ended_at = {later}($1, recorded_at) WHERE ended_at IS NULL AND {which} RETURNING ended_at"
    );
    let values = std::iter::once(at.as_microsecond().into()).chain(values);
    let mut from = at.as_microsecond();
    for row in tx.query(&sql, values).await? {
        from = from.max(row.try_get_by_index(0)?);
    }
    Timestamp::from_microsecond(from).map_err(|error| StoreError::Corrupt(error.to_string()))
}
