//! A seller's offer of a product, from making it to ending it.

use jiff::Timestamp;
use serde::Serialize;

use super::product::{Product, ProductId};
use super::terms::{OfferAccess, OfferTerms};
use crate::event::{Audience, DomainEvent};
use crate::id::Id;
use crate::money::UnitPrice;
use crate::named;
use crate::organization::OrganizationId;
use crate::problem::{Code, Problem};

named! {
    /// Whether an offer can be ordered from.
    pub enum OfferStatus {
        /// It can, within its validity.
        Active = "ACTIVE",
        /// The seller stopped it for now.
        Paused = "PAUSED",
        /// The seller took it back for good.
        Ended = "ENDED",
    }
}

use OfferStatus::{Active, Ended, Paused};

/// What one seller asks for one product.
///
/// A seller has at most one active offer of a product in one currency and unit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Offer {
    /// Which offer.
    pub id: OfferId,
    /// Who offers.
    pub seller: OrganizationId,
    /// What is offered.
    pub product: ProductId,
    /// Who describes the product, and sees every offer of it.
    pub product_owner: OrganizationId,
    /// What is asked.
    pub terms: OfferTerms,
    /// Whether it can be ordered from.
    pub status: OfferStatus,
    /// Since when the status holds.
    pub since: Timestamp,
    /// When it was made.
    pub created_at: Timestamp,
    /// Counts its changes.
    pub version: i64,
}

/// The id of an [`Offer`].
pub type OfferId = Id<Offer>;

impl Offer {
    /// `seller` offers `product`.
    ///
    /// # Errors
    /// [`Code::ProductNotPublished`] for another's product that is not shown.
    pub fn open(
        product: &Product,
        seller: OrganizationId,
        terms: OfferTerms,
        now: Timestamp,
    ) -> Result<(Self, OfferEvent), Problem> {
        Self::can_be_made(product, seller)?;
        let event = OfferEvent::Made { price: terms.price };
        let offer = Self {
            id: Id::new(),
            seller,
            product: product.id,
            product_owner: product.owner,
            terms,
            status: Active,
            since: now,
            created_at: now,
            version: 1,
        };
        Ok((offer, event))
    }

    /// Whether `seller` can offer `product`: what is published, and what is its own.
    ///
    /// # Errors
    /// [`Code::ProductNotPublished`].
    pub fn can_be_made(product: &Product, seller: OrganizationId) -> Result<(), Problem> {
        if product.is_published() || product.owner == seller { Ok(()) } else { Err(Code::ProductNotPublished.into()) }
    }

    /// Whether it can be ordered from at `now`.
    #[must_use]
    pub fn is_current(&self, now: Timestamp) -> bool {
        self.status == Active && self.terms.hold_at(now)
    }

    /// Whether everyone signed in sees it.
    #[must_use]
    pub fn is_public(&self) -> bool {
        self.terms.access == OfferAccess::Public
    }

    /// Who hears of what happens to it.
    #[must_use]
    pub fn audience(&self) -> Audience {
        if self.seller == self.product_owner {
            Audience::only(self.seller)
        } else {
            Audience::both(self.seller, self.product_owner)
        }
    }

    /// Asks something else from now on; what was ordered or quoted before keeps its terms. `None` when nothing changes.
    ///
    /// # Errors
    /// [`Code::OfferStatus`] once it has ended.
    pub fn revise(&mut self, terms: OfferTerms) -> Result<Option<OfferEvent>, Problem> {
        self.can_be_revised()?;
        if terms == self.terms {
            return Ok(None);
        }
        let event = OfferEvent::Revised { before: self.terms.price, price: terms.price };
        self.terms = terms;
        Ok(Some(event))
    }

    /// Whether the terms can still change.
    ///
    /// # Errors
    /// [`Code::OfferStatus`] once it has ended.
    pub fn can_be_revised(&self) -> Result<(), Problem> {
        if self.status == Ended { Err(self.refusal()) } else { Ok(()) }
    }

    /// Stops it for now.
    ///
    /// # Errors
    /// [`Code::OfferStatus`] unless it is active.
    pub fn pause(&mut self, now: Timestamp) -> Result<OfferEvent, Problem> {
        self.step(&[Active], Paused, now, OfferEvent::Paused)
    }

    /// Takes it up again.
    ///
    /// # Errors
    /// [`Code::OfferStatus`] unless it is paused.
    pub fn resume(&mut self, now: Timestamp) -> Result<OfferEvent, Problem> {
        self.step(&[Paused], Active, now, OfferEvent::Resumed)
    }

    /// Takes it back for good.
    ///
    /// # Errors
    /// [`Code::OfferStatus`] when that was done.
    pub fn end(&mut self, now: Timestamp) -> Result<OfferEvent, Problem> {
        self.step(&[Active, Paused], Ended, now, OfferEvent::Ended)
    }

    fn refusal(&self) -> Problem {
        Problem::new(Code::OfferStatus).with("status", self.status)
    }

    fn step(
        &mut self,
        from: &[OfferStatus],
        to: OfferStatus,
        now: Timestamp,
        event: OfferEvent,
    ) -> Result<OfferEvent, Problem> {
        if !from.contains(&self.status) {
            return Err(self.refusal());
        }
        self.status = to;
        self.since = now;
        Ok(event)
    }
}

/// What happens to an offer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(untagged)]
pub enum OfferEvent {
    /// It was made.
    Made {
        /// At this price of one unit.
        price: UnitPrice,
    },
    /// Other terms hold.
    Revised {
        /// The price before.
        before: UnitPrice,
        /// The price from now on.
        price: UnitPrice,
    },
    /// The seller stopped it for now.
    Paused,
    /// The seller took it up again.
    Resumed,
    /// The seller took it back.
    Ended,
}

impl DomainEvent for OfferEvent {
    fn kind(&self) -> &'static str {
        match self {
            Self::Made { .. } => "OFFER_MADE",
            Self::Revised { .. } => "OFFER_REVISED",
            Self::Paused => "OFFER_PAUSED",
            Self::Resumed => "OFFER_RESUMED",
            Self::Ended => "OFFER_ENDED",
        }
    }
}
