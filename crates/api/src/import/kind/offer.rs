//! Offers: one row for what a seller asks for a product in one currency and unit; see [`super::offer_row`] for the fields.

use std::collections::{HashMap, HashSet};

use jiff::Timestamp;
use tradehall_domain::catalog::{Offer, OfferEvent, OfferStatus, OfferTerms, Product, ProductId};
use tradehall_domain::organization::{Capability, OrganizationId};
use tradehall_domain::problem::{Code, Problem, Problems};
use tradehall_persistence::Tx;
use tradehall_persistence::catalog::{offer, product};

use super::offer_row::{COLUMNS, Named, OfferRow, told_by_column};
use super::{CHUNK_ROWS, Chunk, KindOf, ROWS_MAX};
use crate::app::Error;
use crate::import::said::Claim;
use crate::import::table::Row;
use crate::import::tally::Outcome;

/// What is known of offers.
pub const KIND: KindOf = KindOf {
    columns: COLUMNS,
    synonyms: &[
        ("product_number", &["sku", "number", "item", "item number", "part number", "ma", "ma hang", "ma san pham"]),
        ("price", &["unit price", "amount", "gia", "don gia", "gia ban"]),
        ("currency", &["currency code", "tien te", "loai tien"]),
        ("lead_time_days", &["lead time", "delivery days", "thoi gian giao", "so ngay giao"]),
        ("unit", &["uom", "unit of measure", "don vi", "don vi tinh", "dvt"]),
        ("min_quantity", &["moq", "minimum", "min qty", "so luong toi thieu"]),
        ("max_quantity", &["maximum", "max qty", "so luong toi da"]),
        ("multiple", &["order multiple", "pack size", "boi so"]),
        ("valid_from", &["from", "start", "tu ngay", "hieu luc tu"]),
        ("valid_until", &["until", "end", "den ngay", "hieu luc den"]),
        ("access", &["visibility", "pham vi"]),
    ],
    chunk_rows: CHUNK_ROWS,
    rows_max: ROWS_MAX,
    claims: |row| claim(row).into_iter().collect(),
    capability: Some(Capability::Seller),
};

/// The row's words for its product, currency and unit; that a unit is the product's own, only the catalog tells.
fn claim(row: &Row) -> Option<Claim> {
    let (product, column) = match (row.text("product_id"), row.text("product_number")) {
        (Some(id), _) => (id, "product_id"),
        (None, Some(number)) => (number, "product_number"),
        (None, None) => return None,
    };
    let text = |column| row.text(column).unwrap_or_default().to_ascii_uppercase();
    Some(Claim::once(format!("{column} {product}\u{1f}{}\u{1f}{}", text("currency"), text("unit")), column))
}

/// What is to be written.
#[derive(Debug, Default)]
struct Changes {
    made: Vec<(Offer, OfferEvent)>,
    revised: Vec<(Offer, OfferEvent)>,
}

/// Decides on some offers: at most two statements to find the products, one for the offers, one to write.
pub async fn apply(tx: &mut Tx, chunk: Chunk<'_>) -> Result<(), Error> {
    let seller = chunk.owner;
    let mut rows = Vec::with_capacity(chunk.rows.len());
    for row in chunk.rows {
        match OfferRow::read(row) {
            Ok(read) => rows.push((row, read)),
            Err(problems) => chunk.tally.refuse_row(row, problems),
        }
    }
    offer::lock_list(tx, seller).await?;
    let owner = chunk.settings.product_owner.unwrap_or(seller);
    let products = products(tx, rows.iter().map(|(_, row)| &row.product), owner).await?;
    let ids: Vec<_> = products.values().map(|product| product.id).collect();
    let mut by_product: HashMap<ProductId, Vec<Offer>> = HashMap::new();
    for offer in offer::open_of(tx, Some(seller), &ids).await? {
        by_product.entry(offer.product).or_default().push(offer);
    }
    let mut seen = HashSet::new();
    let mut changes = Changes::default();
    for (row, read) in &rows {
        let decided = match products.get(&read.product) {
            None => Err(Problem::new(Code::NotFound).at(read.product.column()).into()),
            Some(product) if !seen.insert((product.id, read.currency, read.unit(product))) => {
                Err(Problem::new(Code::Duplicate).at(read.product.column()).into())
            }
            Some(product) => {
                let offers = by_product.get(&product.id).map_or(&[][..], Vec::as_slice);
                // The active one if there is one: at most one is.
                let meant = offers.iter().filter(|offer| read.means(product, offer));
                let meant = meant.min_by_key(|offer| offer.status != OfferStatus::Active);
                take(read, product, meant, seller, tx.now(), &mut changes)
            }
        };
        match decided {
            Ok(outcome) => chunk.tally.note(outcome),
            Err(problems) => chunk.tally.refuse_row(row, told_unless_product(problems)),
        }
    }
    if chunk.is_kept() {
        offer::insert_all(tx, &changes.made)?;
        offer::save_all(tx, &mut changes.revised).await?;
    }
    Ok(())
}

/// The products that the rows name and that the actor may see: at most two statements.
async fn products<'a>(
    tx: &Tx,
    named: impl Iterator<Item = &'a Named>,
    owner: OrganizationId,
) -> Result<HashMap<Named, Product>, Error> {
    let mut ids: Vec<ProductId> = Vec::new();
    let mut numbers: Vec<&str> = Vec::new();
    for product in named {
        match product {
            Named::Id(id) => ids.push(*id),
            Named::Number(number) => numbers.push(number),
        }
    }
    let mut found = HashMap::new();
    if !ids.is_empty() {
        let products = product::load_many(tx, &ids).await?;
        found.extend(products.into_iter().map(|product| (Named::Id(product.id), product)));
    }
    if !numbers.is_empty() {
        let products = product::by_numbers(tx, owner, &numbers).await?;
        found.extend(products.into_iter().map(|product| (Named::Number(product.details.number.to_string()), product)));
    }
    Ok(found)
}

/// Makes or revises the offer that a row stands for.
fn take(
    row: &OfferRow,
    product: &Product,
    known: Option<&Offer>,
    seller: OrganizationId,
    now: Timestamp,
    changes: &mut Changes,
) -> Result<Outcome, Problems> {
    match known {
        Some(known) => {
            let mut offer = known.clone();
            let terms = offer.terms.changed(&row.change(), now)?;
            match offer.revise(terms)? {
                Some(event) => {
                    changes.revised.push((offer, event));
                    Ok(Outcome::Changed)
                }
                None => Ok(Outcome::Unchanged),
            }
        }
        None => {
            let terms = OfferTerms::parse(&row.draft(product), now)?;
            changes.made.push(Offer::open(product, seller, terms, now)?);
            Ok(Outcome::Created)
        }
    }
}

/// Problems of terms are told by column; those of the product name theirs already.
fn told_unless_product(problems: Problems) -> Problems {
    let of_product = problems.iter().any(|problem| problem.path.iter().any(|step| step.starts_with("product_")));
    if of_product { problems } else { told_by_column(problems) }
}
