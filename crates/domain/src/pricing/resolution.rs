//! What the resolver answers: the price, and how it came to it.

use uuid::Uuid;

use super::candidate::Candidate;
use super::order_terms::OrderTerms;
use super::rule::PriceRule;
use super::verdict::PriceVerdict;
use crate::money::{Money, UnitPrice};
use crate::problem::{Code, Problem};
use crate::quantity::Quantity;
use crate::unit::Unit;

/// The price that was taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Taken {
    /// Which candidate states it.
    pub candidate: Uuid,
    /// Under which rule.
    pub rule: PriceRule,
    /// What one `unit` costs.
    pub price: UnitPrice,
    /// What the price counts; it may differ from the unit that was asked for.
    pub unit: Unit,
    /// The quantity that was asked for, counted in `unit`.
    pub quantity: Quantity,
}

impl Taken {
    /// What the whole quantity costs.
    ///
    /// # Errors
    /// [`Code::AmountTooLarge`].
    pub fn amount(&self) -> Result<Money, Problem> {
        self.price.extend(self.quantity)
    }
}

/// One rule as it was tried.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// Which rule.
    pub rule: PriceRule,
    /// What it had to choose from, in the order of preference, each with what became of it; those that could not apply come last.
    pub tried: Vec<(Candidate, PriceVerdict)>,
}

/// What the resolver answers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Resolution {
    /// The price; nothing where no rule has one.
    pub taken: Option<Taken>,
    /// How much can be ordered at once.
    pub order: OrderTerms,
    /// Whether the quantity can be ordered; the price answers nevertheless.
    pub orderable: Result<(), Problem>,
    /// Every rule, in the order in which it is tried.
    pub steps: Vec<Step>,
}

impl Resolution {
    /// The code that says why the quantity cannot be ordered.
    #[must_use]
    pub fn refusal(&self) -> Option<Code> {
        self.orderable.as_ref().err().map(|problem| problem.code)
    }
}
