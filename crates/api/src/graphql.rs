//! The schema and what stands before its execution.

pub mod document;
pub mod guard;
mod lexis;
pub mod limits;
