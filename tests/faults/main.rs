//! Processes that die in the middle: what they left is found whole or not at all, and doing it again does it once.
//!
//! `tradehall-under-test` is the market with a place before each statement where it stops, so that it is killed exactly there
//! (SIGKILL: nothing of it can clean up). The place exists only with the feature `faults` of the persistence crate, which this
//! package switches on for its own build; `cargo build -p tradehall` has it off.

mod award;
mod away;
mod indexing;
mod numbering;
mod secrets;
mod service;
mod tally;
mod victim;
