//! The buyer's wish to cancel an order that the seller has acknowledged: both are bound, so the seller must agree.

use jiff::Timestamp;

use super::{Reason, Remark};
use crate::named;

named! {
    /// What became of a wish to cancel an acknowledged order.
    pub enum CancellationStatus {
        /// The seller has not answered.
        Requested = "REQUESTED",
        /// The seller agreed; the order is cancelled.
        Agreed = "AGREED",
        /// The seller did not agree; the order stands. The buyer may ask again.
        Declined = "DECLINED",
    }
}

/// A wish to cancel. An order keeps the last one; earlier ones stand in its timeline.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cancellation {
    /// What became of it.
    pub status: CancellationStatus,
    /// Why the buyer asks.
    pub reason: Reason,
    /// When the buyer asked.
    pub requested_at: Timestamp,
    /// What the seller said to it.
    pub answer: Option<Remark>,
    /// When the seller answered.
    pub answered_at: Option<Timestamp>,
}

impl Cancellation {
    /// The buyer asks.
    pub(super) const fn request(reason: Reason, now: Timestamp) -> Self {
        Self { status: CancellationStatus::Requested, reason, requested_at: now, answer: None, answered_at: None }
    }

    /// The seller answers.
    pub(super) fn answer(&mut self, status: CancellationStatus, answer: Option<Remark>, now: Timestamp) {
        self.status = status;
        self.answer = answer;
        self.answered_at = Some(now);
    }
}
