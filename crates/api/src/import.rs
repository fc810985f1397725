//! Imports: data sets and price lists from files, row by row, with a reason for each row that was refused.

pub mod adventureworks;
mod cells;
mod commands;
mod loaders;
mod mutations;
mod offers;
mod queries;
mod record;
mod table;
mod tally;
mod types;

pub use adventureworks::{Options, Progress, Report, adventureworks};
pub use commands::ImportOffers;
pub use mutations::ImportMutation;
pub use queries::ImportQuery;
pub use types::ImportNode;
