//! Catalogs: the tree of categories, the products in it, and what sellers ask for them.

mod commands;
mod loaders;
mod mutations;
mod queries;
mod shelves;
mod types;

pub use commands::{
    CreateCategory, CreateOffer, CreateProduct, DefineProductType, OfferStep, ProductStep, ReviseCategory, ReviseOffer,
    ReviseProduct, ReviseProductType, StepOffer, StepProduct,
};
pub use mutations::{
    CategoryMutation, OfferMutation, ProductAttributeInput, ProductMutation, ProductTypeMutation, drafts,
};
pub use queries::CatalogQuery;
pub use shelves::{Place, Shelves};
pub use types::{CategoryNode, OfferNode, ProductNode, ProductTypeNode};
