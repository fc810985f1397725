//! Stock: one row for how much of an own product lies at one location.
//!
//! | field | | what stands there |
//! |---|---|---|
//! | `number` | required | the product's number in the seller's catalog |
//! | `location` | required | the seller's code of the location |
//! | `quantity` | required | how much is there: zero or more, with up to four decimals |
//! | `unit` | | the product's own, for whoever wants it checked |
//! | `low_below` | | below how much there is little of it; empty for no mark |
//! | `as_of` | | when it was counted: a day or a time of RFC 3339; now when empty and the quantity is another |

use std::collections::HashMap;

use tradehall_domain::catalog::{Product, ProductId};
use tradehall_domain::id::Id;
use tradehall_domain::number::parse_loose;
use tradehall_domain::organization::Capability;
use tradehall_domain::problem::{Code, Problem, Problems};
use tradehall_domain::stock::{ProductAvailability, Stock, StockDraft, StockEvent, availability};
use tradehall_domain::unit::Unit;
use tradehall_persistence::Tx;
use tradehall_persistence::catalog::product;
use tradehall_persistence::stock;

use super::{CHUNK_ROWS, Chunk, KindOf, ROWS_MAX};
use crate::app::Error;
use crate::import::cells::{by_column, moment};
use crate::import::said::Claim;
use crate::import::table::{Columns, Row, closed};
use crate::import::tally::Outcome;

/// What is known of stock.
pub const KIND: KindOf = KindOf {
    columns: Columns {
        required: &["number", "location", "quantity"],
        optional: Some(&["unit", "low_below", "as_of"]),
        open: closed,
    },
    synonyms: &[
        ("number", &["sku", "item", "item number", "part number", "ma", "ma hang", "ma san pham", "ma sp"]),
        ("location", &["warehouse", "store", "bin", "kho", "ma kho", "vi tri"]),
        ("quantity", &["qty", "stock", "on hand", "so luong", "ton kho", "ton"]),
        ("unit", &["uom", "unit of measure", "don vi", "don vi tinh", "dvt"]),
        ("low_below", &["minimum", "reorder point", "ton toi thieu", "dinh muc"]),
        ("as_of", &["date", "counted", "ngay", "ngay kiem ke"]),
    ],
    chunk_rows: CHUNK_ROWS,
    rows_max: ROWS_MAX,
    claims: |row| {
        let key = row.text("number").zip(row.text("location"));
        let claim = key.map(|(number, location)| Claim::once(format!("{number}\u{1f}{location}"), "location"));
        claim.into_iter().collect()
    },
    capability: Some(Capability::Seller),
};

/// Decides on some counts: one statement to find the products, one to lock what they have, one for what is told of them, one to write.
pub async fn apply(tx: &mut Tx, chunk: Chunk<'_>) -> Result<(), Error> {
    let numbers: Vec<_> = chunk.rows.iter().filter_map(|row| row.text("number")).collect();
    let products = product::by_numbers(tx, chunk.owner, &numbers).await?;
    let ids: Vec<_> = products.iter().map(|product| product.id).collect();
    let products: HashMap<_, _> =
        products.into_iter().map(|product| (product.details.number.to_string(), product)).collect();
    let mut all: HashMap<ProductId, Vec<Stock>> = HashMap::new();
    for stock in stock::lock_of(tx, chunk.owner, &ids).await? {
        all.entry(stock.product).or_default().push(stock);
    }
    let (mut made, mut changed) = (Vec::new(), Vec::new());
    for row in chunk.rows {
        let decided = match row.text("number").map(|number| products.get(number)) {
            None => Err(Problem::new(Code::Required).at("number").into()),
            Some(None) => Err(Problem::new(Code::NotFound).at("number").into()),
            Some(Some(product)) => take(row, product, tx, &mut all, &mut made, &mut changed),
        };
        match decided {
            Ok(outcome) => chunk.tally.note(outcome),
            Err(problems) => chunk.tally.refuse_row(row, problems),
        }
    }
    if !chunk.is_kept() || (made.is_empty() && changed.is_empty()) {
        return Ok(());
    }
    let told = stock::availability_of(tx, &ids).await?;
    stock::insert_all(tx, &made)?;
    stock::save_all(tx, &mut changed)?;
    let (mut first, mut other) = (Vec::new(), Vec::new());
    for (product, locations) in &all {
        let level = availability(locations.iter());
        match told.get(product) {
            Some(one) if one.level == level => {}
            Some(one) => other.push(ProductAvailability { level, since: tx.now(), ..one.clone() }),
            None => first.push(ProductAvailability {
                id: Id::new(),
                seller: chunk.owner,
                product: *product,
                level,
                since: tx.now(),
                version: 1,
            }),
        }
    }
    Ok(stock::tell(tx, &first, &mut other)?)
}

type Counted = Vec<(Stock, StockEvent)>;

fn take(
    row: &Row,
    product: &Product,
    tx: &Tx,
    all: &mut HashMap<ProductId, Vec<Stock>>,
    made: &mut Counted,
    changed: &mut Counted,
) -> Result<Outcome, Problems> {
    let draft = read(row)?;
    let locations = all.entry(product.id).or_default();
    let place = locations.iter().position(|stock| stock.location.as_str() == draft.location);
    let kept = place.and_then(|place| locations.get(place));
    let counted = Stock::count(&draft, product, kept, tx.now()).map_err(told_by_column);
    let (stock, event) = match counted {
        Ok(counted) => counted,
        Err(problems) => {
            // A product of which nothing is known stays one.
            if locations.is_empty() {
                all.remove(&product.id);
            }
            return Err(problems);
        }
    };
    let Some(event) = event else { return Ok(Outcome::Unchanged) };
    match place.and_then(|place| locations.get_mut(place)) {
        Some(slot) => {
            *slot = stock.clone();
            changed.push((stock, event));
            Ok(Outcome::Changed)
        }
        None => {
            locations.push(stock.clone());
            made.push((stock, event));
            Ok(Outcome::Created)
        }
    }
}

fn read(row: &Row) -> Result<StockDraft, Problems> {
    let mut problems = Problems::new();
    let location = row.required("location", &mut problems, |text| Ok(text.to_owned()));
    let quantity = row.required("quantity", &mut problems, parse_loose);
    let unit = row.optional("unit", &mut problems, Unit::parse);
    let low_below = row.optional("low_below", &mut problems, parse_loose);
    let as_of = row.optional("as_of", &mut problems, moment);
    let read = (|| {
        Some(StockDraft {
            location: location?,
            quantity: quantity?,
            unit: unit?,
            low_below: low_below.map(|mark| row.has("low_below").then_some(mark))?,
            as_of: as_of?,
        })
    })();
    problems.finish(read)
}

fn told_by_column(problems: Problems) -> Problems {
    by_column(problems, |field| match field {
        "location" => "location",
        "unit" => "unit",
        "lowBelow" => "low_below",
        _ => "quantity",
    })
}
