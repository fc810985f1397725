//! How often something may be tried.

use jiff::{SignedDuration, Timestamp};

/// So many attempts at once, then one more each time an equal share of the window has passed (the generic cell rate algorithm of
/// ITU-T I.371). One stored time per key says it all, and no boundary of a window can be straddled for a double measure.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rate {
    /// Attempts at once.
    pub attempts: u32,
    /// The time over which as many are given back.
    pub window: SignedDuration,
}

impl Rate {
    /// The time that one attempt takes up, in microseconds.
    #[must_use]
    pub fn share_micros(self) -> i64 {
        let window = i64::try_from(self.window.as_micros()).unwrap_or(i64::MAX);
        (window / i64::from(self.attempts.max(1))).max(1)
    }

    /// How far ahead of the present attempts may have taken up time, in microseconds.
    #[must_use]
    pub fn depth_micros(self) -> i64 {
        self.share_micros().saturating_mul(i64::from(self.attempts))
    }

    /// When the next attempt is taken, if attempts have taken up the time until `taken_until`.
    #[must_use]
    pub fn retry_at(self, taken_until: Timestamp) -> Timestamp {
        let wait = SignedDuration::from_micros(self.share_micros() - self.depth_micros());
        taken_until.checked_add(wait).unwrap_or(taken_until)
    }
}
