//! Walls: what may not drift, leak, slow down or tangle, each derived from the product and compared with what was committed.

mod codes;
mod contract;
mod conventions;
mod documentation;
mod generated;
mod operations;
mod schema;
mod table;
mod transitions;
