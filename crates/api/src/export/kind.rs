//! The kinds of exports: the columns of each and where its rows come from. One module per kind.

mod category;
mod customer;
mod import_report;
mod offer;
mod price;
mod product;
mod stock;

use tradehall_domain::export::{Export, ExportKind};
use tradehall_persistence::Tx;

use super::writing::Sink;
use crate::app::Error;

/// How many rows are read at once.
const PAGE_ROWS: u64 = 1_000;

/// Writes everything that `export` means; answers how many rows there are.
///
/// # Errors
/// That the database is away, or why the file cannot be.
pub async fn write(tx: &Tx, export: &Export, sink: &mut Sink) -> Result<(), Error> {
    match export.kind {
        ExportKind::Categories => category::write(tx, export, sink).await,
        ExportKind::Products => product::write(tx, export, sink).await,
        ExportKind::Offers => offer::write(tx, export, sink).await,
        ExportKind::ImportReport => import_report::write(tx, export, sink).await,
        ExportKind::Stock => stock::write(tx, export, sink).await,
        ExportKind::Prices => price::write(tx, export, sink).await,
        ExportKind::Customers => customer::write(tx, export, sink).await,
    }
}
