//! Counts what a request costs the database.

use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

/// Counts the statements that one request sends: data statements, and apart from them the frame around them (begin, scope, commit).
#[derive(Debug, Clone, Default)]
pub struct Meter(Arc<Counts>);

#[derive(Debug, Default)]
struct Counts {
    statements: AtomicU32,
    frames: AtomicU32,
}

impl Meter {
    /// Statements that read or wrote data.
    #[must_use]
    pub fn statements(&self) -> u32 {
        self.0.statements.load(Ordering::Relaxed)
    }

    /// Statements that opened, scoped or closed a transaction.
    #[must_use]
    pub fn frames(&self) -> u32 {
        self.0.frames.load(Ordering::Relaxed)
    }

    pub(crate) fn statement(&self) {
        self.0.statements.fetch_add(1, Ordering::Relaxed);
    }

    pub(crate) fn frame(&self) {
        self.0.frames.fetch_add(1, Ordering::Relaxed);
    }
}
