//! The maker's products, and what it asks for them. What they cost it is nobody else's business and is not read.

use std::collections::{HashMap, HashSet};

use rust_decimal::Decimal;
use tradehall_domain::catalog::{AttributeDraft, Product, ProductDetails, ProductDraft, ProductId};
use tradehall_domain::id::Id;
use tradehall_domain::number::parse_loose;
use tradehall_domain::organization::OrganizationId;
use tradehall_domain::problem::{Code, Problem, Problems};
use tradehall_domain::unit::Unit;
use tradehall_persistence::Tx;
use tradehall_persistence::catalog::product;
use tradehall_persistence::import::reference;
use tradehall_persistence::import::reference::ReferenceKind::{Category, Product as Kind};
use uuid::Uuid;

use super::SOURCE;
use super::category::subcategory_key;
use super::shop;
use super::target::{Entry, Target, ids, key, known, remember};
use super::unit;
use crate::app::Error;
use crate::import::cells::{by_column, whole};
use crate::import::table::Row;
use crate::import::tally::{Outcome, Tally};

/// Under which name the maker sells.
const BRAND: &str = "Adventure Works";

/// Under which key a product is remembered.
pub(super) fn product_key(id: i64) -> String {
    id.to_string()
}

/// The maker's products.
#[derive(Debug)]
pub(super) struct Products {
    /// Whose catalog.
    pub maker: OrganizationId,
    /// In which unit vendors sell each of them.
    pub units: HashMap<i64, Unit>,
}

/// A product as a row describes it.
#[derive(Debug)]
pub(super) struct Described {
    details: ProductDetails,
    subcategory: Option<i64>,
    price: Option<Decimal>,
}

impl Target for Products {
    const FILE: &'static str = "products.csv";
    const COLUMNS: &'static [&'static str] = &[
        "id",
        "name",
        "product_number",
        "make_flag",
        "color",
        "size",
        "size_unit_code",
        "weight",
        "weight_unit_code",
        "product_line",
        "class",
        "style",
        "subcategory_id",
    ];
    const KEY: &'static str = "id";
    type Draft = Described;

    fn read(&self, row: &Row) -> Result<(String, Described), Problems> {
        let mut problems = Problems::new();
        let id = key(row, "id", &mut problems);
        let subcategory = row.optional("subcategory_id", &mut problems, whole);
        // Parts that are bought and not sold stand in the file at nothing.
        let price = row.optional("list_price", &mut problems, parse_loose).flatten().filter(|price| !price.is_zero());
        let attributes = attributes(row, &mut problems);
        let unit = id.and_then(|id| self.units.get(&id).copied()).map_or_else(|| Unit::parse(unit::DEFAULT), Ok)?;
        let draft = ProductDraft {
            number: row.text("product_number").unwrap_or_default().to_owned(),
            name: row.text("name").unwrap_or_default().to_owned(),
            description: None,
            gtin: None,
            mpn: None,
            brand: (row.text("make_flag") == Some("1")).then(|| BRAND.to_owned()),
            unit,
            category: None,
            attributes,
        };
        let details = ProductDetails::parse(&draft).map_err(|problems| by_column(problems, column));
        let details = match details {
            Ok(details) => Some(details),
            Err(wrong) => {
                wrong.into_iter().for_each(|problem| problems.push(problem));
                None
            }
        };
        let ((id, subcategory), details) = problems.finish(id.zip(subcategory).zip(details))?;
        Ok((product_key(id), Described { details, subcategory, price }))
    }

    async fn write(&self, tx: &mut Tx, entries: Vec<Entry<Described>>, tally: &mut Tally) -> Result<(), Error> {
        let subcategories: Vec<_> = entries.iter().filter_map(|e| e.draft.subcategory.map(subcategory_key)).collect();
        let subcategories: Vec<_> = subcategories.iter().map(String::as_str).collect();
        let subcategories = reference::find(tx, SOURCE, Category, &subcategories).await?;
        let known = known(tx, Kind, &entries).await?;
        let mut present: HashMap<ProductId, Product> =
            product::load_many(tx, &ids(&known)).await?.into_iter().map(|product| (product.id, product)).collect();
        let numbers: Vec<_> = entries.iter().map(|entry| entry.draft.details.number.as_str()).collect();
        let taken = product::by_numbers(tx, self.maker, &numbers).await?;
        let taken: HashMap<_, _> =
            taken.iter().map(|product| (product.details.number.to_string(), product.id)).collect();

        let (mut made, mut revised, mut references) = (Vec::new(), Vec::new(), Vec::new());
        let mut priced = Vec::new();
        let mut claimed = HashSet::new();
        for Entry { line, key, draft } in entries {
            let kept = known.get(&key).and_then(|id| present.remove(&Id::from_uuid(*id)));
            let number = draft.details.number.to_string();
            let is_free = taken.get(&number).is_none_or(|holder| Some(*holder) == kept.as_ref().map(|kept| kept.id));
            if !(is_free && claimed.insert(number)) {
                tally.refuse(line, Problem::new(Code::ProductNumberTaken).at("product_number"));
                continue;
            }
            let price = draft.price;
            let details = match sorted_in(draft, &subcategories) {
                Ok(details) => details,
                Err(problem) => {
                    tally.refuse(line, problem);
                    continue;
                }
            };
            tally.note(match kept {
                None => {
                    let (product, event) = Product::open_published(details, self.maker, tx.now());
                    priced.extend(price.map(|price| (product.id, product.details.unit, price)));
                    references.push(remember(Kind, key, product.id));
                    made.push((product, event));
                    Outcome::Created
                }
                Some(mut kept) => {
                    priced.extend(price.map(|price| (kept.id, details.unit, price)));
                    match kept.revise(details) {
                        None => Outcome::Unchanged,
                        Some(event) => {
                            revised.push((kept, event));
                            Outcome::Changed
                        }
                    }
                }
            });
        }
        product::insert_all(tx, &made)?;
        product::save_all(tx, &mut revised)?;
        reference::insert_all(tx, SOURCE, &references)?;
        shop::price(tx, self.maker, &priced).await
    }
}

