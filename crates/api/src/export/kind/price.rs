//! Prices, as imports of prices read them: those that stand in lists that have not ended.

use std::collections::HashMap;

use tradehall_domain::catalog::ProductId;
use tradehall_domain::export::Export;
use tradehall_domain::pricing::{Price, PriceList, PriceStatus};
use tradehall_persistence::pricing::{self, Filter, PriceFilter};
use tradehall_persistence::{PageRequest, Tx};

use super::{PAGE_ROWS, numbers};
use crate::app::Error;
use crate::export::writing::Sink;
use crate::spreadsheet::Cell;

const COLUMNS: [&str; 9] = [
    "list_code",
    "product_number",
    "unit",
    "unit_price",
    "min_quantity",
    "order_minimum",
    "order_multiple",
    "valid_from",
    "valid_until",
];

pub(super) async fn write(tx: &Tx, _export: &Export, sink: &mut Sink) -> Result<(), Error> {
    sink.row(COLUMNS.map(Cell::text).to_vec()).await?;
    let mut next = Some(PageRequest::first(PAGE_ROWS));
    while let Some(request) = next {
        let page = pricing::list(tx, &Filter::default(), &request).await?;
        for list in page.items.iter().filter(|list| list.status != PriceStatus::Ended) {
            write_list(tx, list, sink).await?;
        }
        let last = page.items.last().filter(|_| page.has_next);
        next =
            last.map(|last| PageRequest { after: Some(pricing::list_cursor(last)), ..PageRequest::first(PAGE_ROWS) });
    }
    Ok(())
}

async fn write_list(tx: &Tx, list: &PriceList, sink: &mut Sink) -> Result<(), Error> {
    let mut next = Some(PageRequest::first(PAGE_ROWS));
    while let Some(request) = next {
        let mut pages = pricing::prices(tx, &[list.id], &PriceFilter::default(), &request).await?;
        let page = pages.remove(&list.id).unwrap_or_default();
        let numbers = numbers(tx, page.items.iter().map(|price| price.product)).await?;
        for price in &page.items {
            sink.row(cells(list, price, &numbers)).await?;
        }
        let last = page.items.last().filter(|_| page.has_next);
        next =
            last.map(|last| PageRequest { after: Some(pricing::price_cursor(last)), ..PageRequest::first(PAGE_ROWS) });
    }
    Ok(())
}

fn cells(list: &PriceList, price: &Price, numbers: &HashMap<ProductId, String>) -> Vec<Cell<'static>> {
    let terms = &price.terms;
    vec![
        Cell::text(list.code.to_string()),
        Cell::text(numbers.get(&price.product).cloned().unwrap_or_default()),
        Cell::text(terms.unit.code()),
        Cell::number(terms.price.amount()),
        terms.min_quantity.map_or(Cell::Empty, Cell::number),
        terms.order_minimum.map_or(Cell::Empty, Cell::number),
        terms.order_multiple.map_or(Cell::Empty, Cell::number),
        terms.valid.from.map_or(Cell::Empty, |from| Cell::text(from.to_string())),
        terms.valid.until.map_or(Cell::Empty, |until| Cell::text(until.to_string())),
    ]
}
