//! Companies: the tenants of the market.

use crate::id::Id;

/// A company that trades: a tenant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Organization {}

/// The id of an [`Organization`].
pub type OrganizationId = Id<Organization>;
