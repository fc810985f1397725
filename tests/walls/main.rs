//! Walls: what may not drift, leak, slow down or tangle, each derived from the product and compared with what was committed.

mod codes;
mod contract;
mod conventions;
mod documentation;
mod dump;
mod generated;
mod inquiry;
mod operations;
mod roles;
mod schema;
mod statements;
mod stranger;
mod table;
mod town;
mod transitions;
