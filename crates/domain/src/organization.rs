//! Companies: the tenants of the market, their check, their units and their people.

mod capability;
mod dossier;
mod draft;
mod event;
mod invitation;
mod membership;
mod profile;
mod role;
#[cfg(test)]
mod tests;
mod unit;

pub use capability::{Capabilities, Capability, CapabilityStatus, Entitlement};
pub use dossier::Dossier;
pub use draft::{OrganizationChange, OrganizationDraft, SubmissionDraft};
pub use event::OrganizationEvent;
pub use invitation::{
    INVITATION_LIFETIME, INVITATIONS_OPEN_MAX, MemberInvitation, MemberInvitationEvent, MemberInvitationId,
    MemberInvitationStatus, Offer,
};
pub use membership::{Authority, Membership, MembershipEvent, MembershipId, MembershipStatus, stays_owned};
pub use profile::{
    BankAccount, BankAccountDraft, DOCUMENTS_MAX, DocumentDraft, Profile, Reason, RegistrationDocument,
    RegistrationDocumentId,
};
pub use role::{
    CUSTOM_ROLES_MAX, CustomRole, CustomRoleId, MEMBER_CUSTOM_ROLES_MAX, RoleEvent, RoleName, Roles, SystemRoles,
};
pub use unit::{
    OrganizationUnit, OrganizationUnitId, OrganizationUnitKind, UNIT_DEPTH_MAX, UNITS_MAX, UnitCode, UnitDraft,
    UnitEvent, UnitTree,
};

use jiff::Timestamp;

use crate::access::{Permission, PermissionSet};
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

/// A company that trades: a tenant. These are its public facts; what is private is its [`Profile`].
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
    /// Since when the check has been there.
    pub verification_since: Timestamp,
    /// What it may do in the market.
    pub capabilities: Capabilities,
    /// When it joined the market.
    pub created_at: Timestamp,
    /// Counts its changes, those of the profile included.
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

    /// What it may act as.
    #[must_use]
    pub const fn entitlement(&self) -> Entitlement {
        Entitlement { capabilities: self.capabilities, verification: self.verification }
    }
}

/// What is left of a member's permissions under the organization's verification: a suspended organization only reads.
#[must_use]
pub fn effective(permissions: PermissionSet, verification: Verification) -> PermissionSet {
    match verification {
        Verification::Suspended => permissions.iter().filter(|permission: &Permission| permission.is_read()).collect(),
        _ => permissions,
    }
}
