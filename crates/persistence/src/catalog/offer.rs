//! Offers, as they are stored.

use jiff::Timestamp;
use sea_orm::sea_query::{Alias, Expr, ExprTrait, Func, Query, WindowStatement};
use sea_orm::{ColumnTrait, Condition, Order, QueryFilter, QueryOrder, QuerySelect, QueryTrait, Select};
use tradehall_domain::catalog::{Offer, OfferEvent, OfferId, OfferStatus, OfferTerms, ProductId};
use tradehall_domain::currency::Currency;
use tradehall_domain::event::{Subject, SubjectKind};
use tradehall_domain::money::UnitPrice;
use tradehall_domain::organization::OrganizationId;
use tradehall_domain::quantity::Quantity;
use tradehall_domain::unit::Unit;

use super::entity::offer::{Column, Entity, Model};
use super::offer_term;
use crate::column::{Col, Name};
use crate::page::Sort;
use crate::{Cursor, Page, PageRequest, StoreError, Tx, event};

/// The unique index that a second active offer of a product in the same currency and unit runs into.
pub const ACTIVE_INDEX: &str = "offer_seller_id_product_id_currency_unit_key";

/// Which offers are meant; every part narrows.
#[derive(Debug, Clone, Default)]
pub struct Filter {
    /// Only those of this seller.
    pub seller: Option<OrganizationId>,
    /// Only those of products that this organization describes.
    pub product_owner: Option<OrganizationId>,
    /// Only those of this product.
    pub product: Option<ProductId>,
    /// Only those in this status.
    pub status: Option<OfferStatus>,
}

/// The offer of that id, locked until the transaction ends.
///
/// # Errors
/// [`StoreError::NotFound`] also where the actor may not know of it.
pub async fn lock(tx: &mut Tx, id: OfferId) -> Result<Offer, StoreError> {
    let select = tx.find_for_update::<Entity>().filter(Column::Id.eq(Col(id)));
    tx.one(select).await?.try_into()
}

/// The offer of that id.
///
/// # Errors
/// As [`lock`].
pub async fn load(tx: &Tx, id: OfferId) -> Result<Offer, StoreError> {
    tx.one(tx.find::<Entity>().filter(Column::Id.eq(Col(id)))).await?.try_into()
}

/// The offers of these ids that the actor may see, in no order.
///
/// # Errors
/// When the database is away.
pub async fn load_many(tx: &Tx, ids: &[OfferId]) -> Result<Vec<Offer>, StoreError> {
    gather(tx, tx.find::<Entity>().filter(tx.among(Column::Id, ids))).await
}

/// The offers that the actor may see and that `filter` means, newest first.
///
/// # Errors
/// When the database is away.
pub async fn list(tx: &Tx, filter: &Filter, page: &PageRequest) -> Result<Page<Offer>, StoreError> {
    let mut select = tx.find::<Entity>();
    if let Some(seller) = filter.seller {
        select = select.filter(Column::SellerId.eq(Col(seller)));
    }
    if let Some(owner) = filter.product_owner {
        select = select.filter(Column::ProductOwnerId.eq(Col(owner)));
    }
    if let Some(product) = filter.product {
        select = select.filter(Column::ProductId.eq(Col(product)));
    }
    if let Some(status) = filter.status {
        select = select.filter(Column::Status.eq(Name(status)));
    }
    let sort = Sort { key: None, id: Column::Id, descending: true };
    tx.page(select, page, &sort).await?.try_map(Offer::try_from)
}

/// Where an offer stands in a list.
#[must_use]
pub const fn cursor(offer: &Offer) -> Cursor {
    Cursor::of(offer.id)
}

/// Of each of these products the offers that the actor may see and that hold at `now`, the first `limit` of each by currency,
/// unit and price: one statement, whatever the number of products.
///
/// # Errors
/// When the database is away.
pub async fn current_of(tx: &Tx, products: &[ProductId], now: Timestamp, limit: u64) -> Result<Vec<Offer>, StoreError> {
    let order = [Column::Currency, Column::Unit, Column::Price, Column::Id];
    let now = Col(now);
    // Ranked among what the actor sees: a hidden offer must not push a visible one out.
    let mut ranked = tx
        .find::<Entity>()
        .filter(tx.among(Column::ProductId, products))
        .filter(Column::Status.eq(Name(OfferStatus::Active)))
        .filter(Column::ValidFrom.lte(now))
        .filter(Condition::any().add(Column::ValidUntil.is_null()).add(Column::ValidUntil.gt(now)))
        .select_only()
        .column(Column::Id)
        .into_query();
    let mut window = WindowStatement::partition_by(Column::ProductId);
    for column in order {
        window.order_by(column, Order::Asc);
    }
    ranked.expr_window_as(Func::cust(Alias::new("row_number")), window, Alias::new("place"));
    let first = Query::select()
        .column(Alias::new("id"))
        .from_subquery(ranked, Alias::new("ranked"))
        .and_where(Expr::col(Alias::new("place")).lte(limit))
        .to_owned();
    let mut select = tx.find::<Entity>().filter(Column::Id.in_subquery(first));
    for column in order {
        select = select.order_by(column, Order::Asc);
    }
    gather(tx, select).await
}

