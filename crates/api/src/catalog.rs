//! Catalogs: the tree of categories, the products in it, and what sellers ask for them.

mod commands;
mod loaders;
mod mutations;
mod queries;
mod types;

pub use commands::{
    CreateCategory, CreateOffer, CreateProduct, OfferStep, ProductStep, ReviseCategory, ReviseOffer, ReviseProduct,
    StepOffer, StepProduct,
};
pub use loaders::reads_unpublished;
pub use mutations::{CategoryMutation, OfferMutation, ProductMutation};
pub use queries::CatalogQuery;
pub use types::{CategoryNode, OfferNode, ProductNode};
