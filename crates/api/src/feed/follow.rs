//! Following the numbered events of the database.

use std::panic::AssertUnwindSafe;
use std::sync::Arc;
use std::time::Duration;

use futures_util::FutureExt as _;
use tokio::time::sleep;
use tradehall_domain::access::{Actor, SystemTask};
use tradehall_persistence::event::relay;
use tradehall_persistence::{Meter, Tx};

use super::Told;
use super::happening::{Happening, witnessed};
use crate::app::{App, Error};

/// How many events are read at once.
const PAGE: u64 = 500;

/// How often to look for events that other nodes have numbered.
const LOOK_EVERY: Duration = Duration::from_millis(300);

/// The pause after a look that failed.
const FAILURE_PAUSE: Duration = Duration::from_secs(5);

/// A run of events.
pub struct Stretch {
    /// Those that concern subscriptions, in order.
    pub happenings: Vec<Arc<Happening>>,
    /// The position of the last event, whether it concerns anybody or not.
    pub reached: i64,
    /// Whether there may be more.
    pub full: bool,
}

/// The events after `position`, at most [`PAGE`].
///
/// # Errors
/// When the database is away.
pub async fn read(app: &App, position: i64) -> Result<Stretch, Error> {
    let tx = begin(app).await?;
    let events = relay::after(&tx, position, PAGE).await?;
    let full = events.len() as u64 == PAGE;
    let reached = events.last().and_then(|event| event.position).unwrap_or(position);
    let happenings = witnessed(&tx, events).await?.into_iter().map(Arc::new).collect();
    Ok(Stretch { happenings, reached, full })
}

/// The position of the newest event.
///
/// # Errors
/// When the database is away.
pub async fn head(app: &App) -> Result<i64, Error> {
    Ok(relay::head(&begin(app).await?).await?)
}

/// A transaction that reads every event, and whom it concerns.
///
/// # Errors
/// When the database is away.
pub async fn begin(app: &App) -> Result<Tx, Error> {
    Ok(app.store().read(Actor::system(SystemTask::Relay), Meter::default()).await?)
}

/// Tells this process's subscribers of every event after `position`, until there are none of them left.
pub async fn follow(app: App, told: Told, mut position: i64) {
    loop {
        let pause = match AssertUnwindSafe(read(&app, position)).catch_unwind().await {
            Ok(Ok(stretch)) => {
                position = stretch.reached;
                for happening in stretch.happenings {
                    // An error says that nobody listens, which is seen below.
                    let _ = told.send(happening);
                }
                if stretch.full { Duration::ZERO } else { LOOK_EVERY }
            }
            Ok(Err(error)) => {
                tracing::error!(%error, position, "events cannot be followed");
                FAILURE_PAUSE
            }
            Err(_panic) => {
                tracing::error!(position, "following events panicked");
                FAILURE_PAUSE
            }
        };
        let gate = app.feed().gate.lock().await;
        if told.receiver_count() == 0 {
            // Behind the gate, so that a listener who comes now has another task started.
            drop(told);
            return;
        }
        drop(gate);
        tokio::select! {
            () = sleep(pause) => {}
            () = app.feed().nudged.notified(), if pause == LOOK_EVERY => {}
        }
    }
}
