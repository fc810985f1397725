//! API keys.

use sea_orm::{ColumnTrait, QueryFilter};
use tradehall_domain::event::{Audience, Subject, SubjectKind};
use tradehall_domain::identity::{ApiKey, ApiKeyEvent, ApiKeyId, Digest};
use tradehall_domain::organization::OrganizationId;
use tradehall_domain::text::ShortText;

use super::digest;
use super::entity::api_key;
use crate::column::Col;
use crate::page::Sort;
use crate::{Cursor, Page, PageRequest, StoreError, Tx, event};

/// The key whose secret is `secret`, if it is one of ours.
///
/// # Errors
/// When the database is away.
pub async fn find_api_key(tx: &Tx, secret: Digest) -> Result<Option<ApiKey>, StoreError> {
    let select = tx.find::<api_key::Entity>().filter(api_key::Column::Secret.eq(secret.0.to_vec()));
    tx.maybe(select).await?.map(ApiKey::try_from).transpose()
}

/// The keys of these ids in the actor's organization, in no order.
///
/// # Errors
/// When the database is away.
pub async fn load_api_keys(tx: &Tx, ids: &[ApiKeyId]) -> Result<Vec<ApiKey>, StoreError> {
    let found = tx.all(tx.find::<api_key::Entity>().filter(tx.among(api_key::Column::Id, ids))).await?;
    found.into_iter().map(ApiKey::try_from).collect()
}

/// The keys of the actor's organization, newest first.
///
/// # Errors
/// When the database is away.
pub async fn api_keys(tx: &Tx, page: &PageRequest) -> Result<Page<ApiKey>, StoreError> {
    let sort = Sort { key: None, id: api_key::Column::Id, descending: true };
    tx.page(tx.find::<api_key::Entity>(), page, &sort).await?.try_map(ApiKey::try_from)
}

/// How many keys of `organization` are good just now.
///
/// # Errors
/// When the database is away.
pub async fn count_api_keys(tx: &Tx, organization: OrganizationId) -> Result<u64, StoreError> {
    let sql = "SELECT count(*) FROM api_key
               WHERE organization_id = $1 AND revoked_at IS NULL AND (expires_at IS NULL OR expires_at > $2)";
    let rows = tx.query(sql, [organization.uuid().into(), tx.now().as_microsecond().into()]).await?;
    let count: i64 = rows.first().map_or(Ok(0), |row| row.try_get_by_index(0))?;
    Ok(count.cast_unsigned())
}

/// Where a key stands in a list.
#[must_use]
pub const fn api_key_cursor(key: &ApiKey) -> Cursor {
    Cursor::of(key.id)
}

/// The key of that id, locked until the transaction ends.
///
/// # Errors
/// [`StoreError::NotFound`] also for another organization's.
pub async fn lock_api_key(tx: &mut Tx, id: ApiKeyId) -> Result<ApiKey, StoreError> {
    let select = tx.find_for_update::<api_key::Entity>().filter(api_key::Column::Id.eq(Col(id)));
    tx.one(select).await?.try_into()
}

/// Adds a key.
///
/// # Errors
/// When the event cannot be written down.
pub fn insert_api_key(tx: &mut Tx, key: &ApiKey, event: &ApiKeyEvent) -> Result<(), StoreError> {
    tx.insert(api_key::Model::from(key))?;
    record(tx, key, event)
}

/// Keeps a changed key.
///
/// # Errors
/// [`StoreError::Stale`], by the commit, when it changed meanwhile.
pub fn save_api_key(tx: &mut Tx, key: &mut ApiKey, event: &ApiKeyEvent) -> Result<(), StoreError> {
    key.version += 1;
    tx.save(api_key::Model::from(&*key))?;
    record(tx, key, event)
}

fn record(tx: &mut Tx, key: &ApiKey, event: &ApiKeyEvent) -> Result<(), StoreError> {
    let subject = Subject { kind: SubjectKind::ApiKey, id: key.id.uuid() };
    event::record(tx, Audience::only(key.organization), subject, event)
}

impl From<&ApiKey> for api_key::Model {
    fn from(key: &ApiKey) -> Self {
        Self {
            id: Col(key.id),
            organization_id: Col(key.organization),
            issuer_id: Col(key.issuer),
            name: key.name.as_str().to_owned(),
            hint: key.hint.clone(),
            secret: key.secret.0.to_vec(),
            scopes: Col(key.scopes),
            created_at: Col(key.created_at),
            expires_at: key.expires_at.map(Col),
            revoked_at: key.revoked_at.map(Col),
            version: key.version,
        }
    }
}

impl TryFrom<api_key::Model> for ApiKey {
    type Error = StoreError;

    fn try_from(model: api_key::Model) -> Result<Self, StoreError> {
        Ok(Self {
            id: model.id.0,
            organization: model.organization_id.0,
            issuer: model.issuer_id.0,
            name: ShortText::parse(&model.name)?,
            hint: model.hint,
            secret: digest(&model.secret)?,
            scopes: model.scopes.0,
            created_at: model.created_at.0,
            expires_at: model.expires_at.map(|at| at.0),
            revoked_at: model.revoked_at.map(|at| at.0),
            version: model.version,
        })
    }
}
