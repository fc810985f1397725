//! The jobs: what each does in one run, and how often it runs.

use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use tradehall_domain::access::{Actor, SystemTask};
use tradehall_persistence::{Meter, idempotency};

use super::{agreement, deadline, relay};
use crate::app::{App, Error};
use crate::{attachment, export, identity, import, mail};

/// How long a client may repeat a request under the same key and be told the first result. Clients are promised a day.
const RECEIPTS_KEPT: SignedDuration = SignedDuration::from_hours(48);

/// One kind of work.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Job {
    /// Numbers and chains the events that were committed.
    Relay,
    /// Does what is due by the clock.
    Deadlines,
    /// Sees to the end of framework agreements.
    Agreements,
    /// Carries imports on.
    Imports,
    /// Writes exports.
    Exports,
    /// Sends the mails that wait.
    Mail,
    /// Drops uploads that never came and bytes without a file.
    Files,
    /// Forgets logins, sign-ups and resets that have ended.
    Logins,
    /// Forgets idempotency keys that no client repeats any more.
    Receipts,
}

impl Job {
    /// All of them, in the order in which [`step`](super::step()) does them: the relay last, so that it numbers what the others did.
    pub const ALL: [Self; 9] = [
        Self::Deadlines,
        Self::Agreements,
        Self::Imports,
        Self::Exports,
        Self::Mail,
        Self::Files,
        Self::Logins,
        Self::Receipts,
        Self::Relay,
    ];

    /// What logs call it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Relay => "relay",
            Self::Deadlines => "deadlines",
            Self::Agreements => "agreements",
            Self::Imports => "imports",
            Self::Exports => "exports",
            Self::Mail => "mail",
            Self::Files => "files",
            Self::Logins => "logins",
            Self::Receipts => "receipts",
        }
    }

    /// The pause after a run that leaves nothing behind.
    pub const fn every(self) -> Duration {
        match self {
            // This process's commits wake it; those of other nodes wait for this.
            Self::Relay => Duration::from_millis(500),
            Self::Deadlines | Self::Agreements | Self::Imports | Self::Exports => Duration::from_secs(1),
            Self::Mail => Duration::from_secs(2),
            Self::Files | Self::Logins | Self::Receipts => Duration::from_hours(1),
        }
    }

    /// Whether a commit of this process ends the pause.
    pub const fn is_woken(self) -> bool {
        matches!(self, Self::Relay)
    }

    /// Does a bounded part of what is due.
    ///
    /// # Errors
    /// When the database, or whatever else the job needs, is away. What was done until then stays done.
    pub async fn run(self, app: &App) -> Result<Done, Error> {
        match self {
            Self::Relay => relay::run(app).await,
            Self::Deadlines => deadline::run(app).await,
            Self::Agreements => agreement::run(app).await,
            Self::Imports => import::carry_on(app).await.map(|did| Done::until_none(u64::from(did))),
            Self::Exports => export::carry_on(app).await.map(|did| Done::until_none(u64::from(did))),
            Self::Mail => mail::deliver(app).await.map(|sent| Done::until_none(sent as u64)),
            Self::Files => {
                let swept = attachment::sweep(app).await?;
                Ok(Done::until_none(swept.uploads + swept.attachments + swept.contents))
            }
            Self::Logins => identity::sweep(app).await.map(Done::whole),
            Self::Receipts => receipts(app).await.map(Done::whole),
        }
    }
}

/// What one run did.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Done {
    /// How many things.
    pub count: u64,
    /// Whether another run may find more at once.
    pub more: bool,
}

impl Done {
    /// Everything that was due.
    pub const fn whole(count: u64) -> Self {
        Self { count, more: false }
    }

    /// A part, if it was anything: a run that finds nothing tells the end.
    pub const fn until_none(count: u64) -> Self {
        Self { count, more: count > 0 }
    }
}

async fn receipts(app: &App) -> Result<u64, Error> {
    let mut tx = app.store().write(Actor::system(SystemTask::Timers), Meter::default()).await?;
    let limit = tx.now().saturating_sub(RECEIPTS_KEPT).unwrap_or(Timestamp::MIN);
    let forgotten = idempotency::forget(&mut tx, limit).await?;
    tx.commit().await?;
    Ok(forgotten)
}
