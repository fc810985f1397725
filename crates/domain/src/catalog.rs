//! Catalogs: the tree of categories, the products in it, and what sellers ask for them.

mod attribute;
mod canonical;
#[cfg(test)]
mod canonical_tests;
mod category;
mod classification;
mod definition;
mod details;
mod offer;
mod product;
mod product_type;
mod search;
mod terms;
#[cfg(test)]
mod tests;

pub use attribute::{ATTRIBUTE_VALUE_MAX, ATTRIBUTES_MAX, Attribute, AttributeDraft, Attributes};
pub use category::{CATEGORY_DEPTH_MAX, Category, CategoryChange, CategoryDraft, CategoryEvent, CategoryId, Place};
pub use classification::{Classification, Variant};
pub use definition::{
    AttributeDefinition, AttributeKind, AttributeOption, AttributeTrait, DefinitionDraft, OPTIONS_MAX, OptionDraft,
};
pub use details::{DESCRIPTION_MAX, Part, ProductChange, ProductDetails, ProductDraft};
pub use offer::{Offer, OfferEvent, OfferId, OfferStatus};
pub use product::{Product, ProductEvent, ProductId, ProductStatus};
pub use product_type::{ProductType, ProductTypeDraft, ProductTypeEvent, ProductTypeId};
pub use search::{SEARCH_WORDS_MAX, Search};
pub use terms::{LEAD_TIME_DAYS_MAX, OfferAccess, OfferChange, OfferDraft, OfferTerms};
