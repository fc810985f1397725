//! Counting attempts, across all nodes.

use jiff::Timestamp;
use tradehall_domain::identity::Rate;
use uuid::Uuid;

use crate::{StoreError, Tx};

/// Takes up one attempt under `key`. `Some` when there is none left, with the time from which there is one again.
///
/// One statement that the database makes one at a time per key, so that parallel attempts cannot slip past the limit.
///
/// # Errors
/// When the database is away.
pub async fn admit(tx: &mut Tx, key: Uuid, rate: Rate) -> Result<Option<Timestamp>, StoreError> {
    let now = tx.now().as_microsecond();
    let taken = tx
        .run(
            "INSERT INTO attempt_limit (id, taken_until) VALUES ($1, $2)
             ON CONFLICT (id) DO UPDATE SET taken_until =
                 CASE WHEN attempt_limit.taken_until > $3 THEN attempt_limit.taken_until ELSE $3 END + $4
             WHERE attempt_limit.taken_until <= $5",
            [
                key.into(),
                (now + rate.share_micros()).into(),
                now.into(),
                rate.share_micros().into(),
                (now + rate.depth_micros() - rate.share_micros()).into(),
            ],
        )
        .await?;
    if taken > 0 {
        return Ok(None);
    }
    let rows = tx.query("SELECT taken_until FROM attempt_limit WHERE id = $1", [key.into()]).await?;
    let taken_until: i64 = match rows.first() {
        Some(row) => row.try_get_by_index(0)?,
        None => now,
    };
    let taken_until = Timestamp::from_microsecond(taken_until).unwrap_or(tx.now());
    Ok(Some(rate.retry_at(taken_until)))
}

/// Gives one attempt under `key` back: it was no failure.
///
/// # Errors
/// When the database is away.
pub async fn refund(tx: &mut Tx, key: Uuid, rate: Rate) -> Result<(), StoreError> {
    let sql = "UPDATE attempt_limit SET taken_until = taken_until - $2 WHERE id = $1";
    tx.run(sql, [key.into(), rate.share_micros().into()]).await.map(drop)
}

/// Forgets every attempt under `key`.
///
/// # Errors
/// When the database is away.
pub async fn forgive(tx: &mut Tx, key: Uuid) -> Result<(), StoreError> {
    tx.run("DELETE FROM attempt_limit WHERE id = $1", [key.into()]).await.map(drop)
}
