//! Products, as they are stored.

use std::collections::HashMap;

use jiff::Timestamp;
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, Condition, QueryFilter, QueryOrder, QuerySelect, Select};
use tradehall_domain::catalog::{
    CategoryId, Classification, Product, ProductDetails, ProductEvent, ProductId, ProductStatus, ProductTypeId, Variant,
};
use tradehall_domain::event::{Audience, Subject, SubjectKind};
use tradehall_domain::gtin::Gtin;
use tradehall_domain::id::Id;
use tradehall_domain::organization::OrganizationId;
use tradehall_domain::text::{Name as NameText, Prose, ShortText};
use tradehall_domain::unit::Unit;

pub(crate) use super::entity::product::seen;
use super::entity::product::{Column, Entity, Model};
use super::visit::narrowed;
use crate::column::{Col, Name};
use crate::page::Sort;
use crate::{Cursor, Page, PageRequest, StoreError, Tx, event};

/// The unique index that a second product of the same number runs into.
pub const NUMBER_INDEX: &str = "product_owner_id_number_key";

/// The unique index that a second variant of a product with the same values runs into.
pub const AXES_INDEX: &str = "product_parent_id_axes_key";

/// Which products are meant; every part narrows.
#[derive(Debug, Clone, Default)]
pub struct Filter {
    /// Only these.
    pub ids: Option<Vec<ProductId>>,
    /// Only those of this organization.
    pub owner: Option<OrganizationId>,
    /// Only those in this category or below it.
    pub category: Option<CategoryId>,
    /// Only those in this status.
    pub status: Option<ProductStatus>,
    /// Only those that everyone sees.
    pub published_only: bool,
}

/// The product of that id.
///
/// # Errors
/// [`StoreError::NotFound`] also where the actor may not know of it.
pub async fn load(tx: &Tx, id: ProductId) -> Result<Product, StoreError> {
    tx.one(tx.find::<Entity>().filter(Column::Id.eq(Col(id)))).await?.try_into()
}

/// The product of that id, locked until the transaction ends.
///
/// # Errors
/// As [`load`].
pub async fn lock(tx: &mut Tx, id: ProductId) -> Result<Product, StoreError> {
    let select = tx.find_for_update::<Entity>().filter(Column::Id.eq(Col(id)));
    tx.one(select).await?.try_into()
}

/// The products of these ids that the actor may see, in no order.
///
/// # Errors
/// When the database is away.
pub async fn load_many(tx: &Tx, ids: &[ProductId]) -> Result<Vec<Product>, StoreError> {
    gather(tx, tx.find::<Entity>().filter(tx.among(Column::Id, ids))).await
}

/// The products of `owner` that have one of these numbers and that the actor may see, in no order.
///
/// # Errors
/// When the database is away.
pub async fn by_numbers(tx: &Tx, owner: OrganizationId, numbers: &[&str]) -> Result<Vec<Product>, StoreError> {
    let select =
        tx.find::<Entity>().filter(Column::OwnerId.eq(Col(owner))).filter(tx.among_texts(Column::Number, numbers)?);
    gather(tx, select).await
}

/// Up to `limit` products that the actor may see and whose number, maker's number or barcode is one of these, by id; only those of
/// `owner` when one is named.
///
/// # Errors
/// When the database is away.
pub async fn by_any_number(
    tx: &Tx,
    owner: Option<OrganizationId>,
    numbers: &[&str],
    gtins: &[&str],
    limit: u64,
) -> Result<Vec<Product>, StoreError> {
    let any = Condition::any()
        .add(tx.among_texts(Column::Number, numbers)?)
        .add(tx.among_texts(Column::Mpn, numbers)?)
        .add(tx.among_texts(Column::Gtin, gtins)?);
    let mut select = tx.find::<Entity>().filter(any);
    if let Some(owner) = owner {
        select = select.filter(Column::OwnerId.eq(Col(owner)));
    }
    gather(tx, select.order_by_asc(Column::Id).limit(limit)).await
}

/// The variants of these products that the actor may see, oldest first; only published ones unless `unpublished` are wanted too.
///
/// # Errors
/// When the database is away.
pub async fn variants_of(
    tx: &Tx,
    products: &[ProductId],
    unpublished: bool,
    page: &PageRequest,
) -> Result<HashMap<ProductId, Page<Product>>, StoreError> {
    let sort = Sort { key: None, id: Column::Id, descending: false };
    let of = |model: &Model| model.parent_id.map_or_else(Id::new, |id| id.0);
    let mut select = tx.find::<Entity>().filter(Column::ParentId.is_not_null());
    if !unpublished {
        select = select.filter(Column::Status.eq(Name(ProductStatus::Published)));
    }
    let pages = tx.pages(select, (Column::ParentId, products), page, &sort, of).await?;
    pages.into_iter().map(|(parent, page)| Ok((parent, page.try_map(Product::try_from)?))).collect()
}

