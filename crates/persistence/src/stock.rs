//! Stock and availability, as they are stored.

mod entity;

use std::collections::HashMap;

use entity::{availability, stock};
use sea_orm::{ColumnTrait, Order, QueryFilter, QueryOrder};
use tradehall_domain::catalog::ProductId;
use tradehall_domain::event::{Audience, Subject, SubjectKind};
use tradehall_domain::organization::OrganizationId;
use tradehall_domain::quantity::Quantity;
use tradehall_domain::stock::{Availability, ProductAvailability, Stock, StockEvent, StockId};
use tradehall_domain::text::ShortText;
use tradehall_domain::unit::Unit;

use crate::column::{Col, Name};
use crate::page::Sort;
use crate::{Cursor, Page, PageRequest, StoreError, Tx, event};

/// The unique index that a second row of the same product and location runs into.
pub const LOCATION_INDEX: &str = "stock_seller_id_product_id_location_key";

/// The unique index that a second row of what is told of a product runs into.
pub const PRODUCT_INDEX: &str = "availability_product_id_key";

/// The stock of these ids that the actor may see, in no order.
///
/// # Errors
/// When the database is away.
pub async fn load_many(tx: &Tx, ids: &[StockId]) -> Result<Vec<Stock>, StoreError> {
    let found = tx.all(tx.find::<stock::Entity>().filter(tx.among(stock::Column::Id, ids))).await?;
    found.into_iter().map(Stock::try_from).collect()
}

/// The stock that the actor may see, newest rows first; only that of `product` when one is named.
///
/// # Errors
/// When the database is away.
pub async fn list(tx: &Tx, product: Option<ProductId>, page: &PageRequest) -> Result<Page<Stock>, StoreError> {
    let mut select = tx.find::<stock::Entity>();
    if let Some(product) = product {
        select = select.filter(stock::Column::ProductId.eq(Col(product)));
    }
    let sort = Sort { key: None, id: stock::Column::Id, descending: true };
    tx.page(select, page, &sort).await?.try_map(Stock::try_from)
}

/// Where a row stands in a list.
#[must_use]
pub const fn cursor(stock: &Stock) -> Cursor {
    Cursor::of(stock.id)
}

/// All stock of these products of `seller`, in the order of the ids, each row locked until the transaction ends.
///
/// # Errors
/// When the database is away.
pub async fn lock_of(tx: &mut Tx, seller: OrganizationId, products: &[ProductId]) -> Result<Vec<Stock>, StoreError> {
    let select = tx.find_for_update::<stock::Entity>();
    let select = select
        .filter(stock::Column::SellerId.eq(Col(seller)))
        .filter(tx.among(stock::Column::ProductId, products))
        .order_by(stock::Column::Id, Order::Asc);
    tx.all(select).await?.into_iter().map(Stock::try_from).collect()
}

/// What is told of these products, as far as the actor sees them; nothing for those of which nothing is said.
///
/// # Errors
/// When the database is away.
pub async fn availability_of(
    tx: &Tx,
    products: &[ProductId],
) -> Result<HashMap<ProductId, ProductAvailability>, StoreError> {
    let select = tx.find::<availability::Entity>().filter(tx.among(availability::Column::ProductId, products));
    let found = tx.all(select).await?.into_iter().map(ProductAvailability::from);
    Ok(found.map(|one| (one.product, one)).collect())
}

/// Adds rows.
///
/// # Errors
/// When an event cannot be written down; a conflict on [`LOCATION_INDEX`], by the commit.
pub fn insert_all(tx: &mut Tx, all: &[(Stock, StockEvent)]) -> Result<(), StoreError> {
    let models: Vec<_> = all.iter().map(|(stock, _)| stock::Model::from(stock)).collect();
    tx.insert_all(&models)?;
    record(tx, all)
}

/// Keeps changed rows.
///
/// # Errors
/// [`StoreError::Stale`], by the commit, when one changed meanwhile.
pub fn save_all(tx: &mut Tx, all: &mut [(Stock, StockEvent)]) -> Result<(), StoreError> {
    let mut models = Vec::with_capacity(all.len());
    for (stock, _) in &mut *all {
        stock.version += 1;
        models.push(stock::Model::from(&*stock));
    }
    tx.save_all(&models)?;
    record(tx, all)
}

/// Tells others what follows from the stock: `made` for the first time, `changed` otherwise than before. What was counted is the event.
///
/// # Errors
/// [`StoreError::Stale`], by the commit, when it changed meanwhile.
pub fn tell(tx: &mut Tx, made: &[ProductAvailability], changed: &mut [ProductAvailability]) -> Result<(), StoreError> {
    let models: Vec<_> = made.iter().map(availability::Model::from).collect();
    tx.insert_all(&models)?;
    let mut models = Vec::with_capacity(changed.len());
    for one in changed {
        one.version += 1;
        models.push(availability::Model::from(&*one));
    }
    tx.save_all(&models)
}

fn record(tx: &mut Tx, all: &[(Stock, StockEvent)]) -> Result<(), StoreError> {
    let events = all.iter().map(|(stock, event)| {
        let subject = Subject { kind: SubjectKind::Stock, id: stock.id.uuid() };
        (Audience::only(stock.seller), subject, event)
    });
    event::record_all(tx, events)
}

impl From<&Stock> for stock::Model {
    fn from(stock: &Stock) -> Self {
        Self {
            id: Col(stock.id),
            seller_id: Col(stock.seller),
            product_id: Col(stock.product),
            location: stock.location.to_string(),
            quantity: stock.quantity.map_or(0, Quantity::units),
            unit: stock.unit.code().to_owned(),
            low_below: stock.low_below.map(Quantity::units),
            as_of: Col(stock.as_of),
            version: stock.version,
        }
    }
}

impl TryFrom<stock::Model> for Stock {
    type Error = StoreError;

    fn try_from(model: stock::Model) -> Result<Self, StoreError> {
        let quantity = match model.quantity {
            0 => None,
            units => Some(Quantity::from_units(units)?),
        };
        Ok(Self {
            id: model.id.0,
            seller: model.seller_id.0,
            product: model.product_id.0,
            location: ShortText::parse(&model.location)?,
            quantity,
            unit: Unit::parse(&model.unit)?,
            low_below: model.low_below.map(Quantity::from_units).transpose()?,
            as_of: model.as_of.0,
            version: model.version,
        })
    }
}

impl From<&ProductAvailability> for availability::Model {
    fn from(one: &ProductAvailability) -> Self {
        Self {
            id: Col(one.id),
            seller_id: Col(one.seller),
            product_id: Col(one.product),
            level: Name(one.level),
            since: Col(one.since),
            version: one.version,
        }
    }
}

impl From<availability::Model> for ProductAvailability {
    fn from(model: availability::Model) -> Self {
        let level: Availability = model.level.0;
        Self {
            id: model.id.0,
            seller: model.seller_id.0,
            product: model.product_id.0,
            level,
            since: model.since.0,
            version: model.version,
        }
    }
}
