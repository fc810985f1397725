//! Products: one row each, known by its number.
//!
//! | field | | what stands there |
//! |---|---|---|
//! | `number` | required | the product's number in its owner's catalog |
//! | `name` | required | what people call it |
//! | `unit` | required for new ones | UN/ECE Recommendation 20, such as `C62` |
//! | `description`, `gtin`, `mpn`, `brand` | | as in the catalog |
//! | `category` | | the code of a category, or the codes from above down to it with `/` between them |
//! | `attr:Name` or `attr:Name [UNIT]` | | the value of an attribute; `attr:Name []` for a name that itself ends in brackets |
//!
//! A column that is not in the file leaves what it would say as it was; an empty cell takes it away.

mod categories;

use std::collections::{HashMap, HashSet};

use tradehall_domain::catalog::{
    AttributeDraft, Attributes, Counted, Product, ProductChange, ProductDetails, ProductDraft, ProductEvent, ProductId,
};
use tradehall_domain::import::NewProducts;
use tradehall_domain::problem::{Code, Problem, Problems};
use tradehall_domain::text::fold;
use tradehall_domain::unit::Unit;
use tradehall_persistence::catalog::category::{self, ShownTo};
use tradehall_persistence::catalog::{counted, product};
use tradehall_persistence::customer::sorting;
use tradehall_persistence::{Turn, Tx};

use self::categories::Categories;
use super::{CHUNK_ROWS, Chunk, KindOf, ROWS_MAX};
use crate::app::Error;
use crate::import::attribute_column::{AttributeColumn, is_attribute};
use crate::import::said::Claim;
use crate::import::table::{Columns, Row};
use crate::import::tally::Outcome;

/// What is known of products.
pub const KIND: KindOf = KindOf {
    columns: Columns {
        required: &["number", "name"],
        optional: Some(&["unit", "description", "gtin", "mpn", "brand", "category"]),
        open: is_attribute,
    },
    synonyms: &[
        (
            "number",
            &[
                "sku",
                "item",
                "item no",
                "item number",
                "part number",
                "code",
                "ma",
                "ma hang",
                "ma so",
                "ma san pham",
                "ma sp",
            ],
        ),
        ("name", &["title", "product", "product name", "ten", "ten hang", "ten san pham", "ten sp"]),
        ("unit", &["uom", "unit of measure", "unit code", "don vi", "don vi tinh", "dvt"]),
        ("description", &["details", "text", "mo ta", "dien giai"]),
        ("gtin", &["ean", "upc", "barcode", "ma vach"]),
        ("mpn", &["manufacturer number", "manufacturer part number", "ma nha san xuat"]),
        ("brand", &["make", "manufacturer", "thuong hieu", "nhan hieu", "hang san xuat"]),
        ("category", &["group", "product group", "danh muc", "nhom", "nhom hang"]),
    ],
    chunk_rows: CHUNK_ROWS,
    rows_max: ROWS_MAX,
    claims: |row| row.text("number").map(|number| Claim::once(number.to_owned(), "number")).into_iter().collect(),
    capability: None,
};

/// What is to be written.
#[derive(Default)]
struct Changes {
    made: Vec<(Product, ProductEvent)>,
    revised: Vec<(Product, ProductEvent)>,
    /// Those of `revised` that are shown and stand in another category than before.
    moved: HashSet<ProductId>,
}

