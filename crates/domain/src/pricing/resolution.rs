//! What the resolver answers: the price, and how it came to it.

use uuid::Uuid;

use super::candidate::Candidate;
use super::order_terms::OrderTerms;
use super::rule::PriceRule;
use crate::money::{Money, UnitPrice};
use crate::named;
use crate::problem::{Code, Problem};
use crate::quantity::Quantity;
use crate::unit::Unit;

named! {
    /// Why a price was taken, or why it was not.
    pub enum PriceVerdict {
        /// It is the price.
        Taken = "TAKEN",
        /// A rule that is tried earlier has a price.
        EarlierRule = "EARLIER_RULE",
        /// Another price of the same rule has a higher priority.
        LowerPriority = "LOWER_PRIORITY",
        /// Another price of the same rule and priority is for a larger quantity that is reached too.
        SmallerTier = "SMALLER_TIER",
        /// Another price of the same rule, priority and tier is of a newer source.
        OlderSource = "OLDER_SOURCE",
        /// Another price of the same source and tier is in the unit that was asked for, or was set later.
        OtherUnit = "OTHER_UNIT",
        /// What states it was not active at that time.
        NotActive = "NOT_ACTIVE",
        /// It holds only from a later time on.
        NotYetValid = "NOT_YET_VALID",
        /// It held only until an earlier time.
        NoLongerValid = "NO_LONGER_VALID",
        /// It is in another currency than the one asked for.
        CurrencyDiffers = "CURRENCY_DIFFERS",
        /// It is for a unit that has no fixed relation to the one asked for.
        UnitDiffers = "UNIT_DIFFERS",
        /// The quantity asked for is no number of its unit that can be written down or exist.
        QuantityInexact = "QUANTITY_INEXACT",
        /// The quantity does not reach its tier.
        BelowTier = "BELOW_TIER",
        /// It is an offer, and a general list names the product.
        ListNamesProduct = "LIST_NAMES_PRODUCT",
        /// It takes a part off the list price, and there is none for this question.
        NoListPrice = "NO_LIST_PRICE",
        /// It takes so much off a price so small that nothing remains.
        NothingRemains = "NOTHING_REMAINS",
    }
}

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
