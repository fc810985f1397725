//! What happens to a request.

use jiff::Timestamp;
use serde::Serialize;

use crate::event::DomainEvent;
use crate::text::Prose;

/// What happens to a request.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(untagged)]
pub enum RfqEvent {
    /// It was drafted.
    Drafted,
    /// The draft changed.
    Amended,
    /// Sellers were asked.
    Published {
        /// Until when they can quote.
        deadline: Timestamp,
    },
    /// Sellers got more time.
    Extended {
        /// Until when they can quote now.
        deadline: Timestamp,
    },
    /// No more quotes are taken.
    Closed {
        /// Whether the buyer closed it before its deadline.
        early: bool,
    },
    /// The sealed quotes were opened.
    Opened,
    /// The quotes are being compared.
    EvaluationStarted,
    /// It was awarded.
    Awarded {
        /// Whether every line was awarded in full.
        whole: bool,
        /// How many orders that placed.
        orders: usize,
    },
    /// It was given to nobody.
    NotAwarded {
        /// Why.
        reason: Prose<4000>,
    },
    /// It was called off.
    Cancelled {
        /// Why.
        reason: Prose<4000>,
    },
}

impl DomainEvent for RfqEvent {
    fn kind(&self) -> &'static str {
        match self {
            Self::Drafted => "RFQ_DRAFTED",
            Self::Amended => "RFQ_AMENDED",
            Self::Published { .. } => "RFQ_PUBLISHED",
            Self::Extended { .. } => "RFQ_EXTENDED",
            Self::Closed { .. } => "RFQ_CLOSED",
            Self::Opened => "RFQ_OPENED",
            Self::EvaluationStarted => "RFQ_EVALUATION_STARTED",
            Self::Awarded { .. } => "RFQ_AWARDED",
            Self::NotAwarded { .. } => "RFQ_NOT_AWARDED",
            Self::Cancelled { .. } => "RFQ_CANCELLED",
        }
    }
}
