//! Versions whose time has come.

use tradehall_domain::access::{Actor, SystemTask};
use tradehall_domain::problem::Code;
use tradehall_domain::publishing::CatalogVersionId;
use tradehall_persistence::{Meter, publishing};

use super::commands::{HoldCatalogVersion, PublishDueVersion};
use crate::app::{App, Error, RequestMeta, Session};

/// Publishes up to `count` versions whose time has come. One that cannot go live is put back into review, with the reason in its
/// timeline. One that takes longer than it may keeps no other from its time. Answers how many were due and how many of them were
/// seen to.
///
/// # Errors
/// When the database is away, at once; the first version that the database did not see to in time, after all others.
pub async fn go_live(app: &App, count: u64) -> Result<(u64, u64), Error> {
    let market = Actor::system(SystemTask::Timers);
    let tx = app.store().read(market, Meter::default()).await?;
    let due = publishing::version::due(&tx, tx.now(), count).await?;
    drop(tx);
    let session = Session::new(app.clone(), market, RequestMeta::default(), None);
    let (mut done, mut failed) = (0, None);
    for version in &due {
        match publish(&session, *version).await {
            Ok(()) => done += 1,
            // Another node, or the owner, was quicker.
            Err(Error::Refused(_) | Error::Conflict(_) | Error::NotFound) => {
                tracing::debug!(%version, "its time was seen to already");
            }
            Err(error @ Error::Unavailable(_)) => {
                app.store().ping().await?;
                tracing::warn!(%version, %error, "its time has come and it took too long");
                failed.get_or_insert(error);
            }
            Err(error) => tracing::error!(%version, %error, "its time has come and it cannot be published"),
        }
    }
    failed.map_or(Ok((due.len() as u64, done)), Err)
}

async fn publish(session: &Session, version: CatalogVersionId) -> Result<(), Error> {
    match session.execute(PublishDueVersion { version }).await {
        Ok(_) => Ok(()),
        Err(Error::Refused(problems)) => {
            let reason = problems.iter().next().map_or(Code::Invalid, |problem| problem.code);
            session.execute(HoldCatalogVersion { version, reason }).await.map(drop)
        }
        Err(error) => Err(error),
    }
}
