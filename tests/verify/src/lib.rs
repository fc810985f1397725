//! PostgreSQL for tests: found, or started from installed programs and stopped when nobody uses it any more.
//!
//! A crate of its own, with few dependencies, so that `cargo verify` says within seconds when something is missing, and so that
//! the harness of the tests and the test command share one way of starting a cluster.

pub mod cluster;
