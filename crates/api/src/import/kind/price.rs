//! Prices: one row for what a product costs in one of the seller's price lists, from a quantity on and for a time.
//!
//! | field | | what stands there |
//! |---|---|---|
//! | `list_code` | required | the seller's code of the price list, which must not have ended |
//! | `product_number` | required | the product's number in the seller's catalog |
//! | `unit` | required | what is counted: UN/ECE Recommendation 20, such as `C62`; the product's unit, one of its packagings, or one with a fixed relation to these |
//! | `unit_price` | required | the price of one unit in the list's currency, above zero |
//! | `min_quantity` | | from which quantity on (the tier); any when empty |
//! | `order_minimum` | | the least that is sold at once; not said when empty |
//! | `order_multiple` | | what quantities are multiples of; not said when empty |
//! | `valid_from` | | a day (from midnight UTC) or a time of RFC 3339; no begin when empty |
//! | `valid_until` | | the same, that moment excluded; no end when empty |
//!
//! A row takes the place of the standing price of its list, product, unit, tier and validity. Where the file has no column for the
//! order quantities, that price's own stay.

mod claim;

use std::collections::HashMap;

use claim::{claim, reserve};
use jiff::Timestamp;
use tradehall_domain::catalog::{Measures, Product, ProductId};
use tradehall_domain::import::ImportPhase;
use tradehall_domain::number::parse_loose;
use tradehall_domain::organization::Capability;
use tradehall_domain::pricing::{Placed, PriceDraft, PriceKey, PriceList, PriceSheet, PriceTerms};
use tradehall_domain::problem::{Code, Problem, Problems};
use tradehall_domain::quantity::Quantity;
use tradehall_domain::unit::Unit;
use tradehall_persistence::catalog::{packaging, product};
use tradehall_persistence::{Tx, pricing};

use super::{CHUNK_ROWS, Chunk, KindOf, ROWS_MAX};
use crate::app::Error;
use crate::import::cells::{by_column, moment};
use crate::import::table::{Columns, Row, closed};
use crate::import::tally::Outcome;

/// What is known of prices.
pub const KIND: KindOf = KindOf {
    columns: Columns {
        required: &["list_code", "product_number", "unit", "unit_price"],
        optional: Some(&["min_quantity", "order_minimum", "order_multiple", "valid_from", "valid_until"]),
        open: closed,
    },
    synonyms: &[
        ("list_code", &["list", "price list", "price list code", "bang gia", "ma bang gia"]),
        ("product_number", &["sku", "number", "item", "item number", "part number", "ma", "ma hang", "ma san pham"]),
        ("unit", &["uom", "unit of measure", "don vi", "don vi tinh", "dvt"]),
        ("unit_price", &["price", "amount", "gia", "don gia", "gia ban"]),
        ("min_quantity", &["from quantity", "tier", "min qty", "tu so luong", "bac so luong"]),
        ("order_minimum", &["moq", "minimum", "minimum order", "dat toi thieu", "so luong toi thieu"]),
        ("order_multiple", &["multiple", "pack size", "boi so"]),
        ("valid_from", &["from", "start", "tu ngay", "hieu luc tu"]),
        ("valid_until", &["until", "end", "den ngay", "hieu luc den"]),
    ],
    chunk_rows: CHUNK_ROWS,
    rows_max: ROWS_MAX,
    claims: |row| claim(row).into_iter().collect(),
    capability: Some(Capability::Seller),
};

/// What stands in one list of the products that the rows name, and what is entered in it.
struct Book {
    list: PriceList,
    sheet: PriceSheet,
    placed: Vec<Placed>,
}

/// Decides on some prices: one statement to find the products, one to lock the lists, then for each list one for what stands in it and
/// one to write; one more where a row counts packagings.
pub async fn apply(tx: &mut Tx, chunk: Chunk<'_>) -> Result<(), Error> {
    let numbers: Vec<_> = chunk.rows.iter().filter_map(|row| row.text("product_number")).collect();
    let products = product::by_numbers(tx, chunk.owner, &numbers).await?;
    let products: HashMap<_, _> =
        products.into_iter().map(|product| (product.details.number.to_string(), product)).collect();
    let mut books = open_books(tx, &chunk, &products).await?;
    let counted = chunk
        .rows
        .iter()
        .filter_map(|row| Some((products.get(row.text("product_number")?)?, Unit::parse(row.text("unit")?).ok()?)));
    let measures = packaging::measures(tx, counted).await?;
    for row in chunk.rows {
        let required = |column| row.text(column).ok_or_else(|| Problem::new(Code::Required).at(column));
        let book = required("list_code").and_then(|code| {
            let unknown = || Problem::new(Code::KeyUnknown).with("key", code).at("list_code");
            books.get_mut(code).ok_or_else(unknown)
        });
        let product = required("product_number").and_then(|number| {
            let unknown = || Problem::new(Code::NotFound).at("product_number");
            products.get(number).ok_or_else(unknown)
        });
        let decided = match (book, product) {
            (Ok(book), Ok(product)) => take(row, (product, measures.get(&product.id)), book, tx.now()),
            (book, product) => {
                let mut problems = Problems::new();
                problems.take_as_is(book.map(|_| ()));
                problems.take_as_is(product);
                Err(problems)
            }
        };
        match decided {
            Ok(outcome) => chunk.tally.note(outcome),
            Err(problems) => chunk.tally.refuse_row(row, problems),
        }
    }
    if chunk.is_kept() {
        for book in books.values() {
            pricing::enter_prices(tx, &book.list, &book.placed).await?;
        }
    }
    Ok(())
}

