//! Hits sorted or narrowed by what the viewer pays: the index knows no prices, so a change of one is seen at once and needs no index.

use std::cmp::Ordering;
use std::collections::HashMap;
use std::sync::Arc;

use async_graphql::InputObject;
use rust_decimal::Decimal as Number;
use tradehall_domain::catalog::{Product, ProductId};
use tradehall_domain::currency::Currency;
use tradehall_domain::id::Id;
use tradehall_domain::pricing::{Question, Resolution};
use tradehall_domain::problem::{Code, Problem};
use tradehall_domain::quantity::Quantity;
use tradehall_domain::search::SearchOrder;
use tradehall_persistence::catalog::product;
use tradehall_persistence::pricing::{self, Item, Wanted};
use tradehall_persistence::search;
use tradehall_persistence::search::index::{Found, Query, Window};
use uuid::Uuid;

use crate::app::{Error, Session};
use crate::catalog::reads_unpublished;
use crate::graphql::scalar::{CurrencyCode, Decimal};

/// How many hits can be sorted or narrowed by price.
pub const PRICED_MAX: usize = 10_000;

/// Products that cost the viewer so much for one of their own unit; those without a price in the currency are left out. Facets are
/// counted before a price narrows, and at most 10 000 hits can be narrowed or sorted by it.
#[derive(Debug, InputObject)]
pub struct ProductPriceFilter {
    /// The currency of the prices.
    pub currency: CurrencyCode,
    /// How much is bought, in the product's own unit; 1 when left out.
    pub quantity: Option<Decimal>,
    /// At least so much for one unit; from zero on when left out.
    pub min: Option<Decimal>,
    /// At most so much for one unit; without an end when left out.
    pub max: Option<Decimal>,
}

/// What is asked of prices.
#[derive(Debug, Clone, Copy)]
pub struct Limits {
    currency: Currency,
    quantity: Quantity,
    min: Option<Number>,
    max: Option<Number>,
}

impl ProductPriceFilter {
    /// The filter as it is used.
    ///
    /// # Errors
    /// A quantity that cannot be.
    pub fn read(&self) -> Result<Limits, Problem> {
        let quantity = self.quantity.map_or(Ok(Quantity::ONE), |quantity| Quantity::new(quantity.0));
        let quantity = quantity.map_err(|problem| problem.at("quantity").at("price").at("filter"))?;
        let (min, max) = (self.min.map(|min| min.0), self.max.map(|max| max.0));
        Ok(Limits { currency: self.currency.0, quantity, min, max })
    }
}

/// A hit with what one unit of it costs.
#[derive(Debug)]
pub struct Priced {
    /// The product.
    pub product: Product,
    cost: Number,
}

impl Priced {
    /// The opaque text that a client carries.
    #[must_use]
    pub fn encode(&self) -> String {
        format!("p{}.{}", self.cost.normalize(), self.product.id.uuid().simple())
    }
}

/// A part of the hits, and what is told of all of them.
#[derive(Debug)]
pub struct PricedPage {
    /// The hits of the page, in their order.
    pub hits: Vec<Priced>,
    /// Whether some precede.
    pub precede: bool,
    /// Whether some follow.
    pub follow: bool,
    /// What is told of all hits.
    pub summary: Arc<Found>,
}

/// Which part of the hits is asked for.
#[derive(Debug, Clone)]
pub struct Part {
    /// How many.
    pub limit: usize,
    /// Those behind this place.
    pub after: Option<String>,
    /// Those before this place.
    pub before: Option<String>,
    /// Whether the last are meant.
    pub backward: bool,
}

