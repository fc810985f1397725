//! Catalogs: the tree of categories, the products in it, and what sellers ask for them.

mod commands;
mod due;
mod loaders;
mod lookup;
mod mutations;
mod queries;
mod shelves;
mod types;

pub(crate) use commands::resettle;
pub use commands::{
    CreateCategory, CreateOffer, CreateProduct, DefineProductType, OfferStep, PackProduct, ProductStep, ReviseCategory,
    ReviseOffer, ReviseProduct, ReviseProductType, StepOffer, StepProduct,
};
pub use due::wake as wake_documents;
pub use loaders::reads_unpublished;
pub use mutations::{
    CategoryMutation, OfferMutation, PartNumberMutation, ProductAttributeInput, ProductDetailMutation, ProductMutation,
    ProductTypeMutation, drafts,
};
pub use queries::CatalogQuery;
pub use shelves::{Place, Shelves};
pub use types::{CategoryNode, OfferNode, ProductNode, ProductTypeNode};