/// Up to `limit` products of that type, from the one after `after` on, by id.
///
/// # Errors
/// When the database is away.
pub async fn of_type(
    tx: &Tx,
    product_type: ProductTypeId,
    after: Option<ProductId>,
    limit: u64,
) -> Result<Vec<Product>, StoreError> {
    let mut select = tx.find::<Entity>().filter(Column::TypeId.eq(Col(product_type)));
    if let Some(after) = after {
        select = select.filter(Column::Id.gt(Col(after)));
    }
    gather(tx, select.order_by_asc(Column::Id).limit(limit)).await
}

/// Whether the product has variants.
///
/// # Errors
/// When the database is away.
pub async fn has_variants(tx: &Tx, id: ProductId) -> Result<bool, StoreError> {
    Ok(tx.maybe(tx.find::<Entity>().filter(Column::ParentId.eq(Col(id)))).await?.is_some())
}

async fn gather(tx: &Tx, select: Select<Entity>) -> Result<Vec<Product>, StoreError> {
    tx.all(select).await?.into_iter().map(Product::try_from).collect()
}

/// The products that the actor may see and that `filter` means, newest first.
///
/// # Errors
/// When the database is away.
pub async fn list(tx: &Tx, filter: &Filter, page: &PageRequest) -> Result<Page<Product>, StoreError> {
    let Some(mut select) = narrowed(tx, tx.find::<Entity>(), filter.owner).await? else {
        return Ok(Page::default());
    };
    if let Some(ids) = &filter.ids {
        select = select.filter(tx.among(Column::Id, ids));
    }
    if let Some(owner) = filter.owner {
        select = select.filter(Column::OwnerId.eq(Col(owner)));
    }
    if let Some(category) = filter.category {
        select = select.filter(below(tx, category));
    }
    if let Some(status) = filter.status {
        select = select.filter(Column::Status.eq(Name(status)));
    }
    if filter.published_only {
        select = select.filter(Column::Status.eq(Name(ProductStatus::Published)));
    }
    let sort = Sort { key: None, id: Column::Id, descending: true };
    tx.page(select, page, &sort).await?.try_map(Product::try_from)
}

/// The next products after `after` by their ids, at most `limit`: for work that goes through all of them.
///
/// # Errors
/// When the database is away.
pub(crate) async fn next(tx: &Tx, after: ProductId, limit: u64) -> Result<Vec<Product>, StoreError> {
    following(tx, tx.find::<Entity>(), after, limit).await
}

/// The same, of those in `category` or below it.
///
/// # Errors
/// When the database is away.
pub(crate) async fn next_below(
    tx: &Tx,
    category: CategoryId,
    after: ProductId,
    limit: u64,
) -> Result<Vec<Product>, StoreError> {
    following(tx, tx.find::<Entity>().filter(below(tx, category)), after, limit).await
}

/// The same, of those of `owner` that were sorted into assortments at `since` or later.
///
/// # Errors
/// When the database is away.
pub(crate) async fn next_sorted(
    tx: &Tx,
    owner: OrganizationId,
    since: Timestamp,
    after: ProductId,
    limit: u64,
) -> Result<Vec<Product>, StoreError> {
    let select = tx.find::<Entity>().filter(Column::OwnerId.eq(Col(owner))).filter(Column::SortedAt.gte(Col(since)));
    following(tx, select, after, limit).await
}

async fn following(tx: &Tx, select: Select<Entity>, after: ProductId, limit: u64) -> Result<Vec<Product>, StoreError> {
    let page = PageRequest { after: Some(Cursor::of(after)), ..PageRequest::first(limit) };
    let sort = Sort { key: None, id: Column::Id, descending: false };
    tx.page(select, &page, &sort).await?.items.into_iter().map(Product::try_from).collect()
}

/// Where a product stands in a list.
#[must_use]
pub const fn cursor(product: &Product) -> Cursor {
    Cursor::of(product.id)
}

/// That a product stands in `category` or below it.
fn below(tx: &Tx, category: CategoryId) -> Expr {
    let column = Expr::col(Column::CategoryId.as_column_ref());
    let sql = "? IN (WITH RECURSIVE below(id) AS (SELECT id FROM category WHERE id = ? UNION \
               SELECT c.id FROM category c JOIN below b ON c.parent_id = b.id) SELECT id FROM below)";
    tx.expression(sql, [column, Expr::val(category.uuid())])
}

