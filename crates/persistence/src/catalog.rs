//! Catalogs, as they are stored.

mod entity;
mod offer_term;

pub mod category;
pub mod offer;
pub mod product;
