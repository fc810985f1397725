//! Product types, as they are stored.

use sea_orm::{ColumnTrait, QueryFilter};
use tradehall_domain::catalog::{ProductType, ProductTypeEvent, ProductTypeId};
use tradehall_domain::event::{Audience, Subject, SubjectKind};
use tradehall_domain::organization::OrganizationId;
use tradehall_domain::text::ShortText;
use tradehall_domain::viewing::GroupId;

use super::entity::product_type::{Column, Entity, Model};
use crate::column::Col;
use crate::page::Sort;
use crate::{Cursor, Page, PageRequest, StoreError, Tx, event};

/// The unique index that a second product type of the same code runs into.
pub const TYPE_CODE_INDEX: &str = "product_type_owner_id_code_key";

/// The product type of that id.
///
/// # Errors
/// [`StoreError::NotFound`] also where the actor may not know of it.
pub async fn load(tx: &Tx, id: ProductTypeId) -> Result<ProductType, StoreError> {
    tx.one(tx.find::<Entity>().filter(Column::Id.eq(Col(id)))).await?.try_into()
}

/// The product type of that id, locked until the transaction ends.
///
/// # Errors
/// As [`load`].
pub async fn lock(tx: &mut Tx, id: ProductTypeId) -> Result<ProductType, StoreError> {
    let select = tx.find_for_update::<Entity>().filter(Column::Id.eq(Col(id)));
    tx.one(select).await?.try_into()
}

/// The product types of these ids that the actor may see, in no order.
///
/// # Errors
/// When the database is away.
pub async fn load_many(tx: &Tx, ids: &[ProductTypeId]) -> Result<Vec<ProductType>, StoreError> {
    let found = tx.all(tx.find::<Entity>().filter(tx.among(Column::Id, ids))).await?;
    found.into_iter().map(ProductType::try_from).collect()
}

/// The product types of `owner` that the actor may see, oldest first; only published ones unless `unpublished` are wanted too.
///
/// # Errors
/// When the database is away.
pub async fn list(
    tx: &Tx,
    owner: OrganizationId,
    unpublished: bool,
    page: &PageRequest,
) -> Result<Page<ProductType>, StoreError> {
    let mut select = tx.find::<Entity>().filter(Column::OwnerId.eq(Col(owner)));
    if !unpublished {
        select = select.filter(Column::Published.eq(true));
    }
    let sort = Sort { key: None, id: Column::Id, descending: false };
    tx.page(select, page, &sort).await?.try_map(ProductType::try_from)
}

/// Where a product type stands in a list.
#[must_use]
pub const fn cursor(product_type: &ProductType) -> Cursor {
    Cursor::of(product_type.id)
}

/// Shows a product type to the group that a product of it is shown to. Whoever edits it at the same time is told that it changed.
///
/// # Errors
/// When the database is away.
pub async fn publish(tx: &mut Tx, owner: OrganizationId, id: ProductTypeId, group: GroupId) -> Result<(), StoreError> {
    let sql = "UPDATE product_type SET published = true, version = version + 1 WHERE NOT published AND id = $1 AND owner_id = $2";
    tx.run(sql, [id.uuid().into(), owner.uuid().into()]).await?;
    let sql = format!(
        "INSERT INTO product_type_showing (id, product_type_id, owner_id, group_id) VALUES ({}, $1, $2, $3) \
         ON CONFLICT (product_type_id, group_id) DO NOTHING",
        tx.engine().fresh_id()
    );
    tx.run(&sql, [id.uuid().into(), owner.uuid().into(), group.uuid().into()]).await.map(drop)
}

/// Shows the types of products that were just sorted to whom the products are shown from now on.
///
/// # Errors
/// When the database is away.
pub async fn show_sorted(tx: &mut Tx, owner: OrganizationId) -> Result<(), StoreError> {
    let sql = format!(
        "INSERT INTO product_type_showing (id, product_type_id, owner_id, group_id) \
         SELECT {}, shown.type_id, $1, shown.viewers_id FROM (SELECT DISTINCT type_id, viewers_id FROM product \
         WHERE owner_id = $1 AND sorted_at = $2 AND status = 'PUBLISHED' AND type_id IS NOT NULL) AS shown WHERE true \
         ON CONFLICT (product_type_id, group_id) DO NOTHING",
        tx.engine().fresh_id()
    );
    tx.run(&sql, [owner.uuid().into(), tx.now().as_microsecond().into()]).await.map(drop)
}

/// Adds a product type.
///
/// # Errors
/// When its row or event cannot be made; a conflict on [`TYPE_CODE_INDEX`], by the commit.
pub fn insert(tx: &mut Tx, product_type: &ProductType, event: ProductTypeEvent) -> Result<(), StoreError> {
    tx.insert(Model::try_from(product_type)?)?;
    record(tx, product_type, event)
}

/// Keeps a changed product type.
///
/// # Errors
/// [`StoreError::Stale`], by the commit, when it changed meanwhile; a conflict on [`TYPE_CODE_INDEX`].
pub fn save(tx: &mut Tx, product_type: &mut ProductType, event: ProductTypeEvent) -> Result<(), StoreError> {
    product_type.version += 1;
    tx.save(Model::try_from(&*product_type)?)?;
    record(tx, product_type, event)
}

fn record(tx: &mut Tx, product_type: &ProductType, event: ProductTypeEvent) -> Result<(), StoreError> {
    let subject = Subject { kind: SubjectKind::Product, id: product_type.id.uuid() };
    event::record(tx, Audience::only(product_type.owner), subject, &event)
}

impl TryFrom<&ProductType> for Model {
    type Error = StoreError;

    fn try_from(product_type: &ProductType) -> Result<Self, StoreError> {
        let unwritten = |error: serde_json::Error| StoreError::Corrupt(error.to_string());
        Ok(Self {
            id: Col(product_type.id),
            owner_id: Col(product_type.owner),
            code: product_type.code.to_string(),
            name: product_type.name.to_string(),
            names: serde_json::to_string(&product_type.names).map_err(unwritten)?,
            definitions: serde_json::to_string(&product_type.definitions).map_err(unwritten)?,
            published: product_type.published,
            narrowed_at: Col(product_type.narrowed_at),
            created_at: Col(product_type.created_at),
            version: product_type.version,
        })
    }
}

impl TryFrom<Model> for ProductType {
    type Error = StoreError;

    fn try_from(model: Model) -> Result<Self, StoreError> {
        let unread = |error: serde_json::Error| StoreError::Corrupt(error.to_string());
        Ok(Self {
            id: model.id.0,
            owner: model.owner_id.0,
            code: ShortText::parse(&model.code)?,
            name: ShortText::parse(&model.name)?,
            names: serde_json::from_str(&model.names).map_err(unread)?,
            definitions: serde_json::from_str(&model.definitions).map_err(unread)?,
            published: model.published,
            narrowed_at: model.narrowed_at.0,
            created_at: model.created_at.0,
            version: model.version,
        })
    }
}
