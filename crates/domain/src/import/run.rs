//! One run of an import, from asking for it to its end.

use jiff::{SignedDuration, Timestamp};

use super::{
    Counts, FileCounts, ImportEvent, ImportKind, ImportMode, ImportPhase, ImportSettings, ImportStatus,
    REFUSALS_KEPT_MAX,
};
use crate::access::Principal;
use crate::attachment::AttachmentId;
use crate::id::Id;
use crate::organization::OrganizationId;
use crate::problem::{Code, Problem, Problems};

use ImportPhase::{Applying, Checking};
use ImportStatus::{Cancelled, Completed, Failed, Partly, Queued, Reading};

/// How many imports of an organization may wait or be read at once.
pub const IMPORTS_OPEN_MAX: i64 = 20;

/// One run of an import.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Import {
    /// Which run.
    pub id: ImportId,
    /// For whom it is made; `None` when it ended before there was anybody.
    pub organization: Option<OrganizationId>,
    /// What it reads.
    pub kind: ImportKind,
    /// What becomes of good rows beside bad ones.
    pub mode: ImportMode,
    /// Whether it only reports what would happen.
    pub is_trial: bool,
    /// How far it has come.
    pub status: ImportStatus,
    /// What it does with the rows that it reads.
    pub phase: ImportPhase,
    /// The uploaded file; `None` for what the server reads from its own disk.
    pub attachment: Option<AttachmentId>,
    /// How the file is to be read.
    pub settings: ImportSettings,
    /// Who asked for it.
    pub requested_by: Principal,
    /// File by file, in the order of reading.
    pub files: Vec<FileCounts>,
    /// How many rows of the phase are done: where to go on.
    pub position: i64,
    /// How many rows the file has, once it was read to the end.
    pub rows: Option<i64>,
    /// Why it failed; empty unless it did.
    pub problems: Problems,
    /// When it was asked for.
    pub started_at: Timestamp,
    /// When it ended.
    pub finished_at: Option<Timestamp>,
    /// When the worker is to look at it; `None` once it has ended.
    pub due_at: Option<Timestamp>,
    /// Counts its changes.
    pub version: i64,
}

/// The id of an [`Import`].
pub type ImportId = Id<Import>;

/// An import to make.
#[derive(Debug, Clone)]
pub struct ImportDraft {
    /// What it is to read.
    pub kind: ImportKind,
    /// What is to become of good rows beside bad ones.
    pub mode: ImportMode,
    /// Whether it is only to report what would happen.
    pub is_trial: bool,
    /// The uploaded file.
    pub attachment: AttachmentId,
    /// What the file is called.
    pub file_name: String,
    /// How it is to be read.
    pub settings: ImportSettings,
}

/// How long a worker that has died keeps others from an import that it had taken up.
pub const IMPORT_HELD: SignedDuration = SignedDuration::from_secs(60);

/// What became of the next rows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stretch {
    /// How many rows were read.
    pub rows: i64,
    /// How they fared.
    pub counts: Counts,
}

impl Import {
    /// Asks for an import of an uploaded file.
    #[must_use]
    pub fn queue(
        draft: ImportDraft,
        organization: OrganizationId,
        requested_by: Principal,
        now: Timestamp,
    ) -> (Self, ImportEvent) {
        let checks_first = draft.is_trial || draft.mode == ImportMode::AllOrNothing;
        let event = ImportEvent::Queued { kind: draft.kind };
        let import = Self {
            id: Id::new(),
            organization: Some(organization),
            kind: draft.kind,
            mode: draft.mode,
            is_trial: draft.is_trial,
            status: Queued,
            phase: if checks_first { Checking } else { Applying },
            attachment: Some(draft.attachment),
            settings: draft.settings,
            requested_by,
            files: vec![FileCounts { file: draft.file_name, counts: Counts::default() }],
            position: 0,
            rows: None,
            problems: Problems::new(),
            started_at: now,
            finished_at: None,
            due_at: Some(now),
            version: 1,
        };
        (import, event)
    }

    /// A run that has ended as soon as it is known: of a data set that the server read from its own disk.
    #[must_use]
    pub fn ended(
        organization: Option<OrganizationId>,
        kind: ImportKind,
        (mode, is_trial): (ImportMode, bool),
        files: Vec<FileCounts>,
        started_at: Timestamp,
        now: Timestamp,
    ) -> (Self, ImportEvent) {
        let mut import = Self {
            id: Id::new(),
            organization,
            kind,
            mode,
            is_trial,
            status: Reading,
            phase: if is_trial { Checking } else { Applying },
            attachment: None,
            settings: ImportSettings::default(),
            requested_by: Principal::Market,
            files,
            position: 0,
            rows: None,
            problems: Problems::new(),
            started_at,
            finished_at: None,
            due_at: None,
            version: 1,
        };
        (import.position, import.rows) = (import.counts().total(), Some(import.counts().total()));
        let event = import.end(now);
        (import, event)
    }

