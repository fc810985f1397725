//! How much of a product its seller has, location by location, and what others are told of it.
//!
//! Quantities are exact and each location is a row of its own, which whoever reserves from it locks.

use jiff::Timestamp;
use rust_decimal::Decimal;
use serde::Serialize;

use crate::catalog::{Product, ProductId};
use crate::event::DomainEvent;
use crate::id::Id;
use crate::named;
use crate::organization::OrganizationId;
use crate::problem::{Code, Problem, Problems};
use crate::quantity::Quantity;
use crate::text::ShortText;
use crate::unit::Unit;

named! {
    /// Whether a product is there, as its seller lets others know.
    pub enum Availability {
        /// There is enough of it.
        InStock = "IN_STOCK",
        /// There is less of it than the seller likes to have.
        Low = "LOW",
        /// There is none of it.
        Out = "OUT",
        /// The seller does not say.
        Unknown = "UNKNOWN",
    }
}

/// How much of a product lies at one location.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stock {
    /// Which.
    pub id: StockId,
    /// Whose; nobody else sees it.
    pub seller: OrganizationId,
    /// Of which product.
    pub product: ProductId,
    /// The seller's code of the location; capitals count.
    pub location: ShortText,
    /// How much; `None` is none of it.
    pub quantity: Option<Quantity>,
    /// In which unit: the product's own.
    pub unit: Unit,
    /// Below how much there is little of it here; `None` for a location that does not matter for that.
    pub low_below: Option<Quantity>,
    /// When it was counted.
    pub as_of: Timestamp,
    /// Counts its changes.
    pub version: i64,
}

/// The id of a [`Stock`].
pub type StockId = Id<Stock>;

/// A count, as it was sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StockDraft {
    /// The location.
    pub location: String,
    /// How much: zero or more.
    pub quantity: Decimal,
    /// In which unit; the product's own when `None`.
    pub unit: Option<Unit>,
    /// Below how much there is little of it; `None` leaves it as it was, `Some(None)` takes the mark away.
    pub low_below: Option<Option<Decimal>>,
    /// When it was counted; now when `None`.
    pub as_of: Option<Timestamp>,
}

/// A quantity that may be none.
fn none_or_more(number: Decimal) -> Result<Option<Quantity>, Problem> {
    match number {
        number if number.is_zero() => Ok(None),
        number if number.is_sign_negative() => Err(Code::Negative.into()),
        number => Quantity::new(number).map(Some),
    }
}

impl Stock {
    /// What a count says of `product`, whose `seller` it is: of a location that is known as `kept`, or of a new one. `None` beside it
    /// when nothing changes.
    ///
    /// # Errors
    /// [`Code::Negative`]; [`Code::UnitsDiffer`] unless it is in the product's unit; what is wrong with each text and number.
    pub fn count(
        draft: &StockDraft,
        product: &Product,
        kept: Option<&Self>,
        now: Timestamp,
    ) -> Result<(Self, Option<StockEvent>), Problems> {
        let mut problems = Problems::new();
        let location = problems.take("location", ShortText::parse(&draft.location));
        let quantity = problems.take("quantity", none_or_more(draft.quantity));
        let low_below = match draft.low_below {
            None => Some(kept.and_then(|kept| kept.low_below)),
            Some(None) => Some(None),
            Some(Some(number)) => problems.take("lowBelow", none_or_more(number)),
        };
        let unit = product.details.unit;
        if draft.unit.is_some_and(|said| said != unit) {
            problems.push(Problem::new(Code::UnitsDiffer).with("unit", unit).at("unit"));
        }
        let parts = location.zip(quantity).zip(low_below);
        let ((location, quantity), low_below) = problems.finish(parts)?;
        let as_of = draft.as_of.or_else(|| kept.filter(|kept| kept.quantity == quantity).map(|kept| kept.as_of));
        let stock = Self {
            id: kept.map_or_else(Id::new, |kept| kept.id),
            seller: product.owner,
            product: product.id,
            location,
            quantity,
            unit,
            low_below,
            as_of: as_of.unwrap_or(now),
            version: kept.map_or(1, |kept| kept.version),
        };
        let changes = kept.is_none_or(|kept| *kept != stock);
        let event = StockEvent::Counted { location: stock.location.to_string(), quantity: stock.quantity };
        Ok((stock, changes.then_some(event)))
    }
}

/// What others are told where these are all locations of a product.
#[must_use]
pub fn availability<'a>(all: impl Iterator<Item = &'a Stock>) -> Availability {
    let units = |quantity: Option<Quantity>| i128::from(quantity.map_or(0, Quantity::units));
    let (mut there, mut wanted, mut locations) = (0_i128, 0_i128, 0);
    for stock in all {
        there += units(stock.quantity);
        wanted += units(stock.low_below);
        locations += 1;
    }
    match there {
        _ if locations == 0 => Availability::Unknown,
        0 => Availability::Out,
        there if there < wanted => Availability::Low,
        _ => Availability::InStock,
    }
}

/// What others are told of one product, as it is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProductAvailability {
    /// Which.
    pub id: Id<ProductAvailability>,
    /// Whose product.
    pub seller: OrganizationId,
    /// Of which product.
    pub product: ProductId,
    /// Whether it is there.
    pub level: Availability,
    /// Since when.
    pub since: Timestamp,
    /// Counts its changes.
    pub version: i64,
}

/// What happens to stock.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(untagged)]
pub enum StockEvent {
    /// It was counted.
    Counted {
        /// Where.
        location: String,
        /// How much was there; nothing where there was none.
        quantity: Option<Quantity>,
    },
}

impl DomainEvent for StockEvent {
    fn kind(&self) -> &'static str {
        match self {
            Self::Counted { .. } => "STOCK_COUNTED",
        }
    }
}
