//! The prices of lists, as they are stored: rows that end and never change.

use std::collections::HashMap;

use jiff::Timestamp;
use sea_orm::{ColumnTrait, Condition, QueryFilter};
use tradehall_domain::catalog::ProductId;
use tradehall_domain::currency::Currency;
use tradehall_domain::money::UnitPrice;
use tradehall_domain::organization::OrganizationId;
use tradehall_domain::pricing::{
    Period, Placed, Price, PriceId, PriceList, PriceListEvent, PriceListId, PriceSheet, PriceTerms,
};
use tradehall_domain::quantity::Quantity;
use tradehall_domain::unit::Unit;
use uuid::Uuid;

use super::entity::price::{Column, Entity, Model};
use super::list::record;
use crate::column::Col;
use crate::page::Sort;
use crate::{Cursor, Page, PageRequest, StoreError, Tx, history};

/// Which prices of a list are meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct PriceFilter {
    /// Only those of this product.
    pub product: Option<ProductId>,
    /// Also those that were ended or replaced.
    pub ended: bool,
}

/// What stands of these products in `list`, which the actor has locked, for whoever is about to set prices of them.
///
/// # Errors
/// When the database is away.
pub async fn sheet(tx: &Tx, list: &PriceList, products: &[ProductId]) -> Result<PriceSheet, StoreError> {
    let select = tx.find::<Entity>().filter(Column::SourceId.eq(list.id.uuid()));
    let select = select.filter(tx.among(Column::ProductId, products)).filter(is_known(tx.now()));
    let known: Vec<_> = tx.all(select).await?.into_iter().map(Price::try_from).collect::<Result<_, _>>()?;
    Ok(PriceSheet::new(list.id.uuid(), list.seller, list.group, known, tx.now()))
}

/// The rows that stand, and those that end after `now`: they were ended by whoever began later and was quicker, and what is set from now
/// on must not be recorded before.
pub(super) fn is_known(now: Timestamp) -> Condition {
    Condition::any().add(Column::EndedAt.is_null()).add(Column::EndedAt.gt(Col(now)))
}

/// The standing prices of these ids in `source`, in no order.
///
/// # Errors
/// When the database is away.
pub async fn prices_of(tx: &Tx, source: Uuid, ids: &[PriceId]) -> Result<Vec<Price>, StoreError> {
    let select = tx
        .find::<Entity>()
        .filter(Column::SourceId.eq(source))
        .filter(tx.among(Column::Id, ids))
        .filter(Column::EndedAt.is_null());
    tx.all(select).await?.into_iter().map(Price::try_from).collect()
}

/// The prices of each of `lists` that `filter` means, oldest first.
///
/// # Errors
/// When the database is away.
pub async fn prices(
    tx: &Tx,
    lists: &[PriceListId],
    filter: &PriceFilter,
    page: &PageRequest,
) -> Result<HashMap<PriceListId, Page<Price>>, StoreError> {
    let mut select = tx.find::<Entity>();
    if let Some(product) = filter.product {
        select = select.filter(Column::ProductId.eq(Col(product)));
    }
    if !filter.ended {
        select = select.filter(Column::EndedAt.is_null());
    }
    let sort = Sort { key: None, id: Column::Id, descending: false };
    let of = |model: &Model| PriceListId::from_uuid(model.source_id);
    let pages = tx.pages(select, (Column::SourceId, lists), page, &sort, of).await?;
    pages.into_iter().map(|(list, page)| Ok((list, page.try_map(Price::try_from)?))).collect()
}

/// Where a price stands in its list.
#[must_use]
pub const fn price_cursor(price: &Price) -> Cursor {
    Cursor::of(price.id)
}

