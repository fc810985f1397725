//! Sheets of workbooks (Office Open XML, ISO/IEC 29500-1 §18), as rows of texts.

mod cell;
mod formats;
mod sheet;
mod strings;

pub use formats::Formats;
pub use sheet::Sheet;
pub use strings::Strings;
