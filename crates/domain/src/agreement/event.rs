//! What happens to an agreement. Both sides read it once it was offered.

use jiff::Timestamp;
use serde::Serialize;

use super::{AgreementId, AgreementLineId, ContentHash, Reason};
use crate::event::DomainEvent;
use crate::money::Money;
use crate::order::{OrderId, OrderNumber};
use crate::quantity::Quantity;
use crate::side::Side;
use crate::unit::Unit;

/// What happens to an agreement.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(untagged)]
pub enum AgreementEvent {
    /// Its first version was written; only its drafter is told.
    Drafted {
        /// By whom.
        by: Side,
    },
    /// The draft was rewritten; only its drafter is told.
    DraftRevised,
    /// It was offered.
    Offered {
        /// By whom.
        by: Side,
        /// Which version.
        number: i64,
    },
    /// The offer was answered by another one.
    Countered {
        /// By whom.
        by: Side,
        /// Which version.
        number: i64,
    },
    /// The offer was accepted: both sides are bound.
    Accepted {
        /// By whom.
        by: Side,
        /// Which version.
        number: i64,
        /// What names its content.
        hash: ContentHash,
    },
    /// The other side said no.
    Declined {
        /// Who.
        by: Side,
        /// Why.
        reason: Reason,
    },
    /// The offer was taken back.
    Withdrawn {
        /// By whom; by the market where it had become pointless.
        by: Option<Side>,
    },
    /// The seller stopped it for now.
    Suspended {
        /// Why.
        reason: Reason,
    },
    /// The seller took it up again.
    Resumed,
    /// It will not go on by itself.
    NoticeGiven {
        /// Who said so.
        by: Side,
    },
    /// One side ends it before its time.
    TerminationDeclared {
        /// Who.
        by: Side,
        /// Why.
        reason: Reason,
        /// When it ends.
        effective_at: Timestamp,
    },
    /// It has ended before its time.
    Terminated,
    /// Its validity has ended.
    Expired,
    /// Another goes on from it.
    Renewed {
        /// Which one.
        successor: AgreementId,
    },
    /// It goes on from another by itself: both sides are bound.
    RenewedByItself {
        /// From which one.
        predecessor: AgreementId,
    },
    /// The buyer called off.
    CalledOff {
        /// By which order.
        order: OrderId,
        /// What people call that order.
        number: OrderNumber,
        /// How many lines the order has.
        lines: usize,
        /// What they add up to.
        total: Money,
    },
    /// What was called off will not be delivered and can be called off again.
    GivenBack {
        /// Of which order.
        order: OrderId,
        /// How many of its lines.
        lines: usize,
        /// What they would have cost.
        total: Money,
    },
    /// It has ended and less was called off than was promised.
    CommitmentMissed {
        /// The promised least amount, where that was missed.
        committed: Option<Money>,
        /// What was called off in all.
        called_off: Money,
        /// The lines whose promised least was missed.
        lines: Vec<MissedLine>,
    },
}

/// A line of which less was called off than was promised.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct MissedLine {
    /// Which line.
    pub line: AgreementLineId,
    /// What was promised.
    pub commitment: Quantity,
    /// What was called off; null for nothing.
    pub called_off: Option<Quantity>,
    /// What the two count.
    pub unit: Unit,
}

impl AgreementEvent {
    /// Whether only the drafter is told of it.
    #[must_use]
    pub const fn is_private(&self) -> bool {
        matches!(self, Self::Drafted { .. } | Self::DraftRevised)
    }
}

impl DomainEvent for AgreementEvent {
    fn kind(&self) -> &'static str {
        match self {
            Self::Drafted { .. } => "AGREEMENT_DRAFTED",
            Self::DraftRevised => "AGREEMENT_DRAFT_REVISED",
            Self::Offered { .. } => "AGREEMENT_OFFERED",
            Self::Countered { .. } => "AGREEMENT_COUNTERED",
            Self::Accepted { .. } => "AGREEMENT_ACCEPTED",
            Self::Declined { .. } => "AGREEMENT_DECLINED",
            Self::Withdrawn { .. } => "AGREEMENT_OFFER_WITHDRAWN",
            Self::Suspended { .. } => "AGREEMENT_SUSPENDED",
            Self::Resumed => "AGREEMENT_RESUMED",
            Self::NoticeGiven { .. } => "AGREEMENT_NOTICE_GIVEN",
            Self::TerminationDeclared { .. } => "AGREEMENT_TERMINATION_DECLARED",
            Self::Terminated => "AGREEMENT_TERMINATED",
            Self::Expired => "AGREEMENT_EXPIRED",
            Self::Renewed { .. } => "AGREEMENT_RENEWED",
            Self::RenewedByItself { .. } => "AGREEMENT_RENEWED_BY_ITSELF",
            Self::CalledOff { .. } => "AGREEMENT_CALLED_OFF",
            Self::GivenBack { .. } => "AGREEMENT_GIVEN_BACK",
            Self::CommitmentMissed { .. } => "AGREEMENT_COMMITMENT_MISSED",
        }
    }
}
