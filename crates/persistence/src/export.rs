//! Exports, as they are stored.

mod entity;

use entity::{Column, Entity, Model};
use jiff::Timestamp;
use sea_orm::{ColumnTrait, Order, QueryFilter, QueryOrder, QuerySelect};
use serde::{Deserialize, Serialize};
use tradehall_domain::event::{Audience, Subject, SubjectKind};
use tradehall_domain::export::{Export, ExportEvent, ExportFilter, ExportId};
use tradehall_domain::id::Id;
use tradehall_domain::language::Language;
use tradehall_domain::named::Named as _;
use tradehall_domain::organization::OrganizationId;
use uuid::Uuid;

use crate::attachment::{columns, principal};
use crate::column::{Col, Name};
use crate::page::Sort;
use crate::{Cursor, Page, PageRequest, StoreError, Tx, event, kept};

/// The run of that id.
///
/// # Errors
/// [`StoreError::NotFound`] also where the actor may not know of it.
pub async fn load(tx: &Tx, id: ExportId) -> Result<Export, StoreError> {
    tx.one(tx.find::<Entity>().filter(Column::Id.eq(Col(id)))).await?.try_into()
}

/// The same, locked until the transaction ends.
///
/// # Errors
/// As [`load`].
pub async fn lock(tx: &mut Tx, id: ExportId) -> Result<Export, StoreError> {
    let select = tx.find_for_update::<Entity>().filter(Column::Id.eq(Col(id)));
    tx.one(select).await?.try_into()
}

/// The runs of these ids that the actor may see, in no order.
///
/// # Errors
/// When the database is away.
pub async fn load_many(tx: &Tx, ids: &[ExportId]) -> Result<Vec<Export>, StoreError> {
    let found = tx.all(tx.find::<Entity>().filter(tx.among(Column::Id, ids))).await?;
    found.into_iter().map(Export::try_from).collect()
}

/// The runs that the actor may see, newest first.
///
/// # Errors
/// When the database is away.
pub async fn list(tx: &Tx, page: &PageRequest) -> Result<Page<Export>, StoreError> {
    let sort = Sort { key: None, id: Column::Id, descending: true };
    tx.page(tx.find::<Entity>(), page, &sort).await?.try_map(Export::try_from)
}

/// Where a run stands in a list.
#[must_use]
pub const fn cursor(export: &Export) -> Cursor {
    Cursor::of(export.id)
}

/// How many runs of `organization` have not ended.
///
/// # Errors
/// When the database is away.
pub async fn open_of(tx: &Tx, organization: OrganizationId) -> Result<i64, StoreError> {
    let sql = "SELECT count(*) FROM export_run WHERE organization_id = $1 AND due_at IS NOT NULL";
    let rows = tx.query(sql, [organization.uuid().into()]).await?;
    Ok(rows.first().ok_or(StoreError::NotFound)?.try_get_by_index(0)?)
}

/// Takes the run that has been due for longest, so that nobody else takes it before `until`; nothing when none is due.
///
/// # Errors
/// When the database is away.
pub async fn claim(tx: &mut Tx, until: Timestamp) -> Result<Option<Export>, StoreError> {
    let select = tx
        .find_for_update::<Entity>()
        .filter(Column::DueAt.lte(Col(tx.now())))
        .order_by(Column::DueAt, Order::Asc)
        .order_by(Column::Id, Order::Asc)
        .limit(1);
    let Some(model) = tx.maybe(select).await? else { return Ok(None) };
    let sql = "UPDATE export_run SET due_at = $2 WHERE id = $1 AND due_at IS NOT NULL";
    tx.run(sql, [model.id.0.uuid().into(), until.as_microsecond().into()]).await?;
    Export::try_from(model).map(Some)
}

/// Adds a run.
///
/// # Errors
/// When it cannot be written as JSON.
pub fn insert(tx: &mut Tx, export: &Export, event: &ExportEvent) -> Result<(), StoreError> {
    tx.insert(Model::try_from(export)?)?;
    record(tx, export, event)
}

/// Keeps a changed run.
///
/// # Errors
/// [`StoreError::Stale`], by the commit, when it changed meanwhile.
pub fn save(tx: &mut Tx, export: &mut Export, event: &ExportEvent) -> Result<(), StoreError> {
    export.version += 1;
    tx.save(Model::try_from(&*export)?)?;
    record(tx, export, event)
}

fn record(tx: &mut Tx, export: &Export, event: &ExportEvent) -> Result<(), StoreError> {
    let subject = Subject { kind: SubjectKind::Export, id: export.id.uuid() };
    event::record(tx, Audience::only(export.organization), subject, event)
}

/// A filter as it is kept.
#[derive(Debug, Serialize, Deserialize)]
struct Filter {
    category: Option<Uuid>,
    import: Option<Uuid>,
    language: String,
}

impl TryFrom<&Export> for Model {
    type Error = StoreError;

    fn try_from(export: &Export) -> Result<Self, StoreError> {
        let (user_id, api_key_id) = columns(export.requested_by);
        let filter = Filter {
            category: export.filter.category.map(Id::uuid),
            import: export.filter.import.map(Id::uuid),
            language: export.language.name().to_owned(),
        };
        Ok(Self {
            id: Col(export.id),
            organization_id: Col(export.organization),
            kind: Name(export.kind),
            format: Name(export.format),
            status: Name(export.status),
            filter: kept::json(&filter)?,
            user_id,
            api_key_id,
            row_count: export.rows,
            attachment_id: export.attachment.map(Col),
            problems: kept::store(&export.problems)?,
            started_at: Col(export.started_at),
            finished_at: export.finished_at.map(Col),
            due_at: export.due_at.map(Col),
            version: export.version,
        })
    }
}

impl TryFrom<Model> for Export {
    type Error = StoreError;

    fn try_from(model: Model) -> Result<Self, StoreError> {
        let filter: Filter = kept::read(&model.filter)?;
        Ok(Self {
            id: model.id.0,
            organization: model.organization_id.0,
            kind: model.kind.0,
            format: model.format.0,
            filter: ExportFilter {
                category: filter.category.map(Id::from_uuid),
                import: filter.import.map(Id::from_uuid),
            },
            language: Language::from_name(&filter.language).unwrap_or_default(),
            status: model.status.0,
            requested_by: principal(model.user_id, model.api_key_id),
            rows: model.row_count,
            attachment: model.attachment_id.map(|id| id.0),
            problems: kept::restore(&model.problems)?,
            started_at: model.started_at.0,
            finished_at: model.finished_at.map(|at| at.0),
            due_at: model.due_at.map(|at| at.0),
            version: model.version,
        })
    }
}
