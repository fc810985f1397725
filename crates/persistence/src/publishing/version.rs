//! Catalog versions, as they are stored.

use jiff::Timestamp;
use sea_orm::{ColumnTrait, QueryFilter, QueryOrder, QuerySelect};
use tradehall_domain::event::{Audience, Subject, SubjectKind};
use tradehall_domain::organization::OrganizationId;
use tradehall_domain::publishing::{CatalogVersion, CatalogVersionEvent, CatalogVersionId, CatalogVersionStatus};
use tradehall_domain::text::Name as NameText;

use super::entity::version::{Column, Entity, Model};
use crate::column::{Col, Name};
use crate::page::Sort;
use crate::{Cursor, Page, PageRequest, StoreError, Turn, Tx, event};

/// The unique index that two versions of one catalog that go live at once run into.
pub const SEQUENCE_INDEX: &str = "catalog_version_owner_id_sequence_key";

/// The version of that id.
///
/// # Errors
/// [`StoreError::NotFound`] also where the actor may not know of it.
pub async fn load(tx: &Tx, id: CatalogVersionId) -> Result<CatalogVersion, StoreError> {
    tx.one(tx.find::<Entity>().filter(Column::Id.eq(Col(id)))).await?.try_into()
}

/// The version of that id, locked until the transaction ends.
///
/// # Errors
/// As [`load`].
pub async fn lock(tx: &mut Tx, id: CatalogVersionId) -> Result<CatalogVersion, StoreError> {
    let select = tx.find_for_update::<Entity>().filter(Column::Id.eq(Col(id)));
    tx.one(select).await?.try_into()
}

/// The versions of these ids that the actor may see, in no order.
///
/// # Errors
/// When the database is away.
pub async fn load_many(tx: &Tx, ids: &[CatalogVersionId]) -> Result<Vec<CatalogVersion>, StoreError> {
    let found = tx.all(tx.find::<Entity>().filter(tx.among(Column::Id, ids))).await?;
    found.into_iter().map(CatalogVersion::try_from).collect()
}

/// The versions of `owner`'s catalog that the actor may see, newest first; only those in `status` when one is named.
///
/// # Errors
/// When the database is away.
pub async fn list(
    tx: &Tx,
    owner: OrganizationId,
    status: Option<CatalogVersionStatus>,
    page: &PageRequest,
) -> Result<Page<CatalogVersion>, StoreError> {
    let mut select = tx.find::<Entity>().filter(Column::OwnerId.eq(Col(owner)));
    if let Some(status) = status {
        select = select.filter(Column::Status.eq(Name(status)));
    }
    let sort = Sort { key: None, id: Column::Id, descending: true };
    tx.page(select, page, &sort).await?.try_map(CatalogVersion::try_from)
}

/// Where a version stands in a list.
#[must_use]
pub const fn cursor(version: &CatalogVersion) -> Cursor {
    Cursor::of(version.id)
}

/// How many versions of `owner`'s catalog are open: begun, and neither published nor cancelled.
///
/// # Errors
/// When the database is away.
pub async fn open_of(tx: &Tx, owner: OrganizationId) -> Result<u64, StoreError> {
    let sql = "SELECT count(*) FROM catalog_version WHERE owner_id = $1 AND status IN ('DRAFT', 'REVIEW', 'SCHEDULED')";
    let rows = tx.query(sql, [owner.uuid().into()]).await?;
    let count = rows.first().map(|row| row.try_get_by_index::<i64>(0)).transpose()?;
    Ok(count.and_then(|count| u64::try_from(count).ok()).unwrap_or(0))
}

/// The version of its catalog that is live, locked until the transaction ends, in the turn of its owner.
///
/// # Errors
/// When the database is away.
pub async fn lock_live(tx: &mut Tx, turn: &Turn) -> Result<Option<CatalogVersion>, StoreError> {
    let select = tx
        .find_for_update::<Entity>()
        .filter(Column::OwnerId.eq(Col(turn.seller())))
        .filter(Column::Status.eq(Name(CatalogVersionStatus::Live)));
    tx.maybe(select).await?.map(CatalogVersion::try_from).transpose()
}

/// Up to `count` scheduled versions whose time has come at `now`, the longest due first.
///
/// # Errors
/// When the database is away.
pub async fn due(tx: &Tx, now: Timestamp, count: u64) -> Result<Vec<CatalogVersionId>, StoreError> {
    let select = tx
        .find::<Entity>()
        .filter(Column::Status.eq(Name(CatalogVersionStatus::Scheduled)))
        .filter(Column::PublishAt.lte(Col(now)))
        .order_by_asc(Column::PublishAt)
        .limit(count);
    Ok(tx.all(select).await?.into_iter().map(|model| model.id.0).collect())
}

/// Adds a version.
///
/// # Errors
/// When its event cannot be written down.
pub fn insert(tx: &mut Tx, version: &CatalogVersion, event: &CatalogVersionEvent) -> Result<(), StoreError> {
    tx.insert(Model::from(version))?;
    record(tx, version, event)
}

/// Keeps a changed version.
///
/// # Errors
/// [`StoreError::Stale`], by the commit, when it changed meanwhile.
pub fn save(tx: &mut Tx, version: &mut CatalogVersion, event: &CatalogVersionEvent) -> Result<(), StoreError> {
    version.version += 1;
    tx.save(Model::from(&*version))?;
    record(tx, version, event)
}

fn record(tx: &mut Tx, version: &CatalogVersion, event: &CatalogVersionEvent) -> Result<(), StoreError> {
    let subject = Subject { kind: SubjectKind::CatalogVersion, id: version.id.uuid() };
    event::record(tx, Audience::only(version.owner), subject, event)
}

impl From<&CatalogVersion> for Model {
    fn from(version: &CatalogVersion) -> Self {
        Self {
            id: Col(version.id),
            owner_id: Col(version.owner),
            name: version.name.to_string(),
            status: Name(version.status),
            since: Col(version.since),
            publish_at: version.publish_at.map(Col),
            sequence: version.sequence,
            published_at: version.published_at.map(Col),
            changes: version.changes,
            created_at: Col(version.created_at),
            version: version.version,
        }
    }
}

impl TryFrom<Model> for CatalogVersion {
    type Error = StoreError;

    fn try_from(model: Model) -> Result<Self, StoreError> {
        Ok(Self {
            id: model.id.0,
            owner: model.owner_id.0,
            name: NameText::parse(&model.name)?,
            status: model.status.0,
            since: model.since.0,
            publish_at: model.publish_at.map(|at| at.0),
            sequence: model.sequence,
            published_at: model.published_at.map(|at| at.0),
            changes: model.changes,
            created_at: model.created_at.0,
            version: model.version,
        })
    }
}
