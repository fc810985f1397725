//! Exports: what an organization has, written row by row into a file of its own.

mod commands;
mod kind;
mod loaders;
mod mutations;
mod queries;
mod types;
mod writing;

pub use commands::{CancelExport, StartExport};
pub use mutations::ExportMutation;
pub use queries::ExportQuery;
pub use types::ExportNode;
pub use writing::carry_on;
