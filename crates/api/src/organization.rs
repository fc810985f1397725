//! Organizations: the tenants of the market.

mod loaders;
mod types;

pub use types::OrganizationNode;
