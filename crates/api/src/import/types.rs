//! Import runs as clients see them.

use async_graphql::{Context, Description, ID, Object, Result, SimpleObject};
use tradehall_domain::access::Permission;
use tradehall_domain::import::{Counts, Import, ImportKind, ImportMode, ImportPhase, ImportStatus, Refusal};
use tradehall_persistence::import;

use super::mapping_types::MappedColumn;
use crate::attachment::AttachmentNode;
use crate::graphql::action::{ActionAvailability, Actions};
use crate::graphql::closed::Closed;
use crate::graphql::connection::{List, Paging, connection};
use crate::graphql::error::UserError;
use crate::graphql::id::{global, node_types};
use crate::graphql::loader::{PageOf, allowed, load_maybe, load_one, session};
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

/// What stood in a cell of a refused row that something is wrong with.
#[derive(Debug, Clone, SimpleObject)]
pub struct ImportCell {
    /// The field that the cell's column is, as the paths of the errors begin.
    pub column: String,
    /// Its text, cut after 80 characters.
    pub text: String,
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

    /// On which line of a text it begins, or in which row of a sheet it stands, counted from 1.
    async fn line(&self) -> i64 {
        self.0.line
    }

    /// Everything wrong with it; a path begins with the column, and is null where the whole row is meant.
    async fn errors(&self, ctx: &Context<'_>) -> Result<Vec<UserError>> {
        Ok(UserError::all(&self.0.problems, session(ctx)?.language()))
    }

    /// What stands in the cells that the errors are about.
    async fn cells(&self) -> Vec<ImportCell> {
        let cell =
            |cell: &tradehall_domain::import::Cell| ImportCell { column: cell.column.clone(), text: cell.text.clone() };
        self.0.cells.iter().map(cell).collect()
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

    /// Whether it only reports what would happen and keeps nothing.
    async fn is_trial(&self) -> bool {
        self.0.is_trial
    }

    /// How far it has come, or how it ended.
    async fn status(&self) -> Closed<ImportStatus> {
        self.0.status.into()
    }

    /// What it does with the rows that it reads.
    async fn phase(&self) -> Closed<ImportPhase> {
        self.0.phase.into()
    }

    /// How many rows of the phase are done.
    async fn rows_done(&self) -> i64 {
        self.0.position
    }

    /// How many rows the file has, without the one that names the columns; null before it was read to the end once.
    async fn rows_total(&self) -> Option<i64> {
        self.0.rows
    }

    /// The file that is read; null for what the server read from its own disk. Needs what its kind shows: PRICE_READ,
    /// CUSTOMER_READ or CATALOG_READ.
    async fn attachment(&self, ctx: &Context<'_>) -> Result<Option<AttachmentNode>> {
        allowed(ctx, self.0.kind.shows())?;
        match self.0.attachment {
            Some(id) => load_one(ctx, id).await.map(AttachmentNode).map(Some),
            None => Ok(None),
        }
    }

    /// Which field each column is; empty where columns are known by the fields' own names.
    async fn mapped_columns(&self) -> Vec<MappedColumn> {
        self.0.settings.mapping.iter().map(MappedColumn::from).collect()
    }

    /// Why the file as a whole could not be used; empty unless it failed.
    async fn errors(&self, ctx: &Context<'_>) -> Result<Vec<UserError>> {
        Ok(UserError::all(&self.0.problems, session(ctx)?.language()))
    }

    /// All rows together.
    async fn counts(&self) -> ImportCounts {
        self.0.counts().into()
    }

    /// File by file, in the order of reading.
    async fn files(&self) -> Vec<ImportFile> {
        self.0.files.iter().map(|file| ImportFile { name: file.file.clone(), counts: file.counts.into() }).collect()
    }

    /// The refused rows in the order of reading; the first 10 000 of them are kept. Needs what the kind shows: PRICE_READ,
    /// CUSTOMER_READ or CATALOG_READ.
    async fn rows(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "That many from the start, or from `after` on; 1 to 100.")] first: Option<i32>,
        #[graphql(desc = "Continue after this cursor.")] after: Option<String>,
        #[graphql(desc = "That many from the end, or up to `before`; 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "End before this cursor.")] before: Option<String>,
    ) -> Result<List<ImportRowNode>> {
        let session = allowed(ctx, self.0.kind.shows())?;
        let page = session.page(&Paging::of(first, after, last, before))?;
        let page = load_maybe(ctx, PageOf { of: self.0.id, page }).await?.unwrap_or_default();
        Ok(connection(page, import::refusal_cursor, ImportRowNode))
    }

    /// When it was asked for.
    async fn started_at(&self) -> DateTime {
        DateTime(self.0.started_at)
    }

    /// When it ended; null until it has.
    async fn finished_at(&self) -> Option<DateTime> {
        self.0.finished_at.map(DateTime)
    }

    /// What the viewer can do with it now.
    async fn available_actions(&self, ctx: &Context<'_>) -> Result<Vec<ActionAvailability>> {
        let mut actions = Actions::of(session(ctx)?);
        actions.add("cancelImport", Permission::CatalogManage, self.0.is_open());
        Ok(actions.done())
    }
}
