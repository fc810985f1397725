//! What a seller offers for one line of a request.

use serde::{Deserialize, Serialize};

use super::{QuoteId, QuoteVersionId};
use crate::id::Id;
use crate::money::UnitPrice;
use crate::organization::OrganizationId;
use crate::problem::Problem;
use crate::quantity::Quantity;
use crate::rfq::{RfqId, RfqLineId};
use crate::text::Prose;
use crate::unit::Unit;

/// The most price breaks that a line has.
pub const TIERS_MAX: usize = 20;

/// A price from a quantity on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tier {
    /// From how much on, in the line's unit.
    pub minimum: Quantity,
    /// The price per unit.
    pub unit_price: UnitPrice,
}

/// A line of a version.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QuoteLine {
    /// Which line.
    pub id: QuoteLineId,
    /// Of which version.
    pub quote_version: QuoteVersionId,
    /// Of which quote.
    pub quote: QuoteId,
    /// On which request.
    pub rfq: RfqId,
    /// For which line of it.
    pub rfq_line: RfqLineId,
    /// Who asked.
    pub buyer: OrganizationId,
    /// Who quotes.
    pub seller: OrganizationId,
    /// How much the seller can deliver; less than asked is a partial cover.
    pub quantity: Quantity,
    /// Of which unit, which converts to the request's.
    pub unit: Unit,
    /// The price per unit.
    pub unit_price: UnitPrice,
    /// Prices from larger quantities on, by growing quantity.
    pub tiers: Vec<Tier>,
    /// How many days the seller needs from the order to the delivery.
    pub lead_time_days: i64,
    /// What else there is to say.
    pub remarks: Option<Prose<1000>>,
    /// Whether the buyer may read it.
    pub revealed: bool,
}

/// The id of a [`QuoteLine`].
pub type QuoteLineId = Id<QuoteLine>;

impl QuoteLine {
    /// The price per unit when `quantity` is taken: that of the last tier it reaches.
    #[must_use]
    pub fn price_at(&self, quantity: Quantity) -> UnitPrice {
        let reached = self.tiers.iter().take_while(|tier| tier.minimum <= quantity).last();
        reached.map_or(self.unit_price, |tier| tier.unit_price)
    }

    /// What `quantity` of it costs.
    ///
    /// # Errors
    /// [`Code::AmountTooLarge`](crate::problem::Code::AmountTooLarge).
    pub fn cost(&self, quantity: Quantity) -> Result<crate::money::Money, Problem> {
        self.price_at(quantity).extend(quantity)
    }
}
