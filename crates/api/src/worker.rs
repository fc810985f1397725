//! What happens without anybody asking: events are numbered, deadlines pass, mails leave, what nobody needs is dropped.
//!
//! Every node may run a worker; they do no harm to each other, because each piece of work is taken under a lock or can be done
//! twice. A test does not start one: it calls [`step`].

mod agreement;
mod deadline;
mod job;
mod keep;
mod relay;
mod step;

use job::Job;
pub use step::{Did, step};
use tokio::sync::watch;
use tokio::task::JoinSet;

use crate::app::App;

/// A running worker. Dropping it ends its work where it stands, which rolls back what was not committed; [`Worker::stop`] lets it
/// finish first.
#[derive(Debug)]
pub struct Worker {
    jobs: JoinSet<()>,
    stopping: watch::Sender<bool>,
}

impl Worker {
    /// Starts every job in a task of its own, so that none waits for another. Needs a tokio runtime.
    #[must_use]
    pub fn start(app: App) -> Self {
        let (stopping, stopped) = watch::channel(false);
        let mut jobs = JoinSet::new();
        for job in Job::ALL {
            jobs.spawn(keep::going(job, app.clone(), stopped.clone()));
        }
        Self { jobs, stopping }
    }

    /// Takes on nothing more and returns when what is under way is done.
    pub async fn stop(mut self) {
        self.stopping.send_replace(true);
        // A task ends with its loop or, at worst, by a panic that was reported by the hook.
        while self.jobs.join_next().await.is_some() {}
    }
}
