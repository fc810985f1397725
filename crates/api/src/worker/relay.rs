//! Numbering events, so that they can be handed out.

use tradehall_domain::access::{Actor, SystemTask};
use tradehall_persistence::Meter;
use tradehall_persistence::event::relay;

use super::job::Done;
use crate::app::{App, Error};

/// Numbers and chains a bounded number of events, and tells this process's subscriptions.
///
/// # Errors
/// When the database is away.
pub async fn run(app: &App) -> Result<Done, Error> {
    let mut tx = app.store().write(Actor::system(SystemTask::Relay), Meter::default()).await?;
    let numbered = relay::number(&mut tx).await?;
    // Committing nothing would still tell everybody of a commit, and so bring us back here at once, for ever.
    if numbered > 0 {
        tx.commit().await?;
        app.feed().nudge();
    }
    Ok(Done::until_none(numbered as u64))
}
