//! Versions and their changes as clients see them.

mod change;
mod version;

pub use change::{CatalogChangeNode, CatalogDifferenceNode};
pub use version::CatalogVersionNode;

use crate::graphql::id::node_types;

node_types! {
    tradehall_domain::publishing::CatalogVersion => "CatalogVersion",
    tradehall_domain::publishing::CatalogChange => "CatalogChange",
}
