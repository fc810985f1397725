//! Exports: what an organization has, written into a file that it keeps.

use jiff::{SignedDuration, Timestamp};
use serde::Serialize;

use crate::access::{Permission, Principal};
use crate::attachment::AttachmentId;
use crate::catalog::CategoryId;
use crate::event::DomainEvent;
use crate::id::Id;
use crate::import::ImportId;
use crate::language::Language;
use crate::named;
use crate::organization::OrganizationId;
use crate::problem::{Code, Problem, Problems};

named! {
    /// What an export writes down. What it writes can be imported again and then changes nothing.
    pub enum ExportKind {
        /// The tree of the organization's categories.
        Categories = "CATEGORIES",
        /// The organization's products.
        Products = "PRODUCTS",
        /// The organization's offers that have not ended.
        Offers = "OFFERS",
        /// How much of each product the organization has.
        Stock = "STOCK",
        /// The standing prices of the organization's price lists that have not ended. Needs PRICE_READ as well.
        Prices = "PRICES",
        /// The customers of the organization's shop, with what is noted of them. Needs CUSTOMER_READ as well.
        Customers = "CUSTOMERS",
        /// The refused rows of one import, with the reasons.
        ImportReport = "IMPORT_REPORT",
    }
}

impl ExportKind {
    /// What it takes to see what stands in its files, besides what it takes to see exports; for a report the import says more.
    #[must_use]
    pub const fn shows(self) -> Permission {
        match self {
            Self::Prices => Permission::PriceRead,
            Self::Customers => Permission::CustomerRead,
            Self::Categories | Self::Products | Self::Offers | Self::Stock | Self::ImportReport => {
                Permission::CatalogRead
            }
        }
    }
}

named! {
    /// What an export is written as.
    pub enum ExportFormat {
        /// Comma-separated values in UTF-8. Texts that a spreadsheet would run as formulas have an apostrophe before them.
        Csv = "CSV",
        /// A workbook of one sheet.
        Xlsx = "XLSX",
    }
}

named! {
    /// How far an export has come.
    pub enum ExportStatus {
        /// It waits for its turn, or is being written.
        Queued = "QUEUED",
        /// The file is there.
        Completed = "COMPLETED",
        /// It could not be written; there is no file.
        Failed = "FAILED",
        /// It was called off; there is no file.
        Cancelled = "CANCELLED",
    }
}

use ExportStatus::{Cancelled, Completed, Failed, Queued};

/// How many exports of an organization may wait at once.
pub const EXPORTS_OPEN_MAX: i64 = 10;

/// How long a worker that has died keeps others from an export: one is written in one go.
pub const EXPORT_HELD: SignedDuration = SignedDuration::from_mins(10);

/// Which part is written.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct ExportFilter {
    /// Only products in this category or below it.
    pub category: Option<CategoryId>,
    /// Whose refused rows.
    pub import: Option<ImportId>,
}

/// One run of an export.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Export {
    /// Which run.
    pub id: ExportId,
    /// Whose it is.
    pub organization: OrganizationId,
    /// What it writes down.
    pub kind: ExportKind,
    /// As what.
    pub format: ExportFormat,
    /// Which part.
    pub filter: ExportFilter,
    /// In which language reasons are written.
    pub language: Language,
    /// How far it has come.
    pub status: ExportStatus,
    /// Who asked for it.
    pub requested_by: Principal,
    /// How many rows the file has, besides the one that names the columns.
    pub rows: i64,
    /// The file, once it is there.
    pub attachment: Option<AttachmentId>,
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

/// The id of an [`Export`].
pub type ExportId = Id<Export>;

/// An export to make.
#[derive(Debug, Clone, Copy)]
pub struct ExportDraft {
    /// What it is to write down.
    pub kind: ExportKind,
    /// As what.
    pub format: ExportFormat,
    /// Which part.
    pub filter: ExportFilter,
    /// In which language reasons are written.
    pub language: Language,
}

impl Export {
    /// Asks for an export.
    ///
    /// # Errors
    /// [`Code::Required`] for a report without an import.
    pub fn queue(
        draft: ExportDraft,
        organization: OrganizationId,
        requested_by: Principal,
        now: Timestamp,
    ) -> Result<(Self, ExportEvent), Problem> {
        if draft.kind == ExportKind::ImportReport && draft.filter.import.is_none() {
            return Err(Problem::new(Code::Required).at("importId").at("filter"));
        }
        let event = ExportEvent::Queued { export: draft.kind };
        let export = Self {
            id: Id::new(),
            organization,
            kind: draft.kind,
            format: draft.format,
            filter: draft.filter,
            language: draft.language,
            status: Queued,
            requested_by,
            rows: 0,
            attachment: None,
            problems: Problems::new(),
            started_at: now,
            finished_at: None,
            due_at: Some(now),
            version: 1,
        };
        Ok((export, event))
    }

    /// The file is there and has so many rows.
    ///
    /// # Errors
    /// As [`Export::is_open`].
    pub fn finish(&mut self, attachment: AttachmentId, rows: i64, now: Timestamp) -> Result<ExportEvent, Problem> {
        self.is_open()?;
        self.rows = rows;
        self.attachment = Some(attachment);
        Ok(self.close(Completed, now))
    }

    /// It cannot be written.
    ///
    /// # Errors
    /// As [`Export::is_open`].
    pub fn fail(&mut self, problems: Problems, now: Timestamp) -> Result<ExportEvent, Problem> {
        self.is_open()?;
        self.problems = problems;
        Ok(self.close(Failed, now))
    }

    /// Calls it off.
    ///
    /// # Errors
    /// As [`Export::is_open`].
    pub fn cancel(&mut self, now: Timestamp) -> Result<ExportEvent, Problem> {
        self.is_open()?;
        Ok(self.close(Cancelled, now))
    }

    /// Whether it has not ended.
    ///
    /// # Errors
    /// [`Code::ExportStatus`] when it has.
    pub fn is_open(&self) -> Result<(), Problem> {
        if self.status == Queued { Ok(()) } else { Err(Problem::new(Code::ExportStatus).with("status", self.status)) }
    }

    fn close(&mut self, status: ExportStatus, now: Timestamp) -> ExportEvent {
        self.status = status;
        self.finished_at = Some(now);
        self.due_at = None;
        ExportEvent::Finished { export: self.kind, status, rows: self.rows }
    }
}

/// What happens to an export.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(untagged)]
pub enum ExportEvent {
    /// Somebody asked for it.
    Queued {
        /// What it is to write down.
        export: ExportKind,
    },
    /// It ended.
    Finished {
        /// What it wrote down.
        export: ExportKind,
        /// How it ended.
        status: ExportStatus,
        /// How many rows the file has.
        rows: i64,
    },
}

impl DomainEvent for ExportEvent {
    fn kind(&self) -> &'static str {
        match self {
            Self::Queued { .. } => "EXPORT_QUEUED",
            Self::Finished { .. } => "EXPORT_FINISHED",
        }
    }
}
