//! What happened: the form that every capability's events share.

use serde::Serialize;
use uuid::Uuid;

use crate::named;
use crate::organization::OrganizationId;

named! {
    /// What an event is about.
    pub enum SubjectKind {
        /// A person's account.
        User = "USER",
        /// An organization.
        Organization = "ORGANIZATION",
        /// A membership, or an invitation to become a member.
        Membership = "MEMBERSHIP",
        /// A machine's key.
        ApiKey = "API_KEY",
        /// A venue.
        Venue = "VENUE",
        /// An organization's part in a venue.
        Participation = "PARTICIPATION",
        /// A product or category.
        Product = "PRODUCT",
        /// A set of changes of a catalog that goes live in one moment.
        CatalogVersion = "CATALOG_VERSION",
        /// A seller's offer.
        Offer = "OFFER",
        /// A request for quotation.
        Rfq = "RFQ",
        /// An invitation to quote.
        Invitation = "INVITATION",
        /// A quote.
        Quote = "QUOTE",
        /// What a quote offered at one time, to which its files are attached.
        QuoteVersion = "QUOTE_VERSION",
        /// An order.
        Order = "ORDER",
        /// A run of an import.
        Import = "IMPORT",
        /// A customer of a shop, as its seller notes it.
        Customer = "CUSTOMER",
        /// A segment of customers.
        Segment = "SEGMENT",
        /// An assortment of a seller's goods.
        Assortment = "ASSORTMENT",
        /// A mapping of columns to fields, kept for imports to come.
        ImportMapping = "IMPORT_MAPPING",
        /// A run of an export.
        Export = "EXPORT",
        /// How much of a product a seller has at one location.
        Stock = "STOCK",
        /// An uploaded file, or the right to upload one.
        Attachment = "ATTACHMENT",
        /// A price list, with the prices in it.
        PriceList = "PRICE_LIST",
        /// A promotion, or a discount of an agreement.
        Promotion = "PROMOTION",
        /// A framework agreement.
        Agreement = "AGREEMENT",
    }
}

/// A capability's event: a name, and what else is worth keeping about it.
pub trait DomainEvent: Serialize {
    /// What happened, in the past tense, as it is stored and sent: `RFQ_PUBLISHED`.
    fn kind(&self) -> &'static str;
}

/// Who sees an event besides the people of the organization that caused it, and in whose chain it stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Audience {
    /// The organization in whose audit trail the event stands. `None` for what concerns a person alone.
    pub organization: Option<OrganizationId>,
    /// The other side, when there is one.
    pub counterparty: Option<OrganizationId>,
}

impl Audience {
    /// Only `organization`.
    #[must_use]
    pub const fn only(organization: OrganizationId) -> Self {
        Self { organization: Some(organization), counterparty: None }
    }

    /// `organization`, and `counterparty` as the other side.
    #[must_use]
    pub const fn both(organization: OrganizationId, counterparty: OrganizationId) -> Self {
        Self { organization: Some(organization), counterparty: Some(counterparty) }
    }

    /// A person alone.
    pub const PERSON: Self = Self { organization: None, counterparty: None };
}

/// What an event is about: which kind of thing, and which one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Subject {
    /// Which kind of thing.
    pub kind: SubjectKind,
    /// Which one.
    pub id: Uuid,
}
