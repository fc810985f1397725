//! Walls: what may not drift, leak, slow down or tangle, each derived from the product and compared with what was committed.

mod architecture;
mod codes;
mod contract;
mod conventions;
mod demand;
mod documentation;
mod dump;
mod generated;
mod inquiry;
mod migrations;
mod operations;
mod plans;
mod roles;
mod schema;
mod statements;
mod stranger;
mod table;
mod town;
mod transitions;
mod visitors;
