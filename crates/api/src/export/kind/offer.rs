//! Offers, as imports of offers read them; products are named by their ids, because not all of them are the seller's own.

use tradehall_domain::catalog::{Offer, OfferStatus};
use tradehall_domain::export::Export;
use tradehall_domain::named::Named as _;
use tradehall_persistence::catalog::offer;
use tradehall_persistence::{PageRequest, Tx};

use super::PAGE_ROWS;
use crate::app::Error;
use crate::export::writing::Sink;
use crate::graphql::id::global;
use crate::spreadsheet::Cell;

const COLUMNS: [&str; 11] = [
    "product_id",
    "price",
    "currency",
    "lead_time_days",
    "unit",
    "min_quantity",
    "max_quantity",
    "multiple",
    "valid_from",
    "valid_until",
    "access",
];

pub(super) async fn write(tx: &Tx, export: &Export, sink: &mut Sink) -> Result<(), Error> {
    sink.row(COLUMNS.map(Cell::text).to_vec()).await?;
    let filter = offer::Filter { seller: Some(export.organization), ..offer::Filter::default() };
    let mut next = Some(PageRequest::first(PAGE_ROWS));
    while let Some(request) = next {
        let page = offer::list(tx, &filter, &request).await?;
        for offer in page.items.iter().filter(|offer| offer.status != OfferStatus::Ended) {
            sink.row(cells(offer)).await?;
        }
        let last = page.items.last().filter(|_| page.has_next);
        next = last.map(|last| PageRequest { after: Some(offer::cursor(last)), ..PageRequest::first(PAGE_ROWS) });
    }
    Ok(())
}

fn cells(offer: &Offer) -> Vec<Cell<'static>> {
    let terms = &offer.terms;
    vec![
        Cell::text(global(offer.product).0),
        Cell::number(terms.price.amount()),
        Cell::text(terms.price.currency().code()),
        Cell::number(terms.lead_time_days),
        Cell::text(terms.unit.code()),
        Cell::number(terms.min_quantity),
        terms.max_quantity.map_or(Cell::Empty, Cell::number),
        Cell::number(terms.multiple),
        Cell::text(terms.valid_from.to_string()),
        terms.valid_until.map_or(Cell::Empty, |until| Cell::text(until.to_string())),
        Cell::text(terms.access.name()),
    ]
}
