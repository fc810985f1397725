//! Catalogs: the tree of categories, the products in it, and what sellers ask for them.

mod attribute;
mod category;
mod details;
mod offer;
mod product;
mod terms;
#[cfg(test)]
mod tests;

pub use attribute::{ATTRIBUTES_MAX, Attribute, AttributeDraft, Attributes};
pub use category::{CATEGORY_DEPTH_MAX, Category, CategoryChange, CategoryDraft, CategoryEvent, CategoryId, Place};
pub use details::{DESCRIPTION_MAX, Part, ProductChange, ProductDetails, ProductDraft};
pub use offer::{Offer, OfferEvent, OfferId, OfferStatus};
pub use product::{Product, ProductEvent, ProductId, ProductStatus};
pub use terms::{LEAD_TIME_DAYS_MAX, OfferAccess, OfferChange, OfferDraft, OfferTerms};