/// Keeps what was placed on a sheet: what was replaced ends, what is new begins.
///
/// # Errors
/// When the database is away.
pub(super) async fn keep(tx: &mut Tx, placed: &[Placed]) -> Result<(), StoreError> {
    let (mut ended, mut new, mut at) = (Vec::new(), Vec::new(), tx.now());
    for placed in placed {
        match placed {
            Placed::Unchanged(_) => {}
            Placed::Added(price) => new.push(Model::from(price)),
            Placed::Replaced { before, now } => {
                at = at.max(now.recorded_at);
                ended.push(before.id);
                new.push(Model::from(now));
            }
        }
    }
    // First the old ones: the database refuses a price beside another that still stands.
    if let Some(placed) = placed.first() {
        end(tx, placed.price().seller, &ended, at).await?;
    }
    tx.insert_all(&new)
}

/// Ends these prices of `seller`, the actor or whoever's behalf a task acts on, as [`Price::end`] does.
pub(super) async fn end(tx: &mut Tx, seller: OrganizationId, ids: &[PriceId], at: Timestamp) -> Result<(), StoreError> {
    if ids.is_empty() {
        return Ok(());
    }
    let which = format!("seller_id = $2 AND {}", tx.engine().among_ids("id", 3));
    let values = [seller.uuid().into(), tx.list(ids).into()];
    history::end(tx, "price", at, &which, values).await?;
    Ok(())
}

/// Keeps prices that were set in `list`, which the actor has locked.
///
/// # Errors
/// When the database is away.
pub async fn enter_prices(tx: &mut Tx, list: &PriceList, placed: &[Placed]) -> Result<(), StoreError> {
    let added = placed.iter().filter(|placed| matches!(placed, Placed::Added(_))).count();
    let replaced = placed.iter().filter(|placed| matches!(placed, Placed::Replaced { .. })).count();
    if added + replaced == 0 {
        return Ok(());
    }
    keep(tx, placed).await?;
    record(tx, list, &PriceListEvent::PricesEntered { added, replaced })
}

/// Ends prices of `list`, which the actor has locked.
///
/// # Errors
/// When the database is away.
pub async fn end_prices(tx: &mut Tx, list: &PriceList, prices: &[Price]) -> Result<(), StoreError> {
    let ids: Vec<_> = prices.iter().map(|price| price.id).collect();
    if ids.is_empty() {
        return Ok(());
    }
    end(tx, list.seller, &ids, tx.now()).await?;
    record(tx, list, &PriceListEvent::PricesEnded { ended: ids.len() })
}

impl From<&Price> for Model {
    fn from(price: &Price) -> Self {
        let terms = &price.terms;
        Self {
            id: Col(price.id),
            source_id: price.source,
            seller_id: Col(price.seller),
            group_id: Col(price.group),
            product_id: Col(price.product),
            unit: terms.unit.code().to_owned(),
            currency: terms.price.currency().code().to_owned(),
            amount: terms.price.units(),
            min_quantity: terms.min_quantity.map(Quantity::units),
            order_minimum: terms.order_minimum.map(Quantity::units),
            order_multiple: terms.order_multiple.map(Quantity::units),
            valid_from: terms.valid.from.map(Col),
            valid_until: terms.valid.until.map(Col),
            recorded_at: Col(price.recorded_at),
            ended_at: price.ended_at.map(Col),
        }
    }
}

impl TryFrom<Model> for Price {
    type Error = StoreError;

    fn try_from(model: Model) -> Result<Self, StoreError> {
        let counted = |units: Option<i64>| units.map(Quantity::from_units).transpose();
        Ok(Self {
            id: model.id.0,
            source: model.source_id,
            seller: model.seller_id.0,
            group: model.group_id.0,
            product: model.product_id.0,
            terms: PriceTerms {
                price: UnitPrice::from_units(model.amount, Currency::parse(&model.currency)?)?,
                unit: Unit::parse(&model.unit)?,
                min_quantity: counted(model.min_quantity)?,
                order_minimum: counted(model.order_minimum)?,
                order_multiple: counted(model.order_multiple)?,
                valid: Period { from: model.valid_from.map(|at| at.0), until: model.valid_until.map(|at| at.0) },
            },
            recorded_at: model.recorded_at.0,
            ended_at: model.ended_at.map(|at| at.0),
        })
    }
}