/// The details with the category that the row names, if it names one.
fn sorted_in(described: Described, subcategories: &HashMap<String, Uuid>) -> Result<ProductDetails, Problem> {
    let category = match described.subcategory {
        None => None,
        Some(id) => {
            let unknown = || Problem::new(Code::KeyUnknown).with("key", id).at("subcategory_id");
            Some(Id::from_uuid(*subcategories.get(&subcategory_key(id)).ok_or_else(unknown)?))
        }
    };
    Ok(ProductDetails { category, ..described.details })
}

fn attributes(row: &Row, problems: &mut Problems) -> Vec<AttributeDraft> {
    let mut unit_of = |column| row.optional(column, problems, unit::parse).flatten();
    let (size_unit, weight_unit) = (unit_of("size_unit_code"), unit_of("weight_unit_code"));
    [
        ("Color", row.text("color"), None),
        ("Size", row.text("size"), size_unit),
        ("Weight", row.text("weight"), weight_unit),
        ("Line", row.text("product_line").map(line), None),
        ("Class", row.text("class").map(class), None),
        ("Style", row.text("style").map(style), None),
    ]
    .into_iter()
    .filter_map(|(name, value, unit)| {
        Some(AttributeDraft { name: name.to_owned(), value: value?.to_owned(), unit, ..Default::default() })
    })
    .collect()
}

fn line(code: &str) -> &str {
    match code {
        "R" => "Road",
        "M" => "Mountain",
        "T" => "Touring",
        "S" => "Standard",
        other => other,
    }
}

fn class(code: &str) -> &str {
    match code {
        "H" => "High",
        "M" => "Medium",
        "L" => "Low",
        other => other,
    }
}

fn style(code: &str) -> &str {
    match code {
        "W" => "Women's",
        "M" => "Men's",
        "U" => "Universal",
        other => other,
    }
}

fn column(field: &str) -> &'static str {
    match field {
        "number" => "product_number",
        "attributes" => "color",
        _ => "name",
    }
}
