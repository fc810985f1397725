//! Harness.

pub mod cluster;
