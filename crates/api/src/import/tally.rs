//! What becomes of the rows of a run.

use tradehall_domain::import::{Counts, FileCounts, REFUSALS_KEPT_MAX, Refusal};
use tradehall_domain::problem::Problems;

/// What became of one row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// It made something new.
    Created,
    /// It changed something.
    Changed,
    /// It said what was known.
    Unchanged,
}

/// The rows of a run so far, file by file.
#[derive(Debug, Default)]
pub struct Tally {
    files: Vec<FileCounts>,
    refusals: Vec<Refusal>,
}

impl Tally {
    /// From here on rows are of `file`.
    pub fn begin(&mut self, file: &str) {
        self.files.push(FileCounts { file: file.to_owned(), counts: Counts::default() });
    }

    /// A row was taken.
    pub fn note(&mut self, outcome: Outcome) {
        if let Some(file) = self.files.last_mut() {
            match outcome {
                Outcome::Created => file.counts.created += 1,
                Outcome::Changed => file.counts.changed += 1,
                Outcome::Unchanged => file.counts.unchanged += 1,
            }
        }
    }

    /// The row that begins on `line` was refused.
    pub fn refuse(&mut self, line: u64, problems: impl Into<Problems>) {
        if let Some(file) = self.files.last_mut() {
            file.counts.rejected += 1;
            if self.refusals.len() < REFUSALS_KEPT_MAX {
                self.refusals.push(Refusal::new(&file.file, line, problems.into()));
            }
        }
    }

    /// How many rows were refused in all.
    pub fn rejected(&self) -> i64 {
        self.files.iter().map(|file| file.counts.rejected).sum()
    }

    /// Everything, for the report.
    pub fn finish(self) -> (Vec<FileCounts>, Vec<Refusal>) {
        (self.files, self.refusals)
    }
}
