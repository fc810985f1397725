//! The contract: the GraphQL schema and what its types are made of.

pub mod action;
pub mod closed;
pub mod conflict;
pub mod connection;
pub mod error;
pub mod id;
pub mod loader;
pub mod money;
pub mod node;
pub mod payload;
pub mod scalar;
pub mod schema;
pub mod unit;

pub use schema::{Schema, build};