/// The hits of `query` that cost what `limits` say, in `order`.
///
/// # Errors
/// [`Code::TooManyHits`]; a cursor of another search; that the database is away.
pub async fn find(
    session: &Session,
    query: Query,
    limits: Limits,
    order: SearchOrder,
    part: &Part,
) -> Result<PricedPage, Error> {
    let tx = session.reading().await?;
    let unpublished = reads_unpublished(session);
    let one = Window { limit: 1, ..Window::default() };
    let found = search::find(&tx, query.clone(), one, unpublished).await?;
    let ids = search::ids(&tx, query, PRICED_MAX, unpublished).await?;
    let ids = ids.ok_or_else(|| Problem::new(Code::TooManyHits).with("max", PRICED_MAX).at("filter"))?;
    let hits = priced(session, &ids, limits, order).await?;
    let total = hits.len() as u64;
    let from = match &part.after {
        Some(cursor) => place(&hits, cursor, order)?.1,
        None => 0,
    };
    let until = match &part.before {
        Some(cursor) => place(&hits, cursor, order)?.0.max(from),
        None => hits.len(),
    };
    let (from, until) = match part.backward {
        true => (until.saturating_sub(part.limit).max(from), until),
        false => (from, until.min(from.saturating_add(part.limit))),
    };
    let (precede, follow) = (from > 0, until < hits.len());
    let hits = hits.into_iter().skip(from).take(until - from).collect();
    let summary = Arc::new(Found { hits: Vec::new(), total, ..(*found).clone() });
    Ok(PricedPage { hits, precede, follow, summary })
}

/// The products of these ids that have a price within the limits, in `order`, or in that of the ids where it is not by price.
async fn priced(session: &Session, ids: &[Uuid], limits: Limits, order: SearchOrder) -> Result<Vec<Priced>, Error> {
    let tx = session.reading().await?;
    let wanted: Vec<ProductId> = ids.iter().copied().map(Id::from_uuid).collect();
    let products = product::load_many(&tx, &wanted).await?;
    let now = tx.now();
    let item = |product: &Product| {
        let question = Question::new(limits.quantity, product.details.unit, Some(limits.currency), None, now);
        Item { wanted: Wanted::of(product), question }
    };
    let items: Vec<_> = products.iter().map(item).collect();
    let prices = pricing::price_for(&tx, session.actor().organization, &items).await?;
    let in_limits =
        |cost: &Number| limits.min.is_none_or(|min| *cost >= min) && limits.max.is_none_or(|max| *cost <= max);
    let cheap = products.into_iter().zip(prices).filter_map(|(product, price)| {
        let cost = cost(&price, limits.quantity).filter(in_limits)?;
        Some(Priced { product, cost })
    });
    let mut hits: Vec<_> = cheap.collect();
    let places: HashMap<Uuid, usize> = ids.iter().enumerate().map(|(n, id)| (*id, n)).collect();
    match order {
        SearchOrder::PriceAscending | SearchOrder::PriceDescending => {
            hits.sort_by(|a, b| compare((a.cost, a.product.id), (b.cost, b.product.id), order));
        }
        _ => hits.sort_by_key(|hit| places.get(&hit.product.id.uuid()).copied()),
    }
    Ok(hits)
}

/// What one of the unit asked for costs.
fn cost(price: &Resolution, quantity: Quantity) -> Option<Number> {
    let taken = price.taken.as_ref()?;
    taken.price.amount().checked_mul(taken.quantity.value())?.checked_div(quantity.value())
}

fn compare(a: (Number, ProductId), b: (Number, ProductId), order: SearchOrder) -> Ordering {
    let by_cost = a.0.cmp(&b.0);
    let by_cost = if order == SearchOrder::PriceDescending { by_cost.reverse() } else { by_cost };
    by_cost.then(a.1.cmp(&b.1))
}

/// Between which places of `hits` a cursor stands: the first that is not before it, and the first behind it.
fn place(hits: &[Priced], cursor: &str, order: SearchOrder) -> Result<(usize, usize), Error> {
    let unmade = || Error::BadInput("The cursor was not made by this list.".to_owned());
    let (cost, id) = cursor.strip_prefix('p').and_then(|rest| rest.rsplit_once('.')).ok_or_else(unmade)?;
    let id: ProductId = Id::from_uuid(Uuid::try_parse(id).map_err(|_| unmade())?);
    let cost: Number = cost.parse().map_err(|_| unmade())?;
    match order {
        SearchOrder::PriceAscending | SearchOrder::PriceDescending => {
            let before = |hit: &Priced| compare((hit.cost, hit.product.id), (cost, id), order);
            let at = hits.partition_point(|hit| before(hit) == Ordering::Less);
            let behind = hits.partition_point(|hit| before(hit) != Ordering::Greater);
            Ok((at, behind))
        }
        _ => {
            let at = hits.iter().position(|hit| hit.product.id == id).ok_or_else(unmade)?;
            Ok((at, at + 1))
        }
    }
}
