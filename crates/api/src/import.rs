//! Imports: data sets and tables from files, row by row, with a reason for each row that was refused.
//!
//! An uploaded file is asked for by [`commands`], waits in a queue, and is carried on by the worker ([`carry_on`]). What a row becomes
//! is said once per kind, in [`kind`].

pub mod adventureworks;
mod attribute_column;
mod carrying;
mod cells;
mod commands;
mod file;
mod kind;
mod loaders;
mod mapping_types;
mod mutations;
mod preview;
mod queries;
mod said;
mod suggestion;
mod table;
mod tally;
mod types;

pub use adventureworks::{Options, Progress, Report, adventureworks};
pub use attribute_column::AttributeColumn;
pub use carrying::carry_on;
pub use commands::{CancelImport, DeleteImportMapping, SaveImportMapping, StartImport};
pub use file::aside;
pub use kind::SEGMENT_SEPARATOR;
pub use mapping_types::ImportMappingNode;
pub use mutations::ImportMutation;
pub use queries::ImportQuery;
pub use types::ImportNode;
