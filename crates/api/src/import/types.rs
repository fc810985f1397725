//! Import runs as clients see them.

use async_graphql::{Context, Description, ID, Object, Result, SimpleObject};
use tradehall_domain::import::{Counts, Import, ImportKind, ImportMode, ImportStatus, Refusal};
use tradehall_persistence::import;

use crate::graphql::closed::Closed;
use crate::graphql::connection::{List, Paging, connection};
use crate::graphql::error::UserError;
use crate::graphql::id::{global, node_types};
use crate::graphql::loader::{PageOf, load_maybe, session};
use crate::graphql::scalar::DateTime;

node_types! { Import => "Import" }

/// How the rows of a file, or of a whole run, fared.
#[derive(Debug, Clone, Copy, SimpleObject)]
pub struct ImportCounts {
    /// Rows that made something new; in a run that kept nothing, that would have.
    pub created: i64,
    /// Rows that changed something; in a run that kept nothing, that would have.
    pub changed: i64,
    /// Rows that said what was known already.
    pub unchanged: i64,
    /// Rows that were refused.
    pub rejected: i64,
}

impl From<Counts> for ImportCounts {
    fn from(counts: Counts) -> Self {
        let Counts { created, changed, unchanged, rejected } = counts;
        Self { created, changed, unchanged, rejected }
    }
}

/// How one file of a run fared.
#[derive(Debug, Clone, SimpleObject)]
pub struct ImportFile {
    /// The file's name.
    pub name: String,
    /// Its rows.
    pub counts: ImportCounts,
}

/// A row that was refused, and why.
#[derive(Debug, Clone, Description)]
pub struct ImportRowNode(pub Refusal);

#[Object(name = "ImportRow", use_type_description)]
impl ImportRowNode {
    /// The name of the file that it stands in.
    async fn file(&self) -> &str {
        &self.0.file
    }

    /// On which line of the file it begins; the row that names the columns is on line 1.
    async fn line(&self) -> i64 {
        self.0.line
    }

    /// Everything wrong with it; a path begins with the column, and is null where the whole row is meant.
    async fn errors(&self, ctx: &Context<'_>) -> Result<Vec<UserError>> {
        Ok(UserError::all(&self.0.problems, session(ctx)?.language()))
    }
}

/// One run of an import, with a reason for each row that was refused. Seen by the organization's people with CATALOG_READ.
#[derive(Debug, Clone, Description)]
pub struct ImportNode(pub Import);

#[Object(name = "Import", use_type_description)]
impl ImportNode {
    /// The opaque global id.
    pub async fn id(&self) -> ID {
        global(self.0.id)
    }

    /// What was read.
    async fn kind(&self) -> Closed<ImportKind> {
        self.0.kind.into()
    }

    /// What was to become of good rows beside refused ones.
    async fn mode(&self) -> Closed<ImportMode> {
        self.0.mode.into()
    }

    /// Whether the good rows were kept.
    async fn status(&self) -> Closed<ImportStatus> {
        self.0.status.into()
    }

    /// All rows together.
    async fn counts(&self) -> ImportCounts {
        self.0.counts().into()
    }

    /// File by file, in the order of reading.
    async fn files(&self) -> Vec<ImportFile> {
        self.0.files.iter().map(|file| ImportFile { name: file.file.clone(), counts: file.counts.into() }).collect()
    }

    /// The refused rows in the order of reading; the first 10 000 of them are kept.
    async fn rows(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "That many from the start, or from `after` on; 1 to 100.")] first: Option<i32>,
        #[graphql(desc = "Continue after this cursor.")] after: Option<String>,
        #[graphql(desc = "That many from the end, or up to `before`; 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "End before this cursor.")] before: Option<String>,
    ) -> Result<List<ImportRowNode>> {
        let session = session(ctx)?;
        let page = session.page(&Paging::of(first, after, last, before))?;
        let page = load_maybe(ctx, PageOf { of: self.0.id, page }).await?.unwrap_or_default();
        Ok(connection(page, import::refusal_cursor, ImportRowNode))
    }

    /// When it began.
    async fn started_at(&self) -> DateTime {
        DateTime(self.0.started_at)
    }

    /// When it ended.
    async fn finished_at(&self) -> DateTime {
        DateTime(self.0.finished_at)
    }
}
