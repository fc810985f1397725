//! Stock: how much a seller has, for itself, and whether it is there, for others.

mod loaders;
mod queries;
mod types;

pub use queries::StockQuery;
pub use types::StockNode;