/// Decides on some products: one statement to find them, one for the categories that they name, one to write; one more where a unit
/// changes.
pub async fn apply(tx: &mut Tx, chunk: Chunk<'_>) -> Result<(), Error> {
    let turn = if chunk.is_kept() { Some(Turn::take(tx, chunk.owner).await?) } else { None };
    let numbers: Vec<_> = chunk.rows.iter().filter_map(|row| row.text("number")).collect();
    let known = product::by_numbers(tx, chunk.owner, &numbers).await?;
    let mut known: HashMap<_, _> =
        known.into_iter().map(|product| (product.details.number.to_string(), product)).collect();
    let categories = Categories::load(tx, &chunk).await?;
    let counted = counted_in_another_unit(tx, chunk.rows, &known).await?;
    let columns: Vec<_> = chunk.rows.first().map(|row| AttributeColumn::all(row.fields())).unwrap_or_default();
    let is_published = chunk.settings.new_products == NewProducts::Published;
    let mut changes = Changes::default();
    for row in chunk.rows {
        let kept = row.text("number").and_then(|number| known.remove(number));
        let decided = match kept {
            Some(kept) => {
                let counted = counted.get(&kept.id).copied().unwrap_or_default();
                revise(row, (kept, counted), &categories, &columns, &mut changes)
            }
            None => open(row, &categories, &columns).map(|details| {
                let make = if is_published { Product::open_published } else { Product::open };
                changes.made.push(make(details, chunk.owner, tx.now()));
                Outcome::Created
            }),
        };
        match decided {
            Ok(outcome) => chunk.tally.note(outcome),
            Err(problems) => chunk.tally.refuse_row(row, problems),
        }
    }
    let Some(turn) = turn else { return Ok(()) };
    product::insert_all(tx, &changes.made)?;
    product::save_all(tx, &mut changes.revised)?;
    show(tx, &turn, &changes).await
}

/// What is shown is shown to whom the owner's assortments say, and its categories are known to whoever sees it.
async fn show(tx: &mut Tx, turn: &Turn, changes: &Changes) -> Result<(), Error> {
    let all = changes.made.iter().chain(&changes.revised).map(|(product, _)| product);
    let shown: HashMap<_, _> = all.filter(|one| one.is_published()).map(|one| (one.id, one)).collect();
    if shown.is_empty() {
        return Ok(());
    }
    let ids: Vec<_> = shown.keys().copied().collect();
    let sorted: HashMap<_, _> = sorting::sort(tx, turn, Some(&ids)).await?.into_iter().collect();
    let mut paths = HashSet::new();
    for (id, product) in &shown {
        let is_new = changes.made.iter().any(|(made, _)| made.id == *id);
        let is_elsewhere = is_new || changes.moved.contains(id) || sorted.contains_key(id);
        if let (true, Some(category)) = (is_elsewhere, product.details.category) {
            paths.insert((category, sorted.get(id).copied().unwrap_or(product.viewers)));
        }
    }
    for (category, viewers) in paths {
        category::publish_path(tx, turn.seller(), category, ShownTo::Group(viewers)).await?;
    }
    Ok(())
}

/// What counts those products that rows give another unit.
async fn counted_in_another_unit(
    tx: &Tx,
    rows: &[Row],
    known: &HashMap<String, Product>,
) -> Result<HashMap<ProductId, Counted>, Error> {
    let other = rows.iter().filter_map(|row| {
        let (product, unit) = (known.get(row.text("number")?)?, Unit::parse(row.text("unit")?).ok()?);
        (unit != product.details.unit).then_some(product.id)
    });
    let other: Vec<_> = other.collect();
    Ok(counted::of_products(tx, &other).await?)
}

/// A product that is new.
fn open(row: &Row, categories: &Categories, columns: &[AttributeColumn]) -> Result<ProductDetails, Problems> {
    let mut problems = Problems::new();
    let unit = row.required("unit", &mut problems, Unit::parse);
    let category = row.optional("category", &mut problems, |text| categories.find(text));
    let (attributes, names) = attributes(row, columns, &Attributes::default(), &mut problems);
    let text = |column: &str| row.text(column).map(str::to_owned);
    let mut draft = ProductDraft {
        number: text("number").unwrap_or_default(),
        name: text("name").unwrap_or_default(),
        description: text("description"),
        gtin: text("gtin"),
        mpn: text("mpn"),
        brand: text("brand"),
        // Stands in where the unit is refused, so that everything else that is wrong is told as well.
        unit: Unit::parse("C62")?,
        category: category.flatten(),
        attributes,
    };
    draft.unit = unit.unwrap_or(draft.unit);
    let details = collect(ProductDetails::parse(&draft), &names, &mut problems);
    problems.finish(details)
}

