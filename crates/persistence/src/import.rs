//! Imports, as they are stored.

mod entity;
pub mod reference;

use std::collections::HashMap;

use entity::{import_row, import_run};
use sea_orm::{ColumnTrait, QueryFilter};
use serde::{Deserialize, Serialize};
use tradehall_domain::event::{Audience, Subject, SubjectKind};
use tradehall_domain::import::{Import, ImportId, Refusal};
use tradehall_domain::language::Language;
use tradehall_domain::named::Named;
use tradehall_domain::problem::{Code, Problem, Problems};

use crate::column::{Col, Name};
use crate::page::Sort;
use crate::{Cursor, Page, PageRequest, StoreError, Tx, event};

/// The run of that id.
///
/// # Errors
/// [`StoreError::NotFound`] also where the actor may not know of it.
pub async fn load(tx: &Tx, id: ImportId) -> Result<Import, StoreError> {
    tx.one(tx.find::<import_run::Entity>().filter(import_run::Column::Id.eq(Col(id)))).await?.try_into()
}

/// The runs of these ids that the actor may see, in no order.
///
/// # Errors
/// When the database is away.
pub async fn load_many(tx: &Tx, ids: &[ImportId]) -> Result<Vec<Import>, StoreError> {
    let found = tx.all(tx.find::<import_run::Entity>().filter(tx.among(import_run::Column::Id, ids))).await?;
    found.into_iter().map(Import::try_from).collect()
}

/// The runs that the actor may see, newest first.
///
/// # Errors
/// When the database is away.
pub async fn list(tx: &Tx, page: &PageRequest) -> Result<Page<Import>, StoreError> {
    let sort = Sort { key: None, id: import_run::Column::Id, descending: true };
    tx.page(tx.find::<import_run::Entity>(), page, &sort).await?.try_map(Import::try_from)
}

/// Where a run stands in a list.
#[must_use]
pub const fn cursor(import: &Import) -> Cursor {
    Cursor::of(import.id)
}

/// The refused rows of each of `runs`, in the order in which they were read.
///
/// # Errors
/// When the database is away.
pub async fn refusals(
    tx: &Tx,
    runs: &[ImportId],
    page: &PageRequest,
) -> Result<HashMap<ImportId, Page<Refusal>>, StoreError> {
    let select = tx.find::<import_row::Entity>();
    let sort = Sort { key: None, id: import_row::Column::Id, descending: false };
    let pages = tx.pages(select, (import_row::Column::RunId, runs), page, &sort, |model| model.run_id.0).await?;
    pages.into_iter().map(|(run, page)| Ok((run, page.try_map(Refusal::try_from)?))).collect()
}

/// Where a refused row stands in a list.
#[must_use]
pub const fn refusal_cursor(refusal: &Refusal) -> Cursor {
    Cursor::of(refusal.id)
}

/// Keeps what became of a run.
///
/// # Errors
/// When it cannot be written as JSON.
pub fn insert(tx: &mut Tx, import: &Import, refusals: &[Refusal]) -> Result<(), StoreError> {
    tx.insert(import_run::Model {
        id: Col(import.id),
        organization_id: import.organization.map(Col),
        kind: Name(import.kind),
        mode: Name(import.mode),
        status: Name(import.status),
        files: json(&import.files)?,
        started_at: Col(import.started_at),
        finished_at: Col(import.finished_at),
    })?;
    let rows = refusals.iter().map(|refusal| {
        Ok(import_row::Model {
            id: Col(refusal.id),
            run_id: Col(import.id),
            organization_id: import.organization.map(Col),
            file: refusal.file.clone(),
            line: refusal.line,
            problems: json(&refusal.problems.iter().map(Kept::from).collect::<Vec<_>>())?,
        })
    });
    let rows: Vec<_> = rows.collect::<Result<_, StoreError>>()?;
    tx.insert_all(&rows)?;
    let audience = Audience { organization: import.organization, counterparty: None };
    let subject = Subject { kind: SubjectKind::Import, id: import.id.uuid() };
    event::record(tx, audience, subject, &import.event())
}

fn json(value: &impl Serialize) -> Result<String, StoreError> {
    serde_json::to_string(value).map_err(|e| StoreError::Corrupt(e.to_string()))
}

/// A problem as it is kept, in words that any language can be made of later.
#[derive(Debug, Serialize, Deserialize)]
struct Kept {
    code: String,
    path: Vec<String>,
    figures: Vec<(String, String)>,
}

impl From<&Problem> for Kept {
    fn from(problem: &Problem) -> Self {
        let figures = problem.figures.iter().map(|(name, figure)| ((*name).to_owned(), figure.clone())).collect();
        Self { code: problem.code.name().to_owned(), path: problem.path.clone(), figures }
    }
}

impl From<Kept> for Problem {
    fn from(kept: Kept) -> Self {
        // A code that a later version dropped is told as what it surely is.
        let code = Code::from_name(&kept.code).unwrap_or(Code::Invalid);
        let mut problem = Self::new(code);
        problem.path = kept.path;
        let names = placeholders(code.sentence(Language::English));
        for (name, figure) in kept.figures {
            if let Some(name) = names.iter().find(|placeholder| **placeholder == name) {
                problem = problem.with(name, figure);
            }
        }
        problem
    }
}

/// The names between braces in a sentence.
fn placeholders(sentence: &'static str) -> Vec<&'static str> {
    sentence.split('{').skip(1).filter_map(|rest| rest.split_once('}')).map(|(name, _)| name).collect()
}

impl TryFrom<import_run::Model> for Import {
    type Error = StoreError;

    fn try_from(model: import_run::Model) -> Result<Self, StoreError> {
        Ok(Self {
            id: model.id.0,
            organization: model.organization_id.map(|id| id.0),
            kind: model.kind.0,
            mode: model.mode.0,
            status: model.status.0,
            files: serde_json::from_str(&model.files).map_err(|e| StoreError::Corrupt(e.to_string()))?,
            started_at: model.started_at.0,
            finished_at: model.finished_at.0,
        })
    }
}

impl TryFrom<import_row::Model> for Refusal {
    type Error = StoreError;

    fn try_from(model: import_row::Model) -> Result<Self, StoreError> {
        let kept: Vec<Kept> = serde_json::from_str(&model.problems).map_err(|e| StoreError::Corrupt(e.to_string()))?;
        let mut problems = Problems::new();
        for kept in kept {
            problems.push(Problem::from(kept));
        }
        Ok(Self { id: model.id.0, file: model.file, line: model.line, problems })
    }
}
