//! Changing catalog versions.

mod change;
mod version;

pub use change::CatalogChangeMutation;
pub use version::CatalogVersionMutation;
