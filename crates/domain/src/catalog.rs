//! Catalogs: the tree of categories, the products in it, and what sellers ask for them.

mod attribute;
mod canonical;
#[cfg(test)]
mod canonical_tests;
mod category;
mod classification;
mod counted;
mod definition;
mod details;
mod document;
mod measures;
mod offer;
mod packaging;
pub mod part_number;
mod product;
mod product_type;
mod relation;
mod terms;
#[cfg(test)]
mod tests;

pub use attribute::{ATTRIBUTE_VALUE_MAX, ATTRIBUTES_MAX, Attribute, AttributeDraft, Attributes};
pub use category::{CATEGORY_DEPTH_MAX, Category, CategoryChange, CategoryDraft, CategoryEvent, CategoryId, Place};
pub use classification::{Classification, Variant};
pub use counted::Counted;
pub use definition::{
    AttributeDefinition, AttributeKind, AttributeOption, AttributeTrait, DefinitionDraft, OPTIONS_MAX, OptionDraft,
};
pub use details::{DESCRIPTION_MAX, Part, ProductChange, ProductDetails, ProductDraft};
pub use document::{
    Certificate, CertificateDraft, DOCUMENTS_MAX, DocumentDraft, DocumentRole, EXPIRING_DAYS, ProductDocument,
    ProductDocumentId,
};
pub use measures::{Measures, Packed};
pub use offer::{Offer, OfferEvent, OfferId, OfferStatus};
pub use packaging::{PACKAGINGS_MAX, Packaging, PackagingDraft, Packagings};
pub use part_number::{
    PART_NUMBERS_AT_ONCE_MAX, PART_NUMBERS_PER_HOLDER_MAX, PartNumber, PartNumberDraft, PartNumberEvent, PartNumberId,
    PartNumberKind,
};
pub use product::{Product, ProductEvent, ProductId, ProductStatus};
pub use product_type::{ProductType, ProductTypeDraft, ProductTypeEvent, ProductTypeId};
pub use relation::{RELATIONS_MAX, Relation, RelationDraft, RelationId, RelationKind};
pub use terms::{LEAD_TIME_DAYS_MAX, OfferAccess, OfferChange, OfferDraft, OfferTerms};
