//! What a buyer's prices are made of, read for many products at once.

use std::collections::{HashMap, HashSet};

use jiff::Timestamp;
use serde::Serialize;
use tradehall_domain::catalog::{Measures, Product, ProductId};
use tradehall_domain::id::Id;
use tradehall_domain::organization::OrganizationId;
use tradehall_domain::pricing::{Candidate, Question, Resolution, resolve};
use tradehall_domain::unit::Unit;
use uuid::Uuid;

use super::row::Said;
use super::{row, statement};
use crate::scope::Scope;
use crate::{StoreError, Tx};

/// How many products one statement prices: each may have dozens of prices, and an answer has at most
/// [`ROWS_MAX`](crate::ROWS_MAX) rows.
const PRODUCTS_AT_ONCE: usize = 1_000;

/// A product whose price is wanted, and of which seller. The caller has read the product as the actor sees it.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Wanted {
    /// Which product.
    pub product: ProductId,
    /// Whose price.
    pub seller: OrganizationId,
    unit: Unit,
    category: Option<Uuid>,
    brand: Option<String>,
}

/// Whatever states a price of one product, and how the product is measured.
#[derive(Debug, Clone)]
pub struct Book {
    /// What states a price.
    pub candidates: Vec<Candidate>,
    /// By its unit and packagings as they are now.
    pub measures: Measures,
}

impl Book {
    /// What the product costs, and why.
    #[must_use]
    pub fn price(&self, question: &Question) -> Resolution {
        resolve(&self.candidates, &self.measures, question)
    }
}

/// A product whose price is wanted, and for how much of it.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Item {
    /// Which product.
    pub wanted: Wanted,
    /// How much, in which unit and currency, and as of when.
    pub question: Question,
}

/// How much is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Breadth {
    /// What holds at the time that is asked about: all that can make a price.
    InForce,
    /// Also what does not hold then, to say so; only its seller is told of it.
    Whole,
}

impl Wanted {
    /// `product`, as its owner sells it.
    #[must_use]
    pub fn of(product: &Product) -> Self {
        Self::from_seller(product, product.owner)
    }

    /// `product`, as `seller` sells it.
    #[must_use]
    pub fn from_seller(product: &Product, seller: OrganizationId) -> Self {
        let details = &product.details;
        let brand = details.brand.as_ref().map(ToString::to_string);
        let category = details.category.map(Id::uuid);
        Self { product: product.id, seller, unit: details.unit, category, brand }
    }
}

/// A wanted product on its way to the database; ids travel as plain hexadecimal digits.
#[derive(Serialize)]
struct Sent<'a> {
    product_id: String,
    seller_id: String,
    category_id: Option<String>,
    brand: Option<&'a str>,
}

/// Whatever states a price of `wanted` for `buyer` (nobody: a guest, or a visitor where nobody has signed in), as the books said at
/// `known_at`, and how the products are packed now: one statement whatever the number of products, lists, tiers and packagings. All that
/// is wanted has its book.
///
/// # Errors
/// When the database is away.
pub async fn candidates(
    tx: &Tx,
    buyer: Option<OrganizationId>,
    wanted: &[Wanted],
    (as_of, known_at): (Timestamp, Timestamp),
    breadth: Breadth,
) -> Result<HashMap<(ProductId, OrganizationId), Book>, StoreError> {
    let mut sent = Vec::with_capacity(wanted.len());
    let mut books: HashMap<_, Book> = HashMap::with_capacity(wanted.len());
    for one in wanted {
        let book = Book { candidates: Vec::new(), measures: Measures::plain(one.unit) };
        if books.insert((one.product, one.seller), book).is_none() {
            sent.push(Sent {
                product_id: one.product.uuid().simple().to_string(),
                seller_id: one.seller.uuid().simple().to_string(),
                category_id: one.category.map(|category| category.simple().to_string()),
                brand: one.brand.as_deref(),
            });
        }
    }
    let list = serde_json::to_string(&sent).map_err(|e| StoreError::Corrupt(e.to_string()))?;
    let audience = Scope::of(tx.actor()).audience();
    let buyer = buyer.map_or(audience, Id::uuid);
    let mut values = vec![list.into(), buyer.into(), known_at.as_microsecond().into(), audience.into()];
    if breadth == Breadth::InForce {
        values.push(as_of.as_microsecond().into());
    }
    let rows = tx.query(statement::candidates(tx.engine(), breadth), values).await?;
    let mut seen = HashSet::new();
    for row in &rows {
        let (product, seller, said) = row::read(row)?;
        let Some(book) = books.get_mut(&(product, seller)) else { continue };
        match said {
            Said::Packed(packed) => book.measures.add(packed),
            // A promotion that names two categories above a product is found twice.
            Said::Price(candidate) if seen.insert((product, seller, candidate.id)) => book.candidates.push(candidate),
            Said::Price(_) => {}
        }
    }
    Ok(books)
}

/// What `buyer` pays for each of `items`, in their order: one statement for each time that they ask about and each
/// [`PRODUCTS_AT_ONCE`] products.
///
/// # Errors
/// When the database is away.
pub async fn price_for(tx: &Tx, buyer: Option<OrganizationId>, items: &[Item]) -> Result<Vec<Resolution>, StoreError> {
    let mut times: HashMap<(Timestamp, Timestamp), Vec<Wanted>> = HashMap::new();
    for item in items {
        let times = times.entry((item.question.as_of, item.question.known_at)).or_default();
        times.push(item.wanted.clone());
    }
    let mut books: HashMap<_, HashMap<_, _>> = HashMap::new();
    for (time, wanted) in times {
        for wanted in wanted.chunks(PRODUCTS_AT_ONCE) {
            let found = candidates(tx, buyer, wanted, time, Breadth::InForce).await?;
            books.entry(time).or_default().extend(found);
        }
    }
    let resolved = items.iter().map(|item| {
        let question = &item.question;
        let book = books.get(&(question.as_of, question.known_at));
        let book = book.and_then(|book| book.get(&(item.wanted.product, item.wanted.seller)));
        book.map_or_else(|| resolve(&[], &Measures::plain(item.wanted.unit), question), |book| book.price(question))
    });
    Ok(resolved.collect())
}
