//! The contract: the GraphQL schema and what its types are made of.

pub mod action;
pub mod address;
pub mod answer_budget;
pub mod batching;
pub mod closed;
pub mod conflict;
pub mod connection;
pub mod delivery;
pub mod description;
pub mod document;
pub mod error;
pub mod event;
pub mod guard;
pub mod id;
mod lexis;
pub mod limits;
pub mod loader;
pub mod localised;
pub mod money;
pub mod node;
pub mod payload;
pub mod scalar;
pub mod schema;
mod sdl;
pub mod shape;

pub use schema::{Schema, build, build_unvalidated, build_with};
pub use sdl::sdl;
