//! What is due by the clock: requests for quotation whose deadline has come, catalog versions whose time has, certificates that end.

use tradehall_domain::access::{Actor, SystemTask};
use tradehall_persistence::{Meter, rfq};

use super::job::Done;
use crate::app::{App, Error, RequestMeta, Session};
use crate::catalog::wake_documents;
use crate::publishing::go_live_when_due;
use crate::rfq::LapseRfq;

/// How many things of a kind one run takes.
const BATCH: u64 = 100;

/// Does a bounded part of what is due, of each kind, whatever becomes of the others.
///
/// # Errors
/// The first one, after all kinds: that the database is away, or did not see to something in time.
pub async fn run(app: &App) -> Result<Done, Error> {
    let mut all = Done::whole(0);
    let seen_to = [requests(app).await, go_live_when_due(app, BATCH).await, wake_documents(app, BATCH).await];
    for kind in seen_to {
        let (due, count) = kind?;
        all = Done { count: all.count + count, more: all.more || (count > 0 && due == BATCH) };
    }
    Ok(all)
}

/// Ends the time for quotes of the requests whose deadline has passed. Each is a change of its own, so one that fails keeps no
/// other from its end; it is tried again in the next run. Answers how many were due, and how many of them were ended.
///
/// # Errors
/// When the database is away.
async fn requests(app: &App) -> Result<(u64, u64), Error> {
    let market = Actor::system(SystemTask::Timers);
    let tx = app.store().read(market, Meter::default()).await?;
    let due = rfq::due(&tx, tx.now(), BATCH).await?;
    drop(tx);
    let session = Session::new(app.clone(), market, RequestMeta::default(), None);
    let mut count = 0;
    for rfq in &due {
        match session.execute(LapseRfq { rfq: *rfq }).await {
            Ok(_) => count += 1,
            // Another node, or the buyer, was quicker.
            Err(Error::Refused(_) | Error::Conflict(_) | Error::NotFound) => {
                tracing::debug!(%rfq, "its deadline was seen to already");
            }
            Err(error @ Error::Unavailable(_)) => return Err(error),
            Err(error) => tracing::error!(%rfq, %error, "its deadline has passed and it cannot be closed"),
        }
    }
    Ok((due.len() as u64, count))
}
