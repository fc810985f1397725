//! Everything that is due, once.

use tradehall_persistence::search;

use super::job::Job;
use crate::app::{App, Error};

/// What was due and is done.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Did {
    /// Events that were numbered.
    pub events: u64,
    /// Requests whose deadline had passed, and catalog versions whose time had come.
    pub deadlines: u64,
    /// Mails that left.
    pub mails: u64,
    /// Uploads, files and contents that were dropped.
    pub files: u64,
    /// Logins, sign-ups and resets that were forgotten.
    pub logins: u64,
    /// Idempotency keys that were forgotten.
    pub receipts: u64,
}

/// Does everything that is due now, and returns when nothing is left: for tests, whose clock stands still, and for an operator who
/// lets a scheduler call it.
///
/// # Errors
/// The first error; the other jobs are done all the same.
pub async fn step(app: &App) -> Result<Did, Error> {
    let mut did = Did::default();
    let mut outcome = Ok(());
    for job in Job::ALL {
        let done = finish(job, app, did.count(job)).await;
        outcome = outcome.and(done);
    }
    // After the relay: the index goes by the positions that it gives.
    let searched = follow(app).await;
    outcome.and(searched).map(|()| did)
}

/// Brings this process's index up to date, if it keeps one.
async fn follow(app: &App) -> Result<(), Error> {
    while search::follow(app.store()).await?.more {}
    Ok(())
}

async fn finish(job: Job, app: &App, count: &mut u64) -> Result<(), Error> {
    loop {
        let done = job.run(app).await?;
        *count += done.count;
        if !done.more {
            return Ok(());
        }
    }
}

impl Did {
    const fn count(&mut self, job: Job) -> &mut u64 {
        match job {
            Job::Relay => &mut self.events,
            Job::Deadlines => &mut self.deadlines,
            Job::Mail => &mut self.mails,
            Job::Files => &mut self.files,
            Job::Logins => &mut self.logins,
            Job::Receipts => &mut self.receipts,
        }
    }
}
