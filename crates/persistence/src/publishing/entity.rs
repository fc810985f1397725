//! The tables `catalog_version` and `catalog_change`.

pub mod change;
pub mod version;
