//! Placeholder.

pub mod config;
pub mod probe;
pub mod telemetry;