/// A product that is there: only what the file has a column for changes.
fn revise(
    row: &Row,
    (mut product, counted): (Product, Counted),
    categories: &Categories,
    columns: &[AttributeColumn],
    changes: &mut Changes,
) -> Result<Outcome, Problems> {
    let mut problems = Problems::new();
    let text = |column: &str| row.has(column).then(|| row.text(column).map(str::to_owned));
    let unit = if row.has("unit") { row.required("unit", &mut problems, Unit::parse) } else { None };
    if let Some(unit) = unit {
        problems.take("unit", counted.check(product.details.unit, unit));
    }
    let category = row.optional("category", &mut problems, |text| categories.find(text));
    let before = product.details.category;
    let (attributes, names) = attributes(row, columns, &product.details.attributes, &mut problems);
    let change = ProductChange {
        number: None,
        name: text("name").map(Option::unwrap_or_default),
        description: text("description"),
        gtin: text("gtin"),
        mpn: text("mpn"),
        brand: text("brand"),
        unit,
        category: category.filter(|_| row.has("category")),
        attributes: (!columns.is_empty()).then_some(attributes),
    };
    let details = collect(product.details.changed(change), &names, &mut problems);
    let details = problems.finish(details)?;
    let Some(event) = product.revise(details) else { return Ok(Outcome::Unchanged) };
    if product.is_published() && product.details.category != before {
        changes.moved.insert(product.id);
    }
    changes.revised.push((product, event));
    Ok(Outcome::Changed)
}

/// The details, or nothing and their problems told by the columns that they came from.
fn collect(
    details: Result<ProductDetails, Problems>,
    names: &[String],
    problems: &mut Problems,
) -> Option<ProductDetails> {
    let wrong = match details {
        Ok(details) => return Some(details),
        Err(wrong) => wrong,
    };
    for mut problem in wrong {
        if problem.path.first().is_some_and(|step| step == "attributes") {
            let place = problem.path.get(1).and_then(|place| place.parse::<usize>().ok());
            let name = place.and_then(|place| names.get(place)).cloned().unwrap_or_default();
            problem.path.splice(..problem.path.len().min(2), [name]);
        }
        problems.push(problem);
    }
    None
}

/// The attributes after the row, each with the column that it came from. Those that are there keep their order, so that a file of
/// what is known changes nothing.
fn attributes(
    row: &Row,
    columns: &[AttributeColumn],
    before: &Attributes,
    problems: &mut Problems,
) -> (Vec<AttributeDraft>, Vec<String>) {
    let mut said: Vec<(String, &AttributeColumn, &str)> = Vec::new();
    for column in columns {
        let Some(value) = row.text(&column.field) else { continue };
        let name = fold(&column.name);
        if said.iter().any(|(other, ..)| *other == name) {
            problems.push(Problem::new(Code::Duplicate).at(&column.field));
        }
        said.push((name, column, value));
    }
    let draft = |column: &AttributeColumn, value: &str| {
        let (name, value, unit) = (column.name.clone(), value.to_owned(), column.unit);
        (AttributeDraft { name, value, unit, ..AttributeDraft::default() }, column.field.clone())
    };
    let mut all = Vec::new();
    for attribute in before.iter() {
        let name = fold(attribute.name.as_str());
        match said.iter().position(|(other, ..)| *other == name) {
            Some(place) => {
                let (_, column, value) = said.remove(place);
                // A value that stays keeps what is said in other languages; a new one has no words there yet.
                match value == attribute.value.as_str() && column.unit == attribute.unit {
                    true => all.push((AttributeDraft::from(attribute), column.field.clone())),
                    false => all.push(draft(column, value)),
                }
            }
            // The file has no column for it.
            None if !columns.iter().any(|column| fold(&column.name) == name) => {
                all.push((AttributeDraft::from(attribute), String::new()));
            }
            None => {}
        }
    }
    all.extend(said.into_iter().map(|(_, column, value)| draft(column, value)));
    all.into_iter().unzip()
}