/// The offers of these products that the actor may see and that have not ended, in no order; only those of `seller` when one is
/// named.
///
/// # Errors
/// When the database is away.
pub async fn open_of(
    tx: &Tx,
    seller: Option<OrganizationId>,
    products: &[ProductId],
) -> Result<Vec<Offer>, StoreError> {
    let mut select = tx
        .find::<Entity>()
        .filter(tx.among(Column::ProductId, products))
        .filter(Column::Status.ne(Name(OfferStatus::Ended)));
    if let Some(seller) = seller {
        select = select.filter(Column::SellerId.eq(Col(seller)));
    }
    gather(tx, select).await
}

/// Makes imports of one seller's offers wait for each other until the transaction ends: what one finds missing, the other may be
/// adding.
///
/// # Errors
/// When the database is away.
pub async fn lock_list(tx: &mut Tx, seller: OrganizationId) -> Result<(), StoreError> {
    tx.take_turns(seller).await
}

async fn gather(tx: &Tx, select: Select<Entity>) -> Result<Vec<Offer>, StoreError> {
    tx.all(select).await?.into_iter().map(Offer::try_from).collect()
}

/// Adds an offer.
///
/// # Errors
/// When its event cannot be written down; a conflict on [`ACTIVE_INDEX`], by the commit.
pub fn insert(tx: &mut Tx, offer: &Offer, event: OfferEvent) -> Result<(), StoreError> {
    insert_all(tx, &[(offer.clone(), event)])
}

/// Adds offers together.
///
/// # Errors
/// As [`insert`].
pub fn insert_all(tx: &mut Tx, offers: &[(Offer, OfferEvent)]) -> Result<(), StoreError> {
    let models: Vec<_> = offers.iter().map(|(offer, _)| Model::from(offer)).collect();
    tx.insert_all(&models)?;
    let now = tx.now();
    offer_term::begin(tx, offers.iter().map(|(offer, _)| offer), now)?;
    record(tx, offers)
}

/// Keeps a changed offer.
///
/// # Errors
/// [`StoreError::Stale`] when it changed meanwhile; a conflict on [`ACTIVE_INDEX`].
pub async fn save(tx: &mut Tx, offer: &mut Offer, event: OfferEvent) -> Result<(), StoreError> {
    let mut changed = [(offer.clone(), event)];
    save_all(tx, &mut changed).await?;
    offer.version += 1;
    Ok(())
}

/// Keeps changed offers together.
///
/// # Errors
/// As [`save`].
pub async fn save_all(tx: &mut Tx, offers: &mut [(Offer, OfferEvent)]) -> Result<(), StoreError> {
    let mut models = Vec::with_capacity(offers.len());
    for (offer, _) in &mut *offers {
        offer.version += 1;
        models.push(Model::from(&*offer));
    }
    let from = offer_term::end(tx, offers.iter().map(|(offer, _)| offer)).await?;
    tx.save_all(&models)?;
    offer_term::begin(tx, offers.iter().map(|(offer, _)| offer), from)?;
    record(tx, offers)
}

fn record(tx: &mut Tx, offers: &[(Offer, OfferEvent)]) -> Result<(), StoreError> {
    let events = offers.iter().map(|(offer, event)| {
        let subject = Subject { kind: SubjectKind::Offer, id: offer.id.uuid() };
        (offer.audience(), subject, event)
    });
    event::record_all(tx, events)
}

impl From<&Offer> for Model {
    fn from(offer: &Offer) -> Self {
        let terms = &offer.terms;
        Self {
            id: Col(offer.id),
            seller_id: Col(offer.seller),
            product_id: Col(offer.product),
            product_owner_id: Col(offer.product_owner),
            price: terms.price.units(),
            currency: terms.price.currency().code().to_owned(),
            unit: terms.unit.code().to_owned(),
            min_quantity: terms.min_quantity.units(),
            max_quantity: terms.max_quantity.map(Quantity::units),
            multiple: terms.multiple.units(),
            lead_time_days: terms.lead_time_days,
            valid_from: Col(terms.valid_from),
            valid_until: terms.valid_until.map(Col),
            access: Name(terms.access),
            status: Name(offer.status),
            since: Col(offer.since),
            created_at: Col(offer.created_at),
            version: offer.version,
        }
    }
}

impl TryFrom<Model> for Offer {
    type Error = StoreError;

    fn try_from(model: Model) -> Result<Self, StoreError> {
        let terms = OfferTerms {
            price: UnitPrice::from_units(model.price, Currency::parse(&model.currency)?)?,
            unit: Unit::parse(&model.unit)?,
            min_quantity: Quantity::from_units(model.min_quantity)?,
            max_quantity: model.max_quantity.map(Quantity::from_units).transpose()?,
            multiple: Quantity::from_units(model.multiple)?,
            lead_time_days: model.lead_time_days,
            valid_from: model.valid_from.0,
            valid_until: model.valid_until.map(|until| until.0),
            access: model.access.0,
        };
        Ok(Self {
            id: model.id.0,
            seller: model.seller_id.0,
            product: model.product_id.0,
            product_owner: model.product_owner_id.0,
            terms,
            status: model.status.0,
            since: model.since.0,
            created_at: model.created_at.0,
            version: model.version,
        })
    }
}
