//! Certificates of which there is something to tell by the clock.

use tradehall_domain::access::{Actor, SystemTask};
use tradehall_persistence::Meter;
use tradehall_persistence::catalog::document;

use super::commands::WakeDocument;
use crate::app::{App, Error, RequestMeta, Session};

/// Tells of up to `count` certificates that they end soon or have ended. Answers how many were due and of how many it was told.
///
/// # Errors
/// When the database is away.
pub async fn wake(app: &App, count: u64) -> Result<(u64, u64), Error> {
    let market = Actor::system(SystemTask::Timers);
    let tx = app.store().read(market, Meter::default()).await?;
    let due = document::due(&tx, tx.now(), count).await?;
    drop(tx);
    let session = Session::new(app.clone(), market, RequestMeta::default(), None);
    let mut done = 0;
    for document in &due {
        match session.execute(WakeDocument { document: *document }).await {
            Ok(_) => done += 1,
            // Another node was quicker, or its product has other documents by now.
            Err(Error::Refused(_) | Error::Conflict(_) | Error::NotFound) => {}
            Err(error @ Error::Unavailable(_)) => return Err(error),
            Err(error) => tracing::error!(%document, %error, "its certificate is due and nothing can be told of it"),
        }
    }
    Ok((due.len() as u64, done))
}
