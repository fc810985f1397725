//! What happens to an organization as a whole.

use serde::Serialize;

use super::{Capability, Reason};
use crate::event::DomainEvent;

/// What happens to an organization.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(untagged)]
pub enum OrganizationEvent {
    /// It joined the market.
    Created,
    /// Its public name or private profile changed.
    Amended {
        /// The input fields that changed; their values are private and not told.
        fields: Vec<&'static str>,
    },
    /// It sent in its papers.
    Submitted {
        /// For which time.
        submission: i64,
        /// How many documents.
        documents: usize,
    },
    /// It changed what had been verified, so it is to be verified again.
    Reopened,
    /// Staff began to look.
    ReviewStarted,
    /// Staff ask for something else.
    ChangesRequested {
        /// What for.
        reason: Reason,
    },
    /// Staff said no.
    Rejected {
        /// Why.
        reason: Reason,
    },
    /// It is what it says it is.
    Verified,
    /// Staff stopped it.
    Suspended {
        /// Why.
        reason: Reason,
    },
    /// Staff let it go on.
    Reinstated,
    /// It asked for a capability.
    CapabilityApplied {
        /// Which.
        capability: Capability,
    },
    /// It was given a capability.
    CapabilityGranted {
        /// Which.
        capability: Capability,
    },
    /// Staff did not give it a capability.
    CapabilityRefused {
        /// Which.
        capability: Capability,
        /// Why.
        reason: Reason,
    },
    /// Staff stopped a capability.
    CapabilitySuspended {
        /// Which.
        capability: Capability,
        /// Why.
        reason: Reason,
    },
    /// Staff let a capability go on.
    CapabilityReinstated {
        /// Which.
        capability: Capability,
    },
}

impl DomainEvent for OrganizationEvent {
    fn kind(&self) -> &'static str {
        match self {
            Self::Created => "ORGANIZATION_CREATED",
            Self::Amended { .. } => "ORGANIZATION_AMENDED",
            Self::Submitted { .. } => "VERIFICATION_SUBMITTED",
            Self::Reopened => "VERIFICATION_REOPENED",
            Self::ReviewStarted => "VERIFICATION_REVIEW_STARTED",
            Self::ChangesRequested { .. } => "VERIFICATION_CHANGES_REQUESTED",
            Self::Rejected { .. } => "VERIFICATION_REJECTED",
            Self::Verified => "ORGANIZATION_VERIFIED",
            Self::Suspended { .. } => "ORGANIZATION_SUSPENDED",
            Self::Reinstated => "ORGANIZATION_REINSTATED",
            Self::CapabilityApplied { .. } => "CAPABILITY_APPLIED",
            Self::CapabilityGranted { .. } => "CAPABILITY_GRANTED",
            Self::CapabilityRefused { .. } => "CAPABILITY_REFUSED",
            Self::CapabilitySuspended { .. } => "CAPABILITY_SUSPENDED",
            Self::CapabilityReinstated { .. } => "CAPABILITY_REINSTATED",
        }
    }
}
