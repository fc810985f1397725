//! Organizations and what belongs to them, as clients see it.

mod membership;
mod organization;
mod profile;
mod role;
mod unit;

pub use membership::{MemberInvitationNode, MembershipNode};
pub use organization::OrganizationNode;
pub use profile::{BankAccountInput, ProfileNode};
pub use role::CustomRoleNode;
pub use unit::OrganizationUnitNode;
