//! What happens, told to subscribers as it happens.
//!
//! The relay numbers events in the database; [`follow`] reads what has a number, finds out whom each event concerns and tells all
//! subscribers of this process at once. A [`subscriber`] first makes up for what it missed, then listens, and drops what does not
//! concern it without asking the database. What is left is loaded as that subscriber may see it at that moment, in a transaction of
//! its own, and told with everything that the subscription selects.
//!
//! Nothing is promised by memory alone: whoever falls behind, or was away, goes on from the last event it saw.

mod follow;
mod fresh;
mod happening;
mod notice;
mod subscriber;
mod subscription;

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use happening::Happening;
pub use subscription::Subscription;
use tokio::sync::{Mutex, Notify, broadcast};

use crate::app::{App, Error};

/// How many happenings a subscriber may be behind before its stream ends. They are shared, so this bounds memory for all of them.
const BEHIND_MAX: usize = 4_096;

/// Where the subscriptions of one process hear of events.
pub struct Feed {
    told: broadcast::Sender<Arc<Happening>>,
    /// Whether a task follows the database; changed to true only behind the gate.
    following: AtomicBool,
    gate: Mutex<()>,
    nudged: Notify,
}

impl Default for Feed {
    fn default() -> Self {
        let (told, _) = broadcast::channel(BEHIND_MAX);
        Self { told, following: AtomicBool::new(false), gate: Mutex::new(()), nudged: Notify::new() }
    }
}

impl Feed {
    /// There are newly numbered events: no need to wait for the next look.
    pub fn nudge(&self) {
        self.nudged.notify_one();
    }

    /// How many subscriptions listen in this process.
    #[must_use]
    pub fn subscribers(&self) -> usize {
        self.told.receiver_count()
    }
}

/// What happens from now on. The first listener has a task follow the database until the last one has left.
///
/// # Errors
/// When the database is away.
async fn listen(app: &App) -> Result<broadcast::Receiver<Arc<Happening>>, Error> {
    let feed = app.feed();
    let _gate = feed.gate.lock().await;
    if !feed.following.load(Ordering::Acquire) {
        // Before the listener looks for what it missed, so that nothing falls between the two.
        let head = follow::head(app).await?;
        feed.following.store(true, Ordering::Release);
        tokio::spawn(follow::follow(app.clone(), head));
    }
    Ok(feed.told.subscribe())
}
