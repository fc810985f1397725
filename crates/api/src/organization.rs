//! Organizations: the tenants of the market, their check, their units, their people and roles.

mod actions;
mod commands;
mod loaders;
mod mutations;
mod queries;
mod sight;
mod types;

pub use commands::*;
pub use mutations::OrganizationMutation;
pub use queries::OrganizationQuery;
pub use types::{
    CustomRoleNode, MemberInvitationNode, MembershipNode, OrganizationNode, OrganizationUnitNode, ProfileNode,
};
