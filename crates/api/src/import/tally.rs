//! What becomes of the rows of a run.

use tradehall_domain::id::Id;
use tradehall_domain::import::{Counts, FileCounts, REFUSALS_KEPT_MAX, Refusal};
use tradehall_domain::problem::Problems;

use super::table::{BadRow, Row};

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
    /// The rows of one file, none so far.
    pub fn of(file: &str) -> Self {
        let mut tally = Self::default();
        tally.begin(file);
        tally
    }

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
        self.reject(|file| Refusal::new(file, line, problems.into(), Vec::new()));
    }

    /// A row could not be read.
    pub fn refuse_unread(&mut self, row: BadRow) {
        self.reject(|file| Refusal::new(file, row.line, row.problems, Vec::new()));
    }

    /// The row was refused; what stands in the cells that `problems` name is told.
    pub fn refuse_row(&mut self, row: &Row, problems: impl Into<Problems>) {
        let problems = problems.into();
        let cells = row.shown(&problems);
        self.reject(|file| Refusal::new(file, row.line, problems, cells));
    }

    fn reject(&mut self, refusal: impl FnOnce(&str) -> Refusal) {
        if let Some(file) = self.files.last_mut() {
            file.counts.rejected += 1;
            if self.refusals.len() < REFUSALS_KEPT_MAX {
                self.refusals.push(refusal(&file.file));
            }
        }
    }

    /// How all rows fared.
    pub fn counts(&self) -> Counts {
        self.files.iter().fold(Counts::default(), |sum, file| sum.plus(file.counts))
    }

    /// The first `most` refused rows, in the order of their lines.
    pub fn refusals(mut self, most: usize) -> Vec<Refusal> {
        self.refusals.sort_by_key(|refusal| refusal.line);
        self.refusals.truncate(most);
        // Lists go by the id, and ids by when they were made.
        for refusal in &mut self.refusals {
            refusal.id = Id::new();
        }
        self.refusals
    }

    /// Everything, for the report.
    pub fn finish(self) -> (Vec<FileCounts>, Vec<Refusal>) {
        (self.files, self.refusals)
    }
}
