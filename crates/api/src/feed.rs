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

use std::sync::{Arc, PoisonError};

use happening::Happening;
pub use subscription::Subscription;
use tokio::sync::{Notify, broadcast};

use crate::app::{App, Error};

/// How many happenings a subscriber may be behind before its stream ends. They are shared, so this bounds memory for all of them.
const BEHIND_MAX: usize = 4_096;

type Told = broadcast::Sender<Arc<Happening>>;

/// Where the subscriptions of one process hear of events.
#[derive(Default)]
pub struct Feed {
    /// Held for good by the task that follows the database, and by nobody else: should that task end, so do the streams that it
    /// fed, and their clients go on elsewhere.
    told: std::sync::Mutex<Option<broadcast::WeakSender<Arc<Happening>>>>,
    /// Behind it, the task is started and ends.
    gate: tokio::sync::Mutex<()>,
    nudged: Notify,
}

impl Feed {
    /// There are newly numbered events: no need to wait for the next look.
    pub fn nudge(&self) {
        self.nudged.notify_one();
    }

    /// How many subscriptions listen in this process.
    #[must_use]
    pub fn subscribers(&self) -> usize {
        self.told().map_or(0, |told| told.receiver_count())
    }

    fn told(&self) -> Option<Told> {
        self.told.lock().unwrap_or_else(PoisonError::into_inner).as_ref()?.upgrade()
    }
}

/// What happens from now on. The first listener has a task follow the database until the last one has left.
///
/// # Errors
/// When the database is away.
async fn listen(app: &App) -> Result<broadcast::Receiver<Arc<Happening>>, Error> {
    let feed = app.feed();
    let _gate = feed.gate.lock().await;
    if let Some(told) = feed.told() {
        return Ok(told.subscribe());
    }
    // Before the listener looks for what it missed, so that nothing falls between the two.
    let head = follow::head(app).await?;
    let (told, heard) = broadcast::channel(BEHIND_MAX);
    *feed.told.lock().unwrap_or_else(PoisonError::into_inner) = Some(told.downgrade());
    tokio::spawn(follow::follow(app.clone(), told, head));
    Ok(heard)
}
