//! Tables in files, as spreadsheets and other programs write them: text (CSV) and workbooks (XLSX), read and written row by row.
//!
//! What is read comes from strangers, so every part of a file has a limit and a file is never held whole: of a workbook only its
//! shared strings and its cell formats are. A file is at most as large as uploads are; what it unpacks to is bounded here.

mod csv;
mod encoding;
mod package;
mod record;
mod rows;
mod separator;
mod workbook;
mod writer;
mod xlsx;
mod xml;

pub use package::{PACKAGE_BYTES_MAX, PART_BYTES_MAX, RATIO_MAX};
pub use record::{FIELDS_MAX, ROW_BYTES_MAX};
pub use rows::{Found, Layout, Record, Rows, Source};
pub use writer::{Cell, TableWriter};