/// Adds a product.
///
/// # Errors
/// When its row or event cannot be made; a conflict on [`NUMBER_INDEX`], by the commit.
pub fn insert(tx: &mut Tx, product: &Product, event: ProductEvent) -> Result<(), StoreError> {
    insert_all(tx, &[(product.clone(), event)])
}

/// Adds products together.
///
/// # Errors
/// As [`insert`].
pub fn insert_all(tx: &mut Tx, products: &[(Product, ProductEvent)]) -> Result<(), StoreError> {
    let models: Vec<_> = products.iter().map(|(product, _)| Model::try_from(product)).collect::<Result<_, _>>()?;
    tx.insert_all(&models)?;
    record(tx, products)
}

/// Keeps a changed product.
///
/// # Errors
/// [`StoreError::Stale`], by the commit, when it changed meanwhile; a conflict on [`NUMBER_INDEX`].
pub fn save(tx: &mut Tx, product: &mut Product, event: ProductEvent) -> Result<(), StoreError> {
    let mut changed = [(product.clone(), event)];
    save_all(tx, &mut changed)?;
    product.version += 1;
    Ok(())
}

/// Keeps changed products together.
///
/// # Errors
/// As [`save`].
pub fn save_all(tx: &mut Tx, products: &mut [(Product, ProductEvent)]) -> Result<(), StoreError> {
    let mut models = Vec::with_capacity(products.len());
    for (product, _) in &mut *products {
        product.version += 1;
        models.push(Model::try_from(&*product)?);
    }
    tx.save_all(&models)?;
    record(tx, products)
}

/// Notes what happened to what is told beside a product.
pub(super) fn note(tx: &mut Tx, product: &Product, event: ProductEvent) -> Result<(), StoreError> {
    record(tx, &[(product.clone(), event)])
}

fn record(tx: &mut Tx, products: &[(Product, ProductEvent)]) -> Result<(), StoreError> {
    let events = products.iter().map(|(product, event)| {
        let subject = Subject { kind: SubjectKind::Product, id: product.id.uuid() };
        (Audience::only(product.owner), subject, event)
    });
    event::record_all(tx, events)
}

impl TryFrom<&Product> for Model {
    type Error = StoreError;

    fn try_from(product: &Product) -> Result<Self, StoreError> {
        let details = &product.details;
        let text = |text: &ShortText| text.to_string();
        Ok(Self {
            id: Col(product.id),
            owner_id: Col(product.owner),
            category_id: details.category.map(Col),
            number: details.number.to_string(),
            name: details.name.to_string(),
            description: details.description.as_ref().map(ToString::to_string),
            gtin: details.gtin.as_ref().map(ToString::to_string),
            mpn: details.mpn.as_ref().map(text),
            brand: details.brand.as_ref().map(text),
            unit: details.unit.code().to_owned(),
            attributes: serde_json::to_string(&details.attributes).map_err(|e| StoreError::Corrupt(e.to_string()))?,
            type_id: product.classification.product_type.map(Col),
            parent_id: product.classification.variant.as_ref().map(|variant| Col(variant.of)),
            axes: product.classification.variant.as_ref().map(|variant| variant.axes.clone()),
            status: Name(product.status),
            viewers_id: Col(product.viewers),
            sorted_at: Col(product.sorted_at),
            since: Col(product.since),
            created_at: Col(product.created_at),
            version: product.version,
        })
    }
}

impl TryFrom<Model> for Product {
    type Error = StoreError;

    fn try_from(model: Model) -> Result<Self, StoreError> {
        let text = |text: Option<String>| text.as_deref().map(ShortText::parse).transpose();
        let details = ProductDetails {
            number: ShortText::parse(&model.number)?,
            name: NameText::parse(&model.name)?,
            description: model.description.as_deref().map(Prose::parse).transpose()?,
            gtin: model.gtin.as_deref().map(Gtin::parse).transpose()?,
            mpn: text(model.mpn)?,
            brand: text(model.brand)?,
            unit: Unit::parse(&model.unit)?,
            category: model.category_id.map(|id| id.0),
            attributes: serde_json::from_str(&model.attributes).map_err(|e| StoreError::Corrupt(e.to_string()))?,
        };
        let variant = model.parent_id.zip(model.axes).map(|(of, axes)| Variant { of: of.0, axes });
        Ok(Self {
            id: model.id.0,
            owner: model.owner_id.0,
            details,
            classification: Classification { product_type: model.type_id.map(|id| id.0), variant },
            status: model.status.0,
            viewers: model.viewers_id.0,
            sorted_at: model.sorted_at.0,
            since: model.since.0,
            created_at: model.created_at.0,
            version: model.version,
        })
    }
}
