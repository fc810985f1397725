//! Catalog versions and their changes, as they are stored, and how a version goes live.

pub mod change;
pub mod comparison;
pub mod conflict;
mod entity;
pub mod publication;
pub mod version;
