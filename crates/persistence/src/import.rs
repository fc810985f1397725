//! Imports, as they are stored.

mod entity;
pub mod mapping;
mod model;
pub mod reference;

use std::collections::HashMap;

use entity::{import_row, import_run};
use jiff::Timestamp;
use sea_orm::{ColumnTrait, Order, QueryFilter, QueryOrder, QuerySelect};
use tradehall_domain::event::{Audience, Subject, SubjectKind};
use tradehall_domain::import::{Import, ImportEvent, ImportId, Refusal};
use tradehall_domain::organization::OrganizationId;

use crate::column::Col;
use crate::kept;
use crate::page::Sort;
use crate::{Cursor, Page, PageRequest, StoreError, Tx, event};

/// The run of that id.
///
/// # Errors
/// [`StoreError::NotFound`] also where the actor may not know of it.
pub async fn load(tx: &Tx, id: ImportId) -> Result<Import, StoreError> {
    tx.one(tx.find::<import_run::Entity>().filter(import_run::Column::Id.eq(Col(id)))).await?.try_into()
}

/// The same, locked until the transaction ends.
///
/// # Errors
/// As [`load`].
pub async fn lock(tx: &mut Tx, id: ImportId) -> Result<Import, StoreError> {
    let select = tx.find_for_update::<import_run::Entity>().filter(import_run::Column::Id.eq(Col(id)));
    tx.one(select).await?.try_into()
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

/// How many runs of `organization` have not ended.
///
/// # Errors
/// When the database is away.
pub async fn open_of(tx: &Tx, organization: OrganizationId) -> Result<i64, StoreError> {
    let sql = "SELECT count(*) FROM import_run WHERE organization_id = $1 AND due_at IS NOT NULL";
    let rows = tx.query(sql, [organization.uuid().into()]).await?;
    Ok(rows.first().ok_or(StoreError::NotFound)?.try_get_by_index(0)?)
}

/// Takes the run that has been due for longest, so that nobody else takes it before `until`; nothing when none is due. Whoever dies
/// with it leaves it to others from then on.
///
/// # Errors
/// When the database is away.
pub async fn claim(tx: &mut Tx, until: Timestamp) -> Result<Option<Import>, StoreError> {
    let select = tx
        .find_for_update::<import_run::Entity>()
        .filter(import_run::Column::DueAt.lte(Col(tx.now())))
        .order_by(import_run::Column::DueAt, Order::Asc)
        .order_by(import_run::Column::Id, Order::Asc)
        .limit(1);
    let Some(model) = tx.maybe(select).await? else { return Ok(None) };
    hold(tx, model.id.0, until).await?;
    Import::try_from(model).map(Some)
}

/// Has nobody else take the run before `until`.
///
/// # Errors
/// When the database is away.
pub async fn hold(tx: &mut Tx, id: ImportId, until: Timestamp) -> Result<(), StoreError> {
    let sql = "UPDATE import_run SET due_at = $2 WHERE id = $1 AND due_at IS NOT NULL";
    tx.run(sql, [id.uuid().into(), until.as_microsecond().into()]).await?;
    Ok(())
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

/// Adds a run.
///
/// # Errors
/// When it cannot be written as JSON.
pub fn insert(tx: &mut Tx, import: &Import, event: &ImportEvent) -> Result<(), StoreError> {
    tx.insert(import_run::Model::try_from(import)?)?;
    record(tx, import, event)
}

/// Keeps a changed run.
///
/// # Errors
/// [`StoreError::Stale`], by the commit, when it changed meanwhile.
pub fn save(tx: &mut Tx, import: &mut Import, event: &ImportEvent) -> Result<(), StoreError> {
    import.version += 1;
    tx.save(import_run::Model::try_from(&*import)?)?;
    record(tx, import, event)
}

/// Adds refused rows of a run.
///
/// # Errors
/// When they cannot be written as JSON.
pub fn insert_refusals(tx: &mut Tx, import: &Import, refusals: &[Refusal]) -> Result<(), StoreError> {
    let rows = refusals.iter().map(|refusal| {
        Ok(import_row::Model {
            id: Col(refusal.id),
            run_id: Col(import.id),
            organization_id: import.organization.map(Col),
            file: refusal.file.clone(),
            line: refusal.line,
            problems: kept::store(&refusal.problems)?,
            cells: kept::json(&refusal.cells)?,
        })
    });
    let rows: Vec<_> = rows.collect::<Result<_, StoreError>>()?;
    tx.insert_all(&rows)
}

fn record(tx: &mut Tx, import: &Import, event: &ImportEvent) -> Result<(), StoreError> {
    let audience = Audience { organization: import.organization, counterparty: None };
    let subject = Subject { kind: SubjectKind::Import, id: import.id.uuid() };
    event::record(tx, audience, subject, event)
}
