//! What happens to an order. Both sides read it in their timelines.

use serde::Serialize;
use uuid::Uuid;

use super::{OrderNumber, OrderOrigin, Reason, Remark};
use crate::event::DomainEvent;
use crate::money::Money;

/// What happens to an order.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(untagged)]
pub enum OrderEvent {
    /// It was placed.
    Placed {
        /// What people call it.
        number: OrderNumber,
        /// What kind of thing made it.
        origin: OrderOrigin,
        /// Which one.
        origin_id: Uuid,
        /// How many lines it has.
        lines: usize,
        /// What they add up to.
        total: Money,
    },
    /// The seller took it on.
    Acknowledged {
        /// How many lines got a promised date.
        promises: usize,
        /// What the seller said.
        remark: Option<Remark>,
    },
    /// The seller did not take it on.
    Rejected {
        /// Why.
        reason: Reason,
    },
    /// The buyer took it back before the seller had answered.
    Cancelled {
        /// Why.
        reason: Reason,
    },
    /// The buyer asked the seller to agree to a cancellation.
    CancellationRequested {
        /// Why.
        reason: Reason,
    },
    /// The seller agreed: the order is cancelled.
    CancellationAgreed {
        /// What the seller said.
        answer: Option<Remark>,
    },
    /// The seller did not agree: the order stands.
    CancellationDeclined {
        /// Why not.
        answer: Remark,
    },
}

impl DomainEvent for OrderEvent {
    fn kind(&self) -> &'static str {
        match self {
            Self::Placed { .. } => "ORDER_PLACED",
            Self::Acknowledged { .. } => "ORDER_ACKNOWLEDGED",
            Self::Rejected { .. } => "ORDER_REJECTED",
            Self::Cancelled { .. } => "ORDER_CANCELLED",
            Self::CancellationRequested { .. } => "ORDER_CANCELLATION_REQUESTED",
            Self::CancellationAgreed { .. } => "ORDER_CANCELLATION_AGREED",
            Self::CancellationDeclined { .. } => "ORDER_CANCELLATION_DECLINED",
        }
    }
}
