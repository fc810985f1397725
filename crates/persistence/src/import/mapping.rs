//! Mappings that organizations keep, as they are stored.

use sea_orm::{ColumnTrait, QueryFilter};
use tradehall_domain::event::{Audience, Subject, SubjectKind};
use tradehall_domain::import::{ImportKind, ImportMapping, ImportMappingEvent, ImportMappingId};
use tradehall_domain::organization::OrganizationId;
use tradehall_domain::text::Name as NameText;

use super::entity::import_mapping::{Column, Entity, Model};
use crate::column::{Col, Name};
use crate::page::Sort;
use crate::{Cursor, Page, PageRequest, StoreError, Tx, event, kept};

/// The unique index that a second mapping of the same name runs into.
pub const NAME_INDEX: &str = "import_mapping_organization_id_kind_name_key";

/// The mapping of that id.
///
/// # Errors
/// [`StoreError::NotFound`] also where the actor may not know of it.
pub async fn load(tx: &Tx, id: ImportMappingId) -> Result<ImportMapping, StoreError> {
    tx.one(tx.find::<Entity>().filter(Column::Id.eq(Col(id)))).await?.try_into()
}

/// The mappings of these ids that the actor may see, in no order.
///
/// # Errors
/// When the database is away.
pub async fn load_many(tx: &Tx, ids: &[ImportMappingId]) -> Result<Vec<ImportMapping>, StoreError> {
    let found = tx.all(tx.find::<Entity>().filter(tx.among(Column::Id, ids))).await?;
    found.into_iter().map(ImportMapping::try_from).collect()
}

/// The mapping that `organization` keeps under `name`, locked until the transaction ends; nothing when there is none.
///
/// # Errors
/// When the database is away.
pub async fn lock_named(
    tx: &mut Tx,
    organization: OrganizationId,
    kind: ImportKind,
    name: &NameText,
) -> Result<Option<ImportMapping>, StoreError> {
    let select = tx
        .find_for_update::<Entity>()
        .filter(Column::OrganizationId.eq(Col(organization)))
        .filter(Column::Kind.eq(Name(kind)))
        .filter(Column::Name.eq(name.as_str()));
    tx.maybe(select).await?.map(ImportMapping::try_from).transpose()
}

/// The mappings that the actor may see, newest first; only those for `kind` when one is named.
///
/// # Errors
/// When the database is away.
pub async fn list(tx: &Tx, kind: Option<ImportKind>, page: &PageRequest) -> Result<Page<ImportMapping>, StoreError> {
    let mut select = tx.find::<Entity>();
    if let Some(kind) = kind {
        select = select.filter(Column::Kind.eq(Name(kind)));
    }
    let sort = Sort { key: None, id: Column::Id, descending: true };
    tx.page(select, page, &sort).await?.try_map(ImportMapping::try_from)
}

/// Where a mapping stands in a list.
#[must_use]
pub const fn cursor(mapping: &ImportMapping) -> Cursor {
    Cursor::of(mapping.id)
}

/// Adds a mapping.
///
/// # Errors
/// A conflict on [`NAME_INDEX`], by the commit.
pub fn insert(tx: &mut Tx, mapping: &ImportMapping, event: &ImportMappingEvent) -> Result<(), StoreError> {
    tx.insert(Model::try_from(mapping)?)?;
    record(tx, mapping, event)
}

/// Keeps a changed mapping.
///
/// # Errors
/// [`StoreError::Stale`], by the commit, when it changed meanwhile.
pub fn save(tx: &mut Tx, mapping: &mut ImportMapping, event: &ImportMappingEvent) -> Result<(), StoreError> {
    mapping.version += 1;
    tx.save(Model::try_from(&*mapping)?)?;
    record(tx, mapping, event)
}

/// Drops a mapping.
///
/// # Errors
/// When the database is away.
pub async fn delete(tx: &mut Tx, mapping: &ImportMapping) -> Result<(), StoreError> {
    record(tx, mapping, &ImportMappingEvent::Deleted { name: mapping.name.to_string() })?;
    tx.delete::<Entity, _>(Column::Id, &[mapping.id]).await?;
    Ok(())
}

fn record(tx: &mut Tx, mapping: &ImportMapping, event: &ImportMappingEvent) -> Result<(), StoreError> {
    let subject = Subject { kind: SubjectKind::ImportMapping, id: mapping.id.uuid() };
    event::record(tx, Audience::only(mapping.organization), subject, event)
}

impl TryFrom<&ImportMapping> for Model {
    type Error = StoreError;

    fn try_from(mapping: &ImportMapping) -> Result<Self, StoreError> {
        Ok(Self {
            id: Col(mapping.id),
            organization_id: Col(mapping.organization),
            kind: Name(mapping.kind),
            name: mapping.name.to_string(),
            columns: kept::json(&mapping.columns)?,
            saved_at: Col(mapping.saved_at),
            version: mapping.version,
        })
    }
}

impl TryFrom<Model> for ImportMapping {
    type Error = StoreError;

    fn try_from(model: Model) -> Result<Self, StoreError> {
        Ok(Self {
            id: model.id.0,
            organization: model.organization_id.0,
            kind: model.kind.0,
            name: NameText::parse(&model.name)?,
            columns: kept::read(&model.columns)?,
            saved_at: model.saved_at.0,
            version: model.version,
        })
    }
}
