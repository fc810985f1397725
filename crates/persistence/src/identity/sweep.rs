//! Forgetting what opens nothing any more.

use jiff::{SignedDuration, Timestamp};

use crate::{StoreError, Tx};

/// How long after its end a row is kept, so that a late use is still told apart from rubbish.
const KEPT: SignedDuration = SignedDuration::from_hours(30 * 24);

/// Removes ended logins with their refresh tokens, expired sign-ups and resets, and counts of attempts that count no more. Answers
/// how many rows. Keys that sign tokens stay: they are few, and each tells when it counted.
///
/// # Errors
/// When the database is away.
pub async fn sweep(tx: &mut Tx, now: Timestamp) -> Result<u64, StoreError> {
    let limit = now.checked_sub(KEPT).unwrap_or(now).as_microsecond();
    let mut swept = 0;
    for (sql, before) in [
        ("DELETE FROM login WHERE expires_at < $1", limit),
        ("DELETE FROM registration WHERE expires_at < $1", limit),
        ("DELETE FROM password_reset WHERE expires_at < $1", limit),
        ("DELETE FROM attempt_limit WHERE taken_until < $1", now.as_microsecond()),
    ] {
        swept += tx.run(sql, [before.into()]).await?;
    }
    Ok(swept)
}
