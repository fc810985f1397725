//! Customers of the organization's shop, as imports of customers read them.

use std::collections::HashMap;

use tradehall_domain::customer::{Customer, Segment};
use tradehall_domain::export::Export;
use tradehall_domain::named::Named as _;
use tradehall_domain::venue::Participation;
use tradehall_persistence::customer::{noted, segment};
use tradehall_persistence::venue::{self, CustomerFilter};
use tradehall_persistence::{PageRequest, Tx, organization};

use super::PAGE_ROWS;
use crate::app::Error;
use crate::export::writing::Sink;
use crate::graphql::id::global;
use crate::import::SEGMENT_SEPARATOR;
use crate::spreadsheet::Cell;

const COLUMNS: [&str; 7] = ["organization_id", "organization", "status", "number", "note", "reach", "segments"];

pub(super) async fn write(tx: &Tx, export: &Export, sink: &mut Sink) -> Result<(), Error> {
    sink.row(COLUMNS.map(Cell::text).to_vec()).await?;
    let seller = export.organization;
    let filter = CustomerFilter { seller, status: None, group: None };
    let mut next = Some(PageRequest::first(PAGE_ROWS));
    while let Some(request) = next {
        let page = venue::customers(tx, &filter, &request).await?;
        let buyers: Vec<_> = page.items.iter().map(|part| part.organization).collect();
        let ids: Vec<_> = page.items.iter().map(|part| Customer::id_of(part.id)).collect();
        let organizations = organization::load_many(tx, &buyers).await?;
        let names: HashMap<_, _> = organizations.into_iter().map(|one| (one.id, one.name.to_string())).collect();
        let noted = noted(tx, &ids).await?;
        let segments = segment::of_buyers(tx, seller, &buyers).await?;
        for part in &page.items {
            let name = names.get(&part.organization).cloned().unwrap_or_default();
            let customer = noted.get(&Customer::id_of(part.id)).cloned().unwrap_or_else(|| Customer::of(part));
            let segments = segments.get(&part.organization).map_or(&[][..], Vec::as_slice);
            sink.row(cells(part, name, &customer, segments)).await?;
        }
        let last = page.items.last().filter(|_| page.has_next);
        next = last.map(|last| PageRequest {
            after: Some(venue::participation_cursor(last)),
            ..PageRequest::first(PAGE_ROWS)
        });
    }
    Ok(())
}

fn cells(part: &Participation, name: String, customer: &Customer, segments: &[Segment]) -> Vec<Cell<'static>> {
    let maybe = |text: Option<String>| text.map_or(Cell::Empty, Cell::text);
    let codes: Vec<_> = segments.iter().map(|segment| segment.code.to_string()).collect();
    vec![
        Cell::text(global(part.organization).0),
        Cell::text(name),
        Cell::text(part.status.name()),
        maybe(customer.number.as_ref().map(ToString::to_string)),
        maybe(customer.note.as_ref().map(ToString::to_string)),
        Cell::text(customer.reach.name()),
        Cell::text(codes.join(SEGMENT_SEPARATOR)),
    ]
}
