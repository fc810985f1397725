//! What happens to an import.

use serde::Serialize;

use super::{Counts, ImportKind, ImportPhase, ImportStatus};
use crate::event::DomainEvent;

/// What happens to an import.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(untagged)]
pub enum ImportEvent {
    /// Somebody asked for it.
    Queued {
        /// What it is to read.
        kind: ImportKind,
    },
    /// Its file could be read to the end.
    Started {
        /// How many rows the file has.
        rows: i64,
    },
    /// More of its rows were read.
    Progressed {
        /// What is done with them.
        phase: ImportPhase,
        /// How many rows of the phase are done.
        position: i64,
        /// How they fared.
        counts: Counts,
    },
    /// It ended.
    Finished {
        /// What it read.
        kind: ImportKind,
        /// How it ended.
        status: ImportStatus,
        /// How its rows fared.
        counts: Counts,
    },
}

impl DomainEvent for ImportEvent {
    fn kind(&self) -> &'static str {
        match self {
            Self::Queued { .. } => "IMPORT_QUEUED",
            Self::Started { .. } => "IMPORT_STARTED",
            Self::Progressed { .. } => "IMPORT_PROGRESSED",
            Self::Finished { .. } => "IMPORT_FINISHED",
        }
    }
}
