//! Whether what states prices is in force, as its seller decided.

use crate::named;

named! {
    /// Whether a price list or promotion is in force, as its seller decided.
    pub enum PriceStatus {
        /// It is being written; nobody is told of it.
        Draft = "DRAFT",
        /// It is in force, within its validity.
        Active = "ACTIVE",
        /// The seller stopped it for now.
        Paused = "PAUSED",
        /// The seller ended it for good.
        Ended = "ENDED",
    }
}

use PriceStatus::{Active, Draft, Ended, Paused};

/// A step from one status to another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StatusStep {
    /// Puts a draft in force.
    Activate,
    /// Stops it for now.
    Pause,
    /// Takes it up again.
    Resume,
    /// Ends it for good.
    End,
}

impl PriceStatus {
    /// The status after `step`; nothing where the step is not open.
    #[must_use]
    pub const fn after(self, step: StatusStep) -> Option<Self> {
        match (self, step) {
            (Draft, StatusStep::Activate) | (Paused, StatusStep::Resume) => Some(Active),
            (Active, StatusStep::Pause) => Some(Paused),
            (Draft | Active | Paused, StatusStep::End) => Some(Ended),
            _ => None,
        }
    }
}
