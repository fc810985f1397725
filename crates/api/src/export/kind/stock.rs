//! Stock, as imports of stock read it.

use tradehall_domain::export::Export;
use tradehall_persistence::{PageRequest, Tx, stock};

use super::{PAGE_ROWS, numbers};
use crate::app::Error;
use crate::export::writing::Sink;
use crate::spreadsheet::Cell;

pub(super) async fn write(tx: &Tx, _export: &Export, sink: &mut Sink) -> Result<(), Error> {
    let columns = ["number", "location", "quantity", "unit", "low_below", "as_of"];
    sink.row(columns.map(Cell::text).to_vec()).await?;
    let mut next = Some(PageRequest::first(PAGE_ROWS));
    while let Some(request) = next {
        let page = stock::list(tx, None, &request).await?;
        let numbers = numbers(tx, page.items.iter().map(|stock| stock.product)).await?;
        for stock in &page.items {
            let number = numbers.get(&stock.product).cloned().unwrap_or_default();
            sink.row(vec![
                Cell::text(number),
                Cell::text(stock.location.to_string()),
                stock.quantity.map_or_else(|| Cell::number(0), Cell::number),
                Cell::text(stock.unit.code()),
                stock.low_below.map_or(Cell::Empty, Cell::number),
                Cell::text(stock.as_of.to_string()),
            ])
            .await?;
        }
        let last = page.items.last().filter(|_| page.has_next);
        next = last.map(|last| PageRequest { after: Some(stock::cursor(last)), ..PageRequest::first(PAGE_ROWS) });
    }
    Ok(())
}
