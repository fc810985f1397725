//! Organizations: the tenants of the market, their check, their units, their people and roles.

mod commands;
mod loaders;
mod secret;
mod types;

pub use commands::*;
pub use types::OrganizationNode;
