//! Orders and their lines, as they are stored.

mod entity;
mod model;

use std::collections::HashMap;

use entity::{order_line, purchase_order};
use jiff::Timestamp;
use model::line_row;
use sea_orm::{ColumnTrait, QueryFilter, QueryOrder};
use tradehall_domain::event::{Audience, Subject, SubjectKind};
use tradehall_domain::id::Id;
use tradehall_domain::order::{Order, OrderEvent, OrderId, OrderLine, OrderLineId, OrderNumber, OrderStatus};
use tradehall_domain::organization::OrganizationId;
use tradehall_domain::side::Side;

use crate::column::{Col, Name};
use crate::page::Sort;
use crate::{Cursor, Page, PageRequest, StoreError, Tx, event};

/// Which orders a list shows: those in which `party` stands on `side`, narrowed by whatever else is given.
#[derive(Debug, Clone)]
pub struct OrderFilter {
    /// Whose orders.
    pub party: OrganizationId,
    /// On which side it stands in them. One side at a time, so that an index gives the list in its order.
    pub side: Side,
    /// Only those that have come so far.
    pub status: Option<OrderStatus>,
    /// Only those with this organization on the other side.
    pub counterparty: Option<OrganizationId>,
    /// Only that number; every buyer has its own numbers, so a seller may have several orders of one number.
    pub number: Option<OrderNumber>,
    /// Only those placed at this time or later.
    pub placed_from: Option<Timestamp>,
    /// Only those placed before this time.
    pub placed_before: Option<Timestamp>,
}

/// The order of that id.
///
/// # Errors
/// [`StoreError::NotFound`] also where the actor is neither its buyer nor its seller.
pub async fn load(tx: &Tx, id: OrderId) -> Result<Order, StoreError> {
    tx.one(tx.find::<purchase_order::Entity>().filter(purchase_order::Column::Id.eq(Col(id)))).await?.try_into()
}

/// The same, locked until the transaction ends.
///
/// # Errors
/// As [`load`].
pub async fn lock(tx: &mut Tx, id: OrderId) -> Result<Order, StoreError> {
    let select = tx.find_for_update::<purchase_order::Entity>().filter(purchase_order::Column::Id.eq(Col(id)));
    tx.one(select).await?.try_into()
}

/// The orders of these ids that the actor may see, in no order.
///
/// # Errors
/// When the database is away.
pub async fn load_many(tx: &Tx, ids: &[OrderId]) -> Result<Vec<Order>, StoreError> {
    let select = tx.find::<purchase_order::Entity>().filter(tx.among(purchase_order::Column::Id, ids));
    tx.all(select).await?.into_iter().map(Order::try_from).collect()
}

/// All lines of these orders that the actor may see, each order's in their order.
///
/// # Errors
/// When the database is away.
pub async fn lines_of(tx: &Tx, orders: &[OrderId]) -> Result<Vec<OrderLine>, StoreError> {
    let select = tx
        .find::<order_line::Entity>()
        .filter(tx.among(order_line::Column::OrderId, orders))
        .order_by_asc(order_line::Column::OrderId)
        .order_by_asc(order_line::Column::Position);
    tx.all(select).await?.into_iter().map(OrderLine::try_from).collect()
}

/// The lines of these ids that the actor may see, in no order.
///
/// # Errors
/// When the database is away.
pub async fn load_lines(tx: &Tx, ids: &[OrderLineId]) -> Result<Vec<OrderLine>, StoreError> {
    let select = tx.find::<order_line::Entity>().filter(tx.among(order_line::Column::Id, ids));
    tx.all(select).await?.into_iter().map(OrderLine::try_from).collect()
}

/// The orders that `filter` asks for, the last placed first.
///
/// # Errors
/// When the database is away.
pub async fn list(tx: &Tx, filter: &OrderFilter, page: &PageRequest) -> Result<Page<Order>, StoreError> {
    use purchase_order::Column;

    let (own, other) = match filter.side {
        Side::Buyer => (Column::BuyerId, Column::SellerId),
        Side::Seller => (Column::SellerId, Column::BuyerId),
    };
    let mut select = tx.find::<purchase_order::Entity>().filter(own.eq(Col(filter.party)));
    let narrowed = [
        filter.status.map(|status| Column::Status.eq(Name(status))),
        filter.counterparty.map(|id| other.eq(Col(id))),
        filter.number.as_ref().map(|number| Column::Number.eq(number.as_str())),
        filter.placed_from.map(|time| Column::PlacedAt.gte(Col(time))),
        filter.placed_before.map(|time| Column::PlacedAt.lt(Col(time))),
    ];
    for condition in narrowed.into_iter().flatten() {
        select = select.filter(condition);
    }
    let sort = Sort { key: Some(Column::PlacedAt), id: Column::Id, descending: true };
    tx.page(select, page, &sort).await?.try_map(Order::try_from)
}

/// The orders that each of `origins` made, of those that the actor may see, the last placed first.
///
/// # Errors
/// When the database is away.
pub async fn of_origins<T>(
    tx: &Tx,
    origins: &[Id<T>],
    page: &PageRequest,
) -> Result<HashMap<Id<T>, Page<Order>>, StoreError> {
    use purchase_order::Column;

    let sort = Sort { key: None, id: Column::Id, descending: true };
    let of = |model: &purchase_order::Model| Id::from_uuid(model.origin_id);
    let pages = tx.pages(tx.find::<purchase_order::Entity>(), (Column::OriginId, origins), page, &sort, of).await?;
    pages.into_iter().map(|(origin, page)| Ok((origin, page.try_map(Order::try_from)?))).collect()
}

/// Where an order stands among those of one origin.
#[must_use]
pub const fn origin_cursor(order: &Order) -> Cursor {
    Cursor::of(order.id)
}

/// Where an order stands in a list.
#[must_use]
pub fn cursor(order: &Order) -> Cursor {
    Cursor { key: Some(order.placed_at.as_microsecond()), id: order.id.uuid() }
}

/// Adds orders with their lines, however many in as many statements as one takes.
///
/// # Errors
/// When an event cannot be written down. By the commit, in a rare case, a conflict of numbers; see [`OrderNumber`].
pub fn insert_all(tx: &mut Tx, placed: &[(Order, Vec<OrderLine>, OrderEvent)]) -> Result<(), StoreError> {
    let orders: Vec<_> = placed.iter().map(|(order, ..)| purchase_order::Model::from(order)).collect();
    let lines = placed.iter().flat_map(|(order, lines, _)| lines.iter().map(|line| line_row(order, line)));
    let lines: Vec<_> = lines.collect();
    tx.insert_all(&orders)?;
    tx.insert_all(&lines)?;
    placed.iter().try_for_each(|(order, _, event)| record(tx, order, event))
}

/// Keeps a changed order, and those of its lines that changed with it.
///
/// # Errors
/// [`StoreError::Stale`], by the commit, when it changed meanwhile.
pub fn save(tx: &mut Tx, order: &mut Order, lines: &mut [OrderLine], event: &OrderEvent) -> Result<(), StoreError> {
    order.version += 1;
    tx.save(purchase_order::Model::from(&*order))?;
    for line in lines.iter_mut() {
        line.version += 1;
    }
    let lines: Vec<_> = lines.iter().map(|line| line_row(order, line)).collect();
    tx.save_all(&lines)?;
    record(tx, order, event)
}

fn record(tx: &mut Tx, order: &Order, event: &OrderEvent) -> Result<(), StoreError> {
    let subject = Subject { kind: SubjectKind::Order, id: order.id.uuid() };
    event::record(tx, Audience::both(order.buyer, order.seller), subject, event)
}
