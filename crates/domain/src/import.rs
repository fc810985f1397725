//! Imports: what was read from a file, what became of each row, and why some were refused.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::event::DomainEvent;
use crate::id::Id;
use crate::named;
use crate::organization::OrganizationId;
use crate::problem::Problems;

/// How many refused rows one run keeps with their reasons; further ones are only counted.
pub const REFUSALS_KEPT_MAX: usize = 10_000;

named! {
    /// What an import reads.
    pub enum ImportKind {
        /// The sample data set AdventureWorks: a maker, its products, vendors, their offers, and stores.
        AdventureWorks = "ADVENTURE_WORKS",
        /// A seller's offers.
        Offers = "OFFERS",
    }
}

named! {
    /// What becomes of the good rows when others are refused.
    pub enum ImportMode {
        /// They are kept.
        KeepGoodRows = "KEEP_GOOD_ROWS",
        /// Nothing is kept unless every row is good.
        AllOrNothing = "ALL_OR_NOTHING",
    }
}

named! {
    /// How an import ended.
    pub enum ImportStatus {
        /// Every good row was kept.
        Completed = "COMPLETED",
        /// Nothing was kept, because a row was refused and all or nothing was asked for.
        RolledBack = "ROLLED_BACK",
        /// Nothing was kept, because only a trial was asked for.
        Tried = "TRIED",
    }
}

/// How the rows of a file fared.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Counts {
    /// Made something new.
    pub created: i64,
    /// Changed something.
    pub changed: i64,
    /// Said what was known.
    pub unchanged: i64,
    /// Were refused.
    pub rejected: i64,
}

impl Counts {
    /// All rows.
    #[must_use]
    pub const fn total(&self) -> i64 {
        self.created + self.changed + self.unchanged + self.rejected
    }

    /// Both together.
    #[must_use]
    pub const fn plus(self, other: Self) -> Self {
        Self {
            created: self.created + other.created,
            changed: self.changed + other.changed,
            unchanged: self.unchanged + other.unchanged,
            rejected: self.rejected + other.rejected,
        }
    }
}

/// How one file fared.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct FileCounts {
    /// The file's name.
    pub file: String,
    /// Its rows.
    pub counts: Counts,
}

/// One run of an import.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Import {
    /// Which run.
    pub id: ImportId,
    /// For whom it was made; `None` when it ended before there was anybody.
    pub organization: Option<OrganizationId>,
    /// What it read.
    pub kind: ImportKind,
    /// What was to become of good rows beside bad ones.
    pub mode: ImportMode,
    /// How it ended.
    pub status: ImportStatus,
    /// File by file, in the order of reading.
    pub files: Vec<FileCounts>,
    /// When it began.
    pub started_at: Timestamp,
    /// When it ended.
    pub finished_at: Timestamp,
}

/// The id of an [`Import`].
pub type ImportId = Id<Import>;

impl Import {
    /// How a run ends that was asked for in `mode`, as a trial or not, and refused `rejected` rows.
    #[must_use]
    pub const fn outcome(mode: ImportMode, trial: bool, rejected: i64) -> ImportStatus {
        match mode {
            _ if trial => ImportStatus::Tried,
            ImportMode::AllOrNothing if rejected > 0 => ImportStatus::RolledBack,
            ImportMode::AllOrNothing | ImportMode::KeepGoodRows => ImportStatus::Completed,
        }
    }

    /// All files together.
    #[must_use]
    pub fn counts(&self) -> Counts {
        self.files.iter().fold(Counts::default(), |sum, file| sum.plus(file.counts))
    }

    /// What is worth keeping of the run.
    #[must_use]
    pub fn event(&self) -> ImportEvent {
        ImportEvent { kind: self.kind, status: self.status, counts: self.counts() }
    }
}

/// A row that was refused.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal {
    /// Which one.
    pub id: Id<Refusal>,
    /// In which file.
    pub file: String,
    /// On which line of it the row begins; the first row, which names the columns, is on line 1.
    pub line: i64,
    /// Why; paths begin with the column. Problems of the whole row have no path.
    pub problems: Problems,
}

impl Refusal {
    /// The row that begins on `line` of `file` is refused.
    #[must_use]
    pub fn new(file: &str, line: u64, problems: Problems) -> Self {
        Self { id: Id::new(), file: file.to_owned(), line: i64::try_from(line).unwrap_or(i64::MAX), problems }
    }
}

/// An import ended.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ImportEvent {
    /// What it read.
    pub kind: ImportKind,
    /// How it ended.
    pub status: ImportStatus,
    /// How its rows fared.
    pub counts: Counts,
}

impl DomainEvent for ImportEvent {
    fn kind(&self) -> &'static str {
        "IMPORT_FINISHED"
    }
}
