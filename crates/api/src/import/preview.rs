//! What is in a file, before it is imported.

use std::sync::LazyLock;

use async_graphql::{Context, Description, Object, Result, SimpleObject};
use tokio::sync::Semaphore;
use tradehall_domain::attachment::AttachmentId;
use tradehall_domain::import::{ImportKind, ImportSettings, Separator, TextEncoding};
use tradehall_domain::problem::{Code, Problems};

use super::commands::known;
use super::file::{aside, rows};
use super::kind::KindOf;
use super::suggestion::suggest;
use super::table::first;
use crate::app::{Error, Session};
use crate::attachment;
use crate::graphql::closed::Closed;
use crate::graphql::error::UserError;
use crate::graphql::loader::session;
use crate::spreadsheet::Found;

/// How many rows a preview shows.
const ROWS_SHOWN: usize = 10;

/// How many characters of a cell a preview shows.
const CELL_SHOWN_MAX: usize = 200;

/// How many files are looked at at once; more are told to come back.
const PREVIEWS_MAX: usize = 4;

static ROOM: LazyLock<Semaphore> = LazyLock::new(|| Semaphore::new(PREVIEWS_MAX));

/// What is in a file.
#[derive(Debug, Clone, Default)]
pub struct Preview {
    found: Option<Found>,
    columns: Vec<PreviewColumn>,
    rows: Vec<PreviewRow>,
    fields: Vec<ImportField>,
    problems: Problems,
}

/// A column of a file.
#[derive(Debug, Clone, SimpleObject)]
#[graphql(name = "ImportPreviewColumn")]
pub struct PreviewColumn {
    /// Its name in the file's first row.
    pub name: String,
    /// The field that it most likely is, by its name in English or Vietnamese; null where none is likely.
    pub suggested_field: Option<String>,
}

/// A row of a file.
#[derive(Debug, Clone, SimpleObject)]
#[graphql(name = "ImportPreviewRow")]
pub struct PreviewRow {
    /// On which line of a text it begins, or in which row of a sheet it stands.
    pub line: u64,
    /// Its cells in the order of the columns, each cut after 200 characters; empty where one cannot be read.
    pub cells: Vec<String>,
}

/// A field that a kind of imports knows.
#[derive(Debug, Clone, SimpleObject)]
pub struct ImportField {
    /// Its name, as mappings use it.
    pub name: String,
    /// Whether every file of the kind must have it.
    pub is_required: bool,
}

/// What is in an uploaded file and how it would be read. Nothing is imported by looking.
#[derive(Debug, Clone, Description)]
pub struct ImportPreviewNode(pub Preview);

#[Object(name = "ImportPreview", use_type_description)]
impl ImportPreviewNode {
    /// What separates the cells; null for a workbook.
    async fn separator(&self) -> Option<Closed<Separator>> {
        match &self.0.found {
            Some(Found::Text { separator, .. }) => Some(Closed(*separator)),
            _ => None,
        }
    }

    /// How the characters are written down; null for a workbook.
    async fn encoding(&self) -> Option<Closed<TextEncoding>> {
        match &self.0.found {
            Some(Found::Text { encoding, .. }) => Some(Closed(*encoding)),
            _ => None,
        }
    }

    /// The sheets of a workbook, in their order; empty for a text.
    async fn sheets(&self) -> Vec<String> {
        match &self.0.found {
            Some(Found::Workbook { sheets, .. }) => sheets.clone(),
            _ => Vec::new(),
        }
    }

    /// The sheet that is shown; null for a text.
    async fn sheet(&self) -> Option<String> {
        match &self.0.found {
            Some(Found::Workbook { sheet, .. }) => Some(sheet.clone()),
            _ => None,
        }
    }

    /// The columns, in their order.
    async fn columns(&self) -> &[PreviewColumn] {
        &self.0.columns
    }

    /// The first rows, at most ten.
    async fn sample_rows(&self) -> &[PreviewRow] {
        &self.0.rows
    }

    /// The fields of the kind. Products also take `attr:Name [UNIT]` for any attribute.
    async fn fields(&self) -> &[ImportField] {
        &self.0.fields
    }

    /// Why the file cannot be read, or not further; empty when it can.
    async fn errors(&self, ctx: &Context<'_>) -> Result<Vec<UserError>> {
        Ok(UserError::all(&self.0.problems, session(ctx)?.language()))
    }
}

/// Looks into an uploaded file of the actor's organization.
///
/// # Errors
/// NOT_FOUND, or that too many files are looked at just now.
pub async fn look(
    session: &Session,
    attachment: AttachmentId,
    kind: ImportKind,
    settings: ImportSettings,
) -> Result<Preview, Error> {
    let _room = ROOM.try_acquire().map_err(|_| Error::Overloaded)?;
    let (attachment, file) = match attachment::open(session, attachment).await {
        Ok(opened) => opened,
        // What is wrong with the file is what the preview is there to tell.
        Err(Error::Refused(problems)) if problems.iter().all(|problem| problem.code == Code::FileUnreadable) => {
            return Ok(Preview { problems, ..Preview::default() });
        }
        Err(error) => return Err(error),
    };
    let kind = match known(kind) {
        Ok(kind) => kind,
        Err(problem) => return Ok(Preview { problems: problem.into(), ..Preview::default() }),
    };
    aside(move || {
        let mut preview = Preview { fields: fields(kind), ..Preview::default() };
        match read(&file, attachment.media_type, &settings, kind, &mut preview) {
            Ok(()) => {}
            Err(problems) => preview.problems = problems,
        }
        preview
    })
    .await
}

fn fields(kind: &KindOf) -> Vec<ImportField> {
    let field = |is_required| move |name: &&str| ImportField { name: (*name).to_owned(), is_required };
    let optional = kind.columns.optional.unwrap_or_default();
    kind.columns.required.iter().map(field(true)).chain(optional.iter().map(field(false))).collect()
}

fn read(
    file: &std::fs::File,
    media_type: tradehall_domain::attachment::MediaType,
    settings: &ImportSettings,
    kind: &KindOf,
    preview: &mut Preview,
) -> Result<(), Problems> {
    let (mut reading, found) = rows(file, media_type, settings)?;
    preview.found = Some(found);
    let names = first(&mut reading)?;
    let suggested = suggest(&names, kind);
    preview.columns = names
        .into_iter()
        .zip(suggested)
        .map(|(name, suggested_field)| PreviewColumn { name, suggested_field })
        .collect();
    while preview.rows.len() < ROWS_SHOWN {
        let Some(record) = reading.read()? else { break };
        let cells = record.cells.unwrap_or_default().into_iter().map(Result::unwrap_or_default);
        let cells = cells.map(|text| text.chars().take(CELL_SHOWN_MAX).collect()).collect();
        preview.rows.push(PreviewRow { line: record.line, cells });
    }
    Ok(())
}
