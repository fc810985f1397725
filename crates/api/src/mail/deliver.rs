//! Sending what waits to be sent.

use jiff::SignedDuration;
use tradehall_domain::access::{Actor, SystemTask};
use tradehall_domain::named::Named;
use tradehall_persistence::mail::{self, OutgoingMail};
use tradehall_persistence::{Meter, Tx};

use super::mailer::SendError;
use crate::app::{App, Error};

/// How many mails are taken at once.
const BATCH: u64 = 20;

/// How long a worker may take for its batch before another one takes it over.
const LEASE: SignedDuration = SignedDuration::from_mins(10);

/// How often a mail is tried.
const ATTEMPTS_MAX: i64 = 8;

/// Sends the mails that are due, a bounded number of them; the worker calls it again and again. Answers how many are done with. A mail is
/// sent at least once: whoever dies between the sending and the noting of it sends it again, under the same `Message-ID`.
///
/// # Errors
/// When the database is away. A mail that does not leave is tried again later, at longer and longer intervals, and given up after
/// eight attempts (about a day).
pub async fn deliver(app: &App) -> Result<usize, Error> {
    let mut tx = begin(app).await?;
    let taken = mail::take(&mut tx, BATCH, LEASE).await?;
    tx.commit().await?;

    let mut sent = 0;
    for mail in taken {
        let outcome = app.mailer().send(&mail).await;
        let mut tx = begin(app).await?;
        match outcome {
            Ok(()) => {
                sent += 1;
                mail::forget(&mut tx, mail.id).await?;
            }
            Err(SendError::Transient(reason)) if mail.attempts < ATTEMPTS_MAX => {
                tracing::warn!(mail = %mail.id, attempt = mail.attempts, %reason, "a mail did not leave");
                let due = tx.now() + pause(mail.attempts);
                mail::postpone(&mut tx, mail.id, due).await?;
            }
            Err(error) => {
                let OutgoingMail { id, mail, attempts } = mail;
                tracing::error!(mail = %id, language = mail.language.name(), attempts, %error, "a mail is given up");
                mail::forget(&mut tx, id).await?;
            }
        }
        tx.commit().await?;
    }
    Ok(sent)
}

async fn begin(app: &App) -> Result<Tx, Error> {
    Ok(app.store().write(Actor::system(SystemTask::Timers), Meter::default()).await?)
}

/// How long after its `attempts`th attempt a mail is tried again: a minute, four, sixteen … at most six hours.
fn pause(attempts: i64) -> SignedDuration {
    let exponent = u32::try_from(attempts - 1).unwrap_or(0).min(5);
    SignedDuration::from_mins(4_i64.pow(exponent).min(6 * 60))
}

#[cfg(test)]
mod tests {
    use super::pause;

    #[test]
    fn pauses_grow_and_are_bounded() {
        let minutes: Vec<_> = (1..=8).map(|attempt| pause(attempt).as_mins()).collect();
        assert_eq!(minutes, [1, 4, 16, 64, 256, 360, 360, 360]);
    }
}
