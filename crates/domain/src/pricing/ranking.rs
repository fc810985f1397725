//! Which of two prices of one rule goes first.

use std::cmp::Reverse;

use uuid::Uuid;

use super::candidate::Candidate;
use super::verdict::PriceVerdict;
use crate::money::UnitPrice;
use crate::quantity::Quantity;
use crate::ratio::Ratio;
use crate::unit::Unit;

/// A candidate that can answer the question, with what it answers.
#[derive(Debug, Clone, Copy)]
pub(super) struct Bid<'a> {
    pub(super) candidate: &'a Candidate,
    pub(super) price: UnitPrice,
    pub(super) unit: Unit,
    /// What was asked for, counted in `unit`.
    pub(super) quantity: Quantity,
    rank: Rank,
}

/// What decides within a rule, the smallest first: priority, then the largest tier that is reached, then the newest source; within a
/// source the unit that was asked for, then the newest row.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Rank {
    priority: Reverse<i64>,
    /// In 1/10 000 of the unit that was asked for; nothing without a tier, which is less than any.
    tier: Reverse<Option<Ratio>>,
    source: Reverse<Uuid>,
    converted: bool,
    row: Reverse<Uuid>,
}

impl Rank {
    /// Of a candidate with that tier whose price is for the unit that was asked for, or is `converted`.
    pub(super) const fn of(candidate: &Candidate, tier: Option<Ratio>, converted: bool) -> Self {
        Self {
            priority: Reverse(candidate.priority),
            tier: Reverse(tier),
            source: Reverse(candidate.source),
            converted,
            row: Reverse(candidate.id),
        }
    }
}

impl<'a> Bid<'a> {
    pub(super) const fn new(
        candidate: &'a Candidate,
        (price, unit, quantity): (UnitPrice, Unit, Quantity),
        rank: Rank,
    ) -> Self {
        Self { candidate, price, unit, quantity, rank }
    }

    /// Sorts bids of one rule, the one that is taken first.
    pub(super) fn sort(bids: &mut [Self]) {
        bids.sort_by_key(|bid| bid.rank);
    }

    /// Why `taken` goes before this one.
    pub(super) fn behind(&self, taken: &Self) -> PriceVerdict {
        if self.rank.priority != taken.rank.priority {
            PriceVerdict::LowerPriority
        } else if self.rank.tier != taken.rank.tier {
            PriceVerdict::SmallerTier
        } else if self.rank.source != taken.rank.source {
            PriceVerdict::OlderSource
        } else {
            PriceVerdict::OtherUnit
        }
    }
}
