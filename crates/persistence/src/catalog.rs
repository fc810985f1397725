//! Catalogs, as they are stored.

mod entity;
mod offer_term;
mod visit;

pub mod category;
pub mod counted;
pub mod document;
pub(crate) mod emptied;
pub mod offer;
pub mod packaging;
pub mod part_number;
pub mod product;
pub mod product_type;
pub mod relation;

pub(crate) use entity::product::seen as product_seen;
