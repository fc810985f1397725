//! Which of two prices of one rule goes first.

use std::cmp::Reverse;

use uuid::Uuid;

use super::candidate::{Candidate, Question};
use super::resolution::PriceVerdict;
use crate::money::UnitPrice;
use crate::quantity::Quantity;
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
struct Rank {
    priority: Reverse<i64>,
    /// In parts that all units share which convert to the one asked for; 0 without a tier.
    tier: Reverse<i128>,
    source: Reverse<Uuid>,
    converted: bool,
    row: Reverse<Uuid>,
}

impl<'a> Bid<'a> {
    pub(super) fn new(
        candidate: &'a Candidate,
        (price, unit, quantity): (UnitPrice, Unit, Quantity),
        question: &Question,
    ) -> Self {
        let rank = Rank {
            priority: Reverse(candidate.priority),
            tier: Reverse(tier_parts(candidate)),
            source: Reverse(candidate.source),
            converted: unit != question.unit,
            row: Reverse(candidate.id),
        };
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

/// How much the tier of a candidate is; 0 where it has none.
pub(super) fn tier_parts(candidate: &Candidate) -> i128 {
    candidate.tier.map_or(0, |(quantity, unit)| unit.parts(quantity))
}
