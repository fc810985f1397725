//! Hits sorted or narrowed by what the viewer pays: the index knows no prices, so a change of one is seen at once and needs no index.

use std::cmp::Ordering;
use std::collections::{HashMap, HashSet};

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
use tradehall_persistence::search::index::{Found, Hit, Order, Query, Window};
use uuid::Uuid;

use crate::app::{Error, Session};
use crate::catalog::reads_unpublished;
use crate::graphql::scalar::{CurrencyCode, Decimal};

/// How many hits can be sorted or narrowed by price.
pub const PRICED_MAX: usize = 10_000;

/// Products that cost the viewer so much for one of their own unit; those without a price in the currency are left out. At most 10 000
/// hits can be narrowed or sorted so: more are refused with BAD_USER_INPUT, the reason TOO_MANY_HITS. Facets count what is left.
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
    /// Where it stands.
    pub place: Place,
}

/// Where a hit stands in its list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Place {
    /// By what it costs, equals by their ids.
    Cost(Number, Uuid, Direction),
    /// As the index orders it.
    Hit(Hit),
}

/// Whether the cheapest come first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Direction {
    /// The cheapest.
    Ascending,
    /// The dearest.
    Descending,
}

impl Direction {
    /// That of an order by price.
    const fn of(order: SearchOrder) -> Option<Self> {
        match order {
            SearchOrder::PriceAscending => Some(Self::Ascending),
            SearchOrder::PriceDescending => Some(Self::Descending),
            SearchOrder::Relevance | SearchOrder::Name | SearchOrder::Number | SearchOrder::Newest => None,
        }
    }
}

impl Place {
    /// The opaque text that a client carries.
    #[must_use]
    pub fn encode(&self) -> String {
        match self {
            Self::Cost(cost, id, _) => format!("p{}.{}", cost.normalize(), id.simple()),
            Self::Hit(hit) => hit.encode(),
        }
    }

    /// The place that a client's text names in a list of that order; `by` is that of the index. `None` when no such list made it.
    #[must_use]
    pub fn decode(text: &str, order: SearchOrder, by: Order) -> Option<Self> {
        let Some(direction) = Direction::of(order) else { return Hit::decode(text, by).map(Self::Hit) };
        let (cost, id) = text.strip_prefix('p')?.rsplit_once('.')?;
        Some(Self::Cost(cost.parse().ok()?, Uuid::try_parse(id).ok()?, direction))
    }

    /// Which of two places of one list comes first.
    fn compare(&self, other: &Self) -> Ordering {
        match (self, other) {
            (Self::Cost(a, one, direction), Self::Cost(b, two, _)) => {
                let by_cost = if *direction == Direction::Ascending { a.cmp(b) } else { b.cmp(a) };
                by_cost.then(one.cmp(two))
            }
            (Self::Hit(one), Self::Hit(two)) => one.compare(two),
            // Places of one list are of one kind.
            (Self::Cost(..), Self::Hit(_)) => Ordering::Less,
            (Self::Hit(_), Self::Cost(..)) => Ordering::Greater,
        }
    }
}

/// The hits of `query` that cost what `limits` say: the part of them that `window` names, in `order`, and one more if there are more on
/// its far side. What is told of all hits besides is told of those that cost so much.
///
/// # Errors
/// [`Code::TooManyHits`]; that the database is away.
pub async fn find(
    session: &Session,
    query: Query,
    limits: Limits,
    order: SearchOrder,
    window: &Window<Place>,
) -> Result<(Vec<Priced>, Found), Error> {
    let tx = session.reading().await?;
    let narrowing = search::begin(&tx, query, PRICED_MAX, reads_unpublished(session)).await?;
    let narrowing =
        narrowing.ok_or_else(|| Problem::new(Code::TooManyHits).with("max", PRICED_MAX).at("price").at("filter"))?;
    let ids = narrowing.hits().iter().map(|hit| hit.id).chain(narrowing.others().iter().copied()).map(Id::from_uuid);
    let mut costs = costs(session, ids.collect(), limits).await?;
    let kept: HashSet<Uuid> = costs.keys().copied().collect();
    let direction = Direction::of(order);
    let priced = |hit: &Hit| {
        let (product, cost) = costs.remove(&hit.id)?;
        let place = direction.map_or_else(|| Place::Hit(hit.clone()), |way| Place::Cost(cost, hit.id, way));
        Some(Priced { product, place })
    };
    let mut hits: Vec<Priced> = narrowing.hits().iter().filter_map(priced).collect();
    hits.sort_by(|one, two| one.place.compare(&two.place));
    let found = search::narrowed(narrowing, kept).await?;
    Ok((part(hits, window), found))
}

/// The products of these ids that have a price within the limits, each with what one unit of it costs.
async fn costs(
    session: &Session,
    ids: Vec<ProductId>,
    limits: Limits,
) -> Result<HashMap<Uuid, (Product, Number)>, Error> {
    let tx = session.reading().await?;
    let products = product::load_many(&tx, &ids).await?;
    let now = tx.now();
    let item = |product: &Product| {
        let question = Question::new(limits.quantity, product.details.unit, Some(limits.currency), None, now);
        Item { wanted: Wanted::of(product), question }
    };
    let items: Vec<_> = products.iter().map(item).collect();
    let prices = pricing::price_for(&tx, session.actor().organization, &items).await?;
    let in_limits =
        |cost: &Number| limits.min.is_none_or(|min| *cost >= min) && limits.max.is_none_or(|max| *cost <= max);
    let within = products.into_iter().zip(prices).filter_map(|(product, price)| {
        let cost = cost(&price, limits.quantity).filter(in_limits)?;
        Some((product.id.uuid(), (product, cost)))
    });
    Ok(within.collect())
}

/// What one of the unit asked for costs.
fn cost(price: &Resolution, quantity: Quantity) -> Option<Number> {
    let taken = price.taken.as_ref()?;
    taken.price.amount().checked_mul(taken.quantity.value())?.checked_div(quantity.value())
}

/// The part of `hits` that `window` names, and one more if there are more on its far side.
fn part(mut hits: Vec<Priced>, window: &Window<Place>) -> Vec<Priced> {
    let is_within = |hit: &Priced| {
        let place = &hit.place;
        window.after.as_ref().is_none_or(|after| place.compare(after) == Ordering::Greater)
            && window.before.as_ref().is_none_or(|before| place.compare(before) == Ordering::Less)
    };
    hits.retain(is_within);
    let wanted = window.limit + 1;
    if window.backward {
        hits.split_off(hits.len().saturating_sub(wanted))
    } else {
        hits.truncate(wanted);
        hits
    }
}
