//! Quotes and their versions, as they are stored.

pub mod award;
mod convert;
mod entity;
mod opening;
mod versions;

use entity::quote;
use sea_orm::{ColumnTrait, Order, QueryFilter, QueryOrder};
use tradehall_domain::event::{Audience, Subject, SubjectKind};
use tradehall_domain::organization::OrganizationId;
use tradehall_domain::quote::{Quote, QuoteEvent, QuoteId};
use tradehall_domain::rfq::RfqId;

pub use opening::reveal;
pub use versions::{
    current_of, draft_of, insert_version, lines_of_many, offers_of, replace_draft, submit_version, version_subject,
    versions_of_many,
};

use crate::column::Col;
use crate::page::Sort;
use crate::{Cursor, Page, PageRequest, StoreError, Tx, event};

/// The unique index that a second quote of the same seller runs into.
pub const QUOTE_INDEX: &str = "quote_rfq_id_seller_id_key";

/// The quote of that id.
///
/// # Errors
/// [`StoreError::NotFound`] also where it is hidden from the actor.
pub async fn load(tx: &Tx, id: QuoteId) -> Result<Quote, StoreError> {
    tx.one(tx.find::<quote::Entity>().filter(quote::Column::Id.eq(Col(id)))).await?.try_into()
}

/// The same, locked until the transaction ends.
///
/// # Errors
/// As [`load`].
pub async fn lock(tx: &mut Tx, id: QuoteId) -> Result<Quote, StoreError> {
    let select = tx.find_for_update::<quote::Entity>().filter(quote::Column::Id.eq(Col(id)));
    tx.one(select).await?.try_into()
}

/// The quotes of these ids that the actor may see, in no order.
///
/// # Errors
/// When the database is away.
pub async fn load_many(tx: &Tx, ids: &[QuoteId]) -> Result<Vec<Quote>, StoreError> {
    let found = tx.all(tx.find::<quote::Entity>().filter(tx.among(quote::Column::Id, ids))).await?;
    found.into_iter().map(Quote::try_from).collect()
}

/// The quote of `seller` on `rfq`, if there is one that the actor may see.
///
/// # Errors
/// When the database is away.
pub async fn find(tx: &Tx, rfq: RfqId, seller: OrganizationId) -> Result<Option<Quote>, StoreError> {
    let select = tx
        .find::<quote::Entity>()
        .filter(quote::Column::RfqId.eq(Col(rfq)))
        .filter(quote::Column::SellerId.eq(Col(seller)));
    tx.maybe(select).await?.map(Quote::try_from).transpose()
}

/// The quotes on these requests that the actor may see.
///
/// # Errors
/// When the database is away.
pub async fn of(tx: &Tx, rfqs: &[RfqId]) -> Result<Vec<Quote>, StoreError> {
    let select =
        tx.find::<quote::Entity>().filter(tx.among(quote::Column::RfqId, rfqs)).order_by(quote::Column::Id, Order::Asc);
    tx.all(select).await?.into_iter().map(Quote::try_from).collect()
}

/// The quotes on one request, locked in id order until the transaction ends.
///
/// # Errors
/// When the database is away.
pub async fn lock_of(tx: &mut Tx, rfq: RfqId) -> Result<Vec<Quote>, StoreError> {
    let select = tx
        .find_for_update::<quote::Entity>()
        .filter(quote::Column::RfqId.eq(Col(rfq)))
        .order_by(quote::Column::Id, Order::Asc);
    tx.all(select).await?.into_iter().map(Quote::try_from).collect()
}

/// The quotes that the actor's organization made, newest first.
///
/// # Errors
/// When the database is away.
pub async fn list(tx: &Tx, page: &PageRequest) -> Result<Page<Quote>, StoreError> {
    let own = tx.actor().organization.map_or(uuid::Uuid::nil(), tradehall_domain::id::Id::uuid);
    let select = tx.find::<quote::Entity>().filter(quote::Column::SellerId.eq(own));
    let sort = Sort { key: None, id: quote::Column::Id, descending: true };
    tx.page(select, page, &sort).await?.try_map(Quote::try_from)
}

/// Where a quote stands in a list.
#[must_use]
pub const fn cursor(quote: &Quote) -> Cursor {
    Cursor::of(quote.id)
}

/// Adds a quote.
///
/// # Errors
/// When its row cannot be made; a conflict on [`QUOTE_INDEX`], by the commit, when the seller has one already.
pub fn insert(tx: &mut Tx, quote: &Quote, event: &QuoteEvent) -> Result<(), StoreError> {
    tx.insert(quote::Model::from(quote))?;
    record(tx, quote, event)
}

/// Keeps a changed quote.
///
/// # Errors
/// [`StoreError::Stale`], by the commit, when it changed meanwhile.
pub fn save(tx: &mut Tx, quote: &mut Quote, event: &QuoteEvent) -> Result<(), StoreError> {
    quote.version += 1;
    tx.save(quote::Model::from(&*quote))?;
    record(tx, quote, event)
}

/// Keeps what an award made of several quotes.
///
/// # Errors
/// [`StoreError::Stale`], by the commit, when one changed meanwhile.
pub fn save_all(tx: &mut Tx, changed: &mut [(Quote, QuoteEvent)]) -> Result<(), StoreError> {
    changed.iter_mut().for_each(|(quote, _)| quote.version += 1);
    let rows: Vec<_> = changed.iter().map(|(quote, _)| quote::Model::from(quote)).collect();
    tx.save_all(&rows)?;
    changed.iter().try_for_each(|(quote, event)| record(tx, quote, event))
}

/// Writes an event down for the seller and, where the buyer may know of it, for the buyer.
fn record(tx: &mut Tx, quote: &Quote, event: &QuoteEvent) -> Result<(), StoreError> {
    let told = if quote.revealed { Audience::both(quote.seller, quote.buyer) } else { Audience::only(quote.seller) };
    event::record(tx, told, Subject { kind: SubjectKind::Quote, id: quote.id.uuid() }, event)
}
