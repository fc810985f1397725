//! A row that was refused, and why.

use serde::{Deserialize, Serialize};

use crate::id::Id;
use crate::problem::Problems;

/// How many refused rows one run keeps with their reasons; further ones are only counted.
pub const REFUSALS_KEPT_MAX: usize = 10_000;

/// How much of a refused cell's text is kept, in characters.
pub const CELL_SHOWN_MAX: usize = 80;

/// What stood in a cell that something is wrong with.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cell {
    /// The column, as the problems' paths name it.
    pub column: String,
    /// Its text, cut after [`CELL_SHOWN_MAX`] characters.
    pub text: String,
}

impl Cell {
    /// The cell under `column` that holds `text`.
    #[must_use]
    pub fn new(column: &str, text: &str) -> Self {
        let mut shown: String = text.chars().take(CELL_SHOWN_MAX).collect();
        if shown.len() < text.len() {
            shown.push('…');
        }
        Self { column: column.to_owned(), text: shown }
    }
}

/// A row that was refused.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal {
    /// Which one.
    pub id: Id<Refusal>,
    /// In which file.
    pub file: String,
    /// On which line of a text the row begins, or in which row of a sheet it stands, counted from 1.
    pub line: i64,
    /// Why; paths begin with the column. Problems of the whole row have no path.
    pub problems: Problems,
    /// What stood in the columns that the problems name.
    pub cells: Vec<Cell>,
}

impl Refusal {
    /// The row that begins on `line` of `file` is refused.
    #[must_use]
    pub fn new(file: &str, line: u64, problems: Problems, cells: Vec<Cell>) -> Self {
        Self { id: Id::new(), file: file.to_owned(), line: i64::try_from(line).unwrap_or(i64::MAX), problems, cells }
    }
}
