//! Keeping this process's index up with the database while it serves.

use std::panic::AssertUnwindSafe;
use std::time::Duration;

use futures_util::FutureExt as _;
use tokio::sync::watch;
use tokio::task::JoinHandle;
use tokio::time::sleep;
use tradehall_persistence::search;

use crate::app::App;

/// How often to look for events; at most that long, and the pause of the relay, a change is not found.
const LOOK_EVERY: Duration = Duration::from_millis(200);

/// The pause after a failure.
const FAILURE_PAUSE: Duration = Duration::from_secs(5);

/// The task. Dropping it ends it where it stands, which loses nothing that was committed.
#[derive(Debug)]
pub struct Follower {
    task: JoinHandle<()>,
    stopping: watch::Sender<bool>,
}

impl Follower {
    /// Starts to follow. Needs a tokio runtime.
    #[must_use]
    pub fn start(app: App) -> Self {
        let (stopping, stopped) = watch::channel(false);
        Self { task: tokio::spawn(follow(app, stopped)), stopping }
    }

    /// Returns when what is under way is committed.
    pub async fn stop(self) {
        self.stopping.send_replace(true);
        // It ends with its loop; a panic in it was caught and told.
        let _ = self.task.await;
    }
}

async fn follow(app: App, mut stopping: watch::Receiver<bool>) {
    let mut building = false;
    loop {
        let pause = match AssertUnwindSafe(search::follow(app.store())).catch_unwind().await {
            Ok(Ok(followed)) => {
                if followed.products > 0 {
                    tracing::debug!(products = followed.products, "indexed");
                }
                if building != followed.building {
                    building = followed.building;
                    tracing::info!(building, "the search index is built from the database");
                }
                if followed.more { Duration::ZERO } else { LOOK_EVERY }
            }
            Ok(Err(error)) => {
                tracing::error!(%error, "the search index cannot follow the database");
                FAILURE_PAUSE
            }
            Err(_panic) => {
                tracing::error!("following the database panicked");
                FAILURE_PAUSE
            }
        };
        tokio::select! {
            biased;
            // An error says that the owner is gone, which is the same.
            _ = stopping.wait_for(|stopping| *stopping) => return,
            () = sleep(pause) => {}
        }
    }
}
