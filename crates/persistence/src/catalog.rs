//! Catalogs, as they are stored.

mod entity;

pub mod category;
pub mod offer;
pub mod product;
pub mod product_type;
