//! Companies: the tenants of the market.

use jiff::Timestamp;

use crate::country::Country;
use crate::id::Id;
use crate::named;
use crate::text::Name;

named! {
    /// How far the check of an organization (know your business) has come.
    pub enum Verification {
        /// Nothing was sent in yet.
        Unverified = "UNVERIFIED",
        /// The papers were sent in.
        Submitted = "SUBMITTED",
        /// Platform staff look at them.
        InReview = "IN_REVIEW",
        /// Platform staff ask for something else.
        ChangesRequested = "CHANGES_REQUESTED",
        /// Platform staff said no.
        Rejected = "REJECTED",
        /// The organization is what it says it is.
        Verified = "VERIFIED",
        /// Platform staff stopped it for now.
        Suspended = "SUSPENDED",
    }
}

/// A company that trades: a tenant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Organization {
    /// Which organization.
    pub id: OrganizationId,
    /// What people call it.
    pub name: Name,
    /// Where it is registered.
    pub country: Country,
    /// How far its check has come.
    pub verification: Verification,
    /// When it joined the market.
    pub created_at: Timestamp,
    /// Counts its changes.
    pub version: i64,
}

/// The id of an [`Organization`].
pub type OrganizationId = Id<Organization>;

impl Organization {
    /// Whether the market has checked it.
    #[must_use]
    pub fn is_verified(&self) -> bool {
        self.verification == Verification::Verified
    }
}
