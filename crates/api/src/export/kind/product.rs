//! Products, as imports of products read them: a column for each attribute in each unit that any of them has.

use std::collections::{HashMap, HashSet};

use tradehall_domain::catalog::{Attribute, CategoryId, Product};
use tradehall_domain::export::Export;
use tradehall_domain::problem::{Code, Problem};
use tradehall_persistence::catalog::{category, product};
use tradehall_persistence::{Page, PageRequest, Tx};

use super::PAGE_ROWS;
use crate::app::Error;
use crate::export::writing::Sink;
use crate::import::AttributeColumn;
use crate::spreadsheet::{Cell, FIELDS_MAX};

/// The columns that every file has.
const COLUMNS: [&str; 8] = ["number", "name", "unit", "description", "gtin", "mpn", "brand", "category"];

pub(super) async fn write(tx: &Tx, export: &Export, sink: &mut Sink) -> Result<(), Error> {
    let columns = columns(tx, export).await?;
    let all = COLUMNS.iter().map(|column| (*column).to_owned()).chain(columns.iter().cloned());
    sink.row(all.map(Cell::text).collect()).await?;
    let categories = category::all_of(tx, export.organization).await?;
    let codes: HashMap<_, _> = categories.into_iter().map(|one| (one.id, one.code.to_string())).collect();
    let mut next = first();
    while let Some(request) = next {
        let page = page(tx, export, &request).await?;
        for product in &page.items {
            sink.row(cells(product, &codes, &columns)?).await?;
        }
        next = after(&page);
    }
    Ok(())
}

fn first() -> Option<PageRequest> {
    Some(PageRequest::first(PAGE_ROWS))
}

fn after(page: &Page<Product>) -> Option<PageRequest> {
    let last = page.items.last().filter(|_| page.has_next)?;
    Some(PageRequest { after: Some(product::cursor(last)), ..PageRequest::first(PAGE_ROWS) })
}

async fn page(tx: &Tx, export: &Export, request: &PageRequest) -> Result<Page<Product>, Error> {
    let filter = product::Filter {
        owner: Some(export.organization),
        category: export.filter.category,
        ..product::Filter::default()
    };
    Ok(product::list(tx, &filter, request).await?)
}

/// The columns of attributes, in the order in which they are met.
async fn columns(tx: &Tx, export: &Export) -> Result<Vec<String>, Error> {
    let (mut columns, mut known) = (Vec::new(), HashSet::new());
    let mut next = first();
    while let Some(request) = next {
        let page = page(tx, export, &request).await?;
        for attribute in page.items.iter().flat_map(|product| product.details.attributes.iter()) {
            let column = column(attribute);
            if known.insert(column.clone()) {
                columns.push(column);
            }
        }
        let max = FIELDS_MAX - COLUMNS.len();
        if columns.len() > max {
            return Err(Problem::new(Code::TooMany).with("max", max).at("attributes").into());
        }
        next = after(&page);
    }
    Ok(columns)
}

fn column(attribute: &Attribute) -> String {
    AttributeColumn::of(attribute.name.as_str(), attribute.unit)
}

fn cells(
    product: &Product,
    codes: &HashMap<CategoryId, String>,
    columns: &[String],
) -> Result<Vec<Cell<'static>>, Error> {
    let details = &product.details;
    let maybe = |text: Option<String>| text.map_or(Cell::Empty, Cell::text);
    let mut cells = vec![
        Cell::text(details.number.to_string()),
        Cell::text(details.name.to_string()),
        Cell::text(details.unit.code()),
        maybe(details.description.as_ref().map(ToString::to_string)),
        maybe(details.gtin.as_ref().map(ToString::to_string)),
        maybe(details.mpn.as_ref().map(ToString::to_string)),
        maybe(details.brand.as_ref().map(ToString::to_string)),
        maybe(details.category.and_then(|id| codes.get(&id)).cloned()),
    ];
    let mut said: HashMap<String, String> =
        details.attributes.iter().map(|attribute| (column(attribute), attribute.value.to_string())).collect();
    cells.extend(columns.iter().map(|column| maybe(said.remove(column))));
    // Written since the columns were gathered: the whole is begun again.
    if said.is_empty() { Ok(cells) } else { Err(Error::Conflict("the catalog changed while it was written down")) }
}
