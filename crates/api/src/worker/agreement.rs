//! Framework agreements whose end has come.

use tradehall_domain::access::{Actor, SystemTask};
use tradehall_persistence::{Meter, agreement};

use super::job::Done;
use crate::agreement::SettleAgreement;
use crate::app::{App, Error, RequestMeta, Session};

/// How many agreements one run takes.
const BATCH: u64 = 100;

/// Sees to the end of the agreements that have ended: each is a change of its own, so one that fails keeps no other from its end; it is
/// tried again in the next run.
///
/// # Errors
/// When the database is away.
pub async fn run(app: &App) -> Result<Done, Error> {
    let market = Actor::system(SystemTask::Timers);
    let tx = app.store().read(market, Meter::default()).await?;
    let due = agreement::due(&tx, tx.now(), BATCH).await?;
    drop(tx);
    let session = Session::new(app.clone(), market, RequestMeta::default(), None);
    let mut count = 0;
    for agreement in &due {
        match session.execute(SettleAgreement { agreement: *agreement }).await {
            Ok(_) => count += 1,
            // Another node was quicker, or its end was put off.
            Err(Error::Refused(_) | Error::Conflict(_) | Error::NotFound) => {
                tracing::debug!(%agreement, "its end was seen to already");
            }
            Err(error @ Error::Unavailable(_)) => return Err(error),
            Err(error) => tracing::error!(%agreement, %error, "its end has come and cannot be seen to"),
        }
    }
    Ok(Done { count, more: count > 0 && due.len() as u64 == BATCH })
}
