//! The refused rows of an import: a line for each reason.

use tradehall_domain::export::Export;
use tradehall_domain::import::Refusal;
use tradehall_domain::named::Named as _;
use tradehall_domain::problem::Problem;
use tradehall_persistence::{PageRequest, Tx, import};

use super::PAGE_ROWS;
use crate::app::Error;
use crate::export::writing::Sink;
use crate::spreadsheet::Cell;

pub(super) async fn write(tx: &Tx, export: &Export, sink: &mut Sink) -> Result<(), Error> {
    sink.row(["file", "line", "column", "code", "message", "text"].map(Cell::text).to_vec()).await?;
    let run = export.filter.import.ok_or(Error::NotFound)?;
    let mut next = Some(PageRequest::first(PAGE_ROWS));
    while let Some(request) = next {
        let page = import::refusals(tx, &[run], &request).await?.remove(&run).unwrap_or_default();
        for refusal in &page.items {
            for problem in refusal.problems.iter() {
                sink.row(cells(export, refusal, problem)).await?;
            }
        }
        let last = page.items.last().filter(|_| page.has_next);
        next =
            last.map(|last| PageRequest { after: Some(import::refusal_cursor(last)), ..PageRequest::first(PAGE_ROWS) });
    }
    Ok(())
}

fn cells(export: &Export, refusal: &Refusal, problem: &Problem) -> Vec<Cell<'static>> {
    let column = problem.path.first();
    let cell = refusal.cells.iter().find(|cell| Some(&cell.column) == column);
    let maybe = |text: Option<&String>| text.cloned().map_or(Cell::Empty, Cell::text);
    vec![
        Cell::text(refusal.file.clone()),
        Cell::number(refusal.line),
        maybe(column),
        Cell::text(problem.code.name()),
        Cell::text(problem.message(export.language)),
        maybe(cell.map(|cell| &cell.text)),
    ]
}
