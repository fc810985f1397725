//! A product, from its draft to its withdrawal.

use jiff::Timestamp;
use serde::Serialize;

use super::classification::Classification;
use super::details::{Part, ProductDetails};
use crate::event::DomainEvent;
use crate::id::Id;
use crate::named;
use crate::organization::OrganizationId;
use crate::problem::{Code, Problem};
use crate::viewing::GroupId;

named! {
    /// Who sees a product.
    pub enum ProductStatus {
        /// Only its owner: it is being written.
        Draft = "DRAFT",
        /// Everyone to whom its owner shows it.
        Published = "PUBLISHED",
        /// Only its owner: it was published and is no longer.
        Withdrawn = "WITHDRAWN",
    }
}

use ProductStatus::{Draft, Published, Withdrawn};

/// Something that is traded, as one organization describes it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Product {
    /// Which product.
    pub id: ProductId,
    /// Whose description it is.
    pub owner: OrganizationId,
    /// What it is.
    pub details: ProductDetails,
    /// Its type, and of which product it is a variant.
    pub classification: Classification,
    /// Who sees it.
    pub status: ProductStatus,
    /// To which group of viewers it is shown while it is published: its owner's in general, unless assortments say otherwise.
    pub viewers: GroupId,
    /// When that was last decided.
    pub sorted_at: Timestamp,
    /// Since when the status holds.
    pub since: Timestamp,
    /// When it was added.
    pub created_at: Timestamp,
    /// Counts its changes.
    pub version: i64,
}

/// The id of a [`Product`].
pub type ProductId = Id<Product>;

impl Product {
    /// Adds a draft.
    #[must_use]
    pub fn open(details: ProductDetails, owner: OrganizationId, now: Timestamp) -> (Self, ProductEvent) {
        let viewers = owner.group();
        let (since, created_at, sorted_at) = (now, now, now);
        let product = Self {
            id: Id::new(),
            owner,
            details,
            classification: Classification::default(),
            status: Draft,
            viewers,
            sorted_at,
            since,
            created_at,
            version: 1,
        };
        (product, ProductEvent::Added)
    }

    /// Adds a product that everyone sees at once.
    #[must_use]
    pub fn open_published(details: ProductDetails, owner: OrganizationId, now: Timestamp) -> (Self, ProductEvent) {
        let (product, _) = Self::open(details, owner, now);
        (Self { status: Published, ..product }, ProductEvent::Published)
    }

    /// Whether it is shown to others at all.
    #[must_use]
    pub fn is_published(&self) -> bool {
        self.status == Published
    }

    /// Describes it otherwise. What was ordered keeps the words under which it was ordered. `None` when nothing changes.
    #[must_use]
    pub fn revise(&mut self, details: ProductDetails) -> Option<ProductEvent> {
        let parts = self.details.differences(&details);
        self.details = details;
        (!parts.is_empty()).then_some(ProductEvent::Revised { parts })
    }

    /// Describes it otherwise and sorts it in otherwise, as [`Product::revise`].
    #[must_use]
    pub fn reclassify(&mut self, details: ProductDetails, classification: Classification) -> Option<ProductEvent> {
        let mut parts = self.details.differences(&details);
        parts.extend(self.classification.differences(&classification));
        (self.details, self.classification) = (details, classification);
        (!parts.is_empty()).then_some(ProductEvent::Revised { parts })
    }

    /// Shows it to everyone.
    ///
    /// # Errors
    /// [`Code::ProductStatus`] when it is shown already.
    pub fn publish(&mut self, now: Timestamp) -> Result<ProductEvent, Problem> {
        self.step(&[Draft, Withdrawn], Published, now, ProductEvent::Published)
    }

    /// Shows it no longer.
    ///
    /// # Errors
    /// [`Code::ProductStatus`] unless it is shown.
    pub fn withdraw(&mut self, now: Timestamp) -> Result<ProductEvent, Problem> {
        self.step(&[Published], Withdrawn, now, ProductEvent::Withdrawn)
    }

    fn step(
        &mut self,
        from: &[ProductStatus],
        to: ProductStatus,
        now: Timestamp,
        event: ProductEvent,
    ) -> Result<ProductEvent, Problem> {
        if !from.contains(&self.status) {
            return Err(Problem::new(Code::ProductStatus).with("status", self.status));
        }
        self.status = to;
        self.since = now;
        Ok(event)
    }
}

/// What happens to a product.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(untagged)]
pub enum ProductEvent {
    /// It was added as a draft.
    Added,
    /// It was described otherwise.
    Revised {
        /// In which parts.
        parts: Vec<Part>,
    },
    /// It is shown to everyone from now on.
    Published,
    /// It is shown no longer.
    Withdrawn,
    /// It is packed otherwise.
    Packed,
    /// Other products stand to it otherwise.
    Related {
        /// In which way.
        kind: super::RelationKind,
    },
    /// Its documents are others, or stand in another order.
    Documented,
    /// A certificate of it ends soon.
    CertificateExpiring {
        /// Its number.
        number: String,
        /// Its last day.
        expires: String,
    },
    /// A certificate of it has ended.
    CertificateExpired {
        /// Its number.
        number: String,
        /// Its last day.
        expires: String,
    },
}

impl DomainEvent for ProductEvent {
    fn kind(&self) -> &'static str {
        match self {
            Self::Added => "PRODUCT_ADDED",
            Self::Revised { .. } => "PRODUCT_REVISED",
            Self::Published => "PRODUCT_PUBLISHED",
            Self::Withdrawn => "PRODUCT_WITHDRAWN",
            Self::Packed => "PRODUCT_PACKED",
            Self::Related { .. } => "PRODUCT_RELATED",
            Self::Documented => "PRODUCT_DOCUMENTED",
            Self::CertificateExpiring { .. } => "CERTIFICATE_EXPIRING",
            Self::CertificateExpired { .. } => "CERTIFICATE_EXPIRED",
        }
    }
}
