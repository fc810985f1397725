//! Keeping a job going, whatever happens in it.

use std::panic::AssertUnwindSafe;
use std::time::Duration;

use futures_util::FutureExt as _;
use tokio::sync::watch;
use tokio::time::sleep;

use super::job::{Done, Job};
use crate::app::App;

/// The pause between two runs of a job that has more to do. Commits that come one by one are thereby taken together, which spares
/// the embedded database a write of its own for each.
const BREATH: Duration = Duration::from_millis(20);

/// The pause after the first failure; it doubles with each further one.
const FIRST_PAUSE: Duration = Duration::from_secs(1);

/// The longest pause after a failure.
const LONGEST_PAUSE: Duration = Duration::from_secs(60);

/// Runs `job` again and again until the worker stops. An error or a panic costs a pause, never the job.
pub async fn going(job: Job, app: App, mut stopping: watch::Receiver<bool>) {
    let wake = app.store().wake();
    let mut failures = 0;
    loop {
        let (pause, woken) = match AssertUnwindSafe(job.run(&app)).catch_unwind().await {
            Ok(Ok(Done { count, more })) => {
                failures = 0;
                if count > 0 {
                    tracing::debug!(job = job.name(), count, "done");
                }
                if more { (BREATH, false) } else { (job.every(), job.is_woken()) }
            }
            Ok(Err(error)) => {
                failures += 1;
                tracing::error!(job = job.name(), failures, %error, "a job failed and is tried again");
                (pause_after(failures), false)
            }
            Err(_panic) => {
                failures += 1;
                tracing::error!(job = job.name(), failures, "a job panicked and is tried again");
                (pause_after(failures), false)
            }
        };
        let due = async {
            tokio::select! {
                () = sleep(pause) => {}
                () = wake.wait(), if woken => sleep(BREATH.min(pause)).await,
            }
        };
        tokio::select! {
            biased;
            // An error says that the worker is gone, which is the same.
            _ = stopping.wait_for(|stopping| *stopping) => return,
            () = due => {}
        }
    }
}

/// How long to wait after that many failures in a row.
fn pause_after(failures: u32) -> Duration {
    let doubled = 2_u32.saturating_pow(failures.saturating_sub(1));
    FIRST_PAUSE.saturating_mul(doubled).min(LONGEST_PAUSE)
}

#[cfg(test)]
mod tests {
    use super::pause_after;

    #[test]
    fn pauses_double_and_are_bounded() {
        let pauses: Vec<_> = [1, 2, 3, 6, 7, 8, 100, u32::MAX].map(|n| pause_after(n).as_secs()).into();
        assert_eq!(pauses, [1, 2, 4, 32, 60, 60, 60, 60]);
    }
}