    /// All files together.
    #[must_use]
    pub fn counts(&self) -> Counts {
        self.files.iter().fold(Counts::default(), |sum, file| sum.plus(file.counts))
    }

    /// The name of the file that is read.
    #[must_use]
    pub fn file_name(&self) -> &str {
        self.files.first().map_or("", |file| file.file.as_str())
    }

    /// Its file can be read to the end and has so many rows.
    ///
    /// # Errors
    /// [`Code::ImportStatus`] unless it waits.
    pub fn begin(&mut self, rows: i64) -> Result<ImportEvent, Problem> {
        if self.status != Queued {
            return Err(self.refusal());
        }
        self.status = Reading;
        self.rows = Some(rows);
        Ok(ImportEvent::Started { rows })
    }

    /// More rows are done; when they were the last ones, it goes on to keep what it checked, or ends.
    ///
    /// # Errors
    /// [`Code::ImportStatus`] unless it is being read.
    pub fn advance(&mut self, stretch: Stretch, is_last: bool, now: Timestamp) -> Result<ImportEvent, Problem> {
        if self.status != Reading {
            return Err(self.refusal());
        }
        self.position += stretch.rows;
        if let Some(file) = self.files.last_mut() {
            file.counts = file.counts.plus(stretch.counts);
        }
        self.due_at = Some(held_until(now));
        // Checked rows were all good; one that is bad by now was changed by somebody meanwhile.
        let ends = is_last || (self.mode == ImportMode::AllOrNothing && self.phase == Applying && self.rejected() > 0);
        match self.phase {
            _ if !ends => {
                Ok(ImportEvent::Progressed { phase: self.phase, position: self.position, counts: self.counts() })
            }
            Checking if !self.is_trial && self.rejected() == 0 => {
                self.phase = Applying;
                self.position = 0;
                for file in &mut self.files {
                    file.counts = Counts::default();
                }
                Ok(ImportEvent::Progressed { phase: Applying, position: 0, counts: Counts::default() })
            }
            _ => Ok(self.end(now)),
        }
    }

    fn rejected(&self) -> i64 {
        self.counts().rejected
    }

    fn end(&mut self, now: Timestamp) -> ImportEvent {
        let rejected = self.rejected();
        let kept_none = self.mode == ImportMode::AllOrNothing && !self.is_trial;
        let status = match rejected {
            0 => Completed,
            _ if kept_none => Failed,
            _ => Partly,
        };
        if status == Failed {
            self.problems = Problem::new(Code::RowsRefused).with("count", rejected).into();
        }
        self.close(status, now)
    }

    fn close(&mut self, status: ImportStatus, now: Timestamp) -> ImportEvent {
        self.status = status;
        self.finished_at = Some(now);
        self.due_at = None;
        ImportEvent::Finished { kind: self.kind, status, counts: self.counts() }
    }

    /// Its file cannot be used.
    ///
    /// # Errors
    /// [`Code::ImportStatus`] when it has ended.
    pub fn fail(&mut self, problems: Problems, now: Timestamp) -> Result<ImportEvent, Problem> {
        self.is_open()?;
        self.problems = problems;
        Ok(self.close(Failed, now))
    }

    /// Calls it off. What was kept by then stays.
    ///
    /// # Errors
    /// As [`Import::is_open`].
    pub fn cancel(&mut self, now: Timestamp) -> Result<ImportEvent, Problem> {
        self.is_open()?;
        Ok(self.close(Cancelled, now))
    }

    /// Whether it has not ended.
    ///
    /// # Errors
    /// [`Code::ImportStatus`] when it has.
    pub fn is_open(&self) -> Result<(), Problem> {
        if matches!(self.status, Queued | Reading) { Ok(()) } else { Err(self.refusal()) }
    }

    /// How many of its refused rows can still be kept with their reasons.
    #[must_use]
    pub fn refusals_left(&self) -> usize {
        let kept = usize::try_from(self.rejected()).unwrap_or(usize::MAX);
        REFUSALS_KEPT_MAX.saturating_sub(kept)
    }

    fn refusal(&self) -> Problem {
        Problem::new(Code::ImportStatus).with("status", self.status)
    }
}

/// Until when an import that is taken up at `now` is nobody else's.
#[must_use]
pub fn held_until(now: Timestamp) -> Timestamp {
    now.saturating_add(IMPORT_HELD).unwrap_or(Timestamp::MAX)
}
