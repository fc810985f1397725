//! A place before each statement where a test stops the process to kill it.

use std::sync::atomic::{AtomicU64, Ordering};

static ARMED_AT: AtomicU64 = AtomicU64::new(u64::MAX);
static PASSED: AtomicU64 = AtomicU64::new(0);

/// From now on, the process stops for good before its `n`th statement (counted from 1) and says so on standard error.
pub fn arm(n: u64) {
    PASSED.store(0, Ordering::SeqCst);
    ARMED_AT.store(n, Ordering::SeqCst);
}

/// How many points were passed since the arming.
#[must_use]
pub fn passed() -> u64 {
    PASSED.load(Ordering::SeqCst)
}

pub(crate) async fn point() {
    let armed = ARMED_AT.load(Ordering::SeqCst);
    if armed == u64::MAX {
        return;
    }
    if PASSED.fetch_add(1, Ordering::SeqCst) + 1 == armed {
        tracing::error!("stopped at fault point {armed}");
        eprintln!("FAULT POINT {armed}");
        std::future::pending::<()>().await;
    }
}