/// The lists that the rows name, each with what stands in it.
async fn open_books(
    tx: &mut Tx,
    chunk: &Chunk<'_>,
    products: &HashMap<String, Product>,
) -> Result<HashMap<String, Book>, Error> {
    let mut named: HashMap<&str, Vec<ProductId>> = HashMap::new();
    for row in chunk.rows {
        let Some(code) = row.text("list_code") else { continue };
        let product = row.text("product_number").and_then(|number| products.get(number));
        named.entry(code).or_default().extend(product.map(|product| product.id));
    }
    let codes: Vec<_> = named.keys().copied().collect();
    let mut books = HashMap::new();
    for list in pricing::lock_by_codes(tx, chunk.owner, &codes).await? {
        let mut ids = named.remove(list.code.as_str()).unwrap_or_default();
        ids.sort_unstable();
        ids.dedup();
        let sheet = pricing::sheet(tx, &list, &ids).await?;
        let mut book = Book { list, sheet, placed: Vec::new() };
        if chunk.phase == ImportPhase::Checking {
            reserve(&mut book, chunk.rows, chunk.said, products);
        }
        books.insert(book.list.code.to_string(), book);
    }
    Ok(books)
}

fn take(
    row: &Row,
    (product, measures): (&Product, Option<&Measures>),
    book: &mut Book,
    now: Timestamp,
) -> Result<Outcome, Problems> {
    book.list.can_be_revised().map_err(|problem| problem.at("list_code"))?;
    let draft = read(row, product.id)?;
    measures.map_or(Ok(()), |measures| measures.check(draft.unit)).map_err(|problem| problem.at("unit"))?;
    let terms = terms(row, draft, book, now).map_err(told_by_column)?;
    let placed = book.sheet.enter(product.id, terms).map_err(|problem| match problem.path.is_empty() {
        // What no part of the price is to blame for is about its product in this list.
        true => problem.at("product_number").into(),
        false => told_by_column(problem.into()),
    })?;
    let outcome = match &placed {
        Placed::Unchanged(_) => return Ok(Outcome::Unchanged),
        Placed::Added(_) => Outcome::Created,
        Placed::Replaced { .. } => Outcome::Changed,
    };
    book.placed.push(placed);
    Ok(outcome)
}

/// What the row says in `book`'s currency. A validity that is over is refused only where it is new.
fn terms(row: &Row, mut draft: PriceDraft, book: &Book, now: Timestamp) -> Result<PriceTerms, Problems> {
    let currency = book.list.currency;
    let mut terms = PriceTerms::parse(&draft, currency, Timestamp::MIN)?;
    let key = PriceKey { product: draft.product, unit: terms.unit, min_quantity: terms.min_quantity };
    let known = book.sheet.standing(&key, &terms.valid);
    if let Some(known) = known {
        if !row.has("order_minimum") {
            draft.order_minimum = known.order_minimum.map(Quantity::value);
        }
        if !row.has("order_multiple") {
            draft.order_multiple = known.order_multiple.map(Quantity::value);
        }
        terms = PriceTerms::parse(&draft, currency, Timestamp::MIN)?;
    }
    if known != Some(&terms) && terms.valid.is_over(now) {
        return Err(Problem::new(Code::InPast).at("validUntil").into());
    }
    Ok(terms)
}

fn read(row: &Row, product: ProductId) -> Result<PriceDraft, Problems> {
    let mut problems = Problems::new();
    let unit = row.required("unit", &mut problems, Unit::parse);
    let price = row.required("unit_price", &mut problems, parse_loose);
    let min_quantity = row.optional("min_quantity", &mut problems, parse_loose);
    let order_minimum = row.optional("order_minimum", &mut problems, parse_loose);
    let order_multiple = row.optional("order_multiple", &mut problems, parse_loose);
    let valid_from = row.optional("valid_from", &mut problems, moment);
    let valid_until = row.optional("valid_until", &mut problems, moment);
    let draft = (|| {
        Some(PriceDraft {
            product,
            unit: unit?,
            price: price?,
            min_quantity: min_quantity?,
            order_minimum: order_minimum?,
            order_multiple: order_multiple?,
            valid_from: valid_from?,
            valid_until: valid_until?,
        })
    })();
    problems.finish(draft)
}

fn told_by_column(problems: Problems) -> Problems {
    by_column(problems, |field| match field {
        "minQuantity" => "min_quantity",
        "orderMinimum" => "order_minimum",
        "orderMultiple" => "order_multiple",
        "validFrom" => "valid_from",
        "validUntil" => "valid_until",
        _ => "unit_price",
    })
}
