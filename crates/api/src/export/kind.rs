//! The kinds of exports: the columns of each and where its rows come from. One module per kind.

mod category;
mod customer;
mod import_report;
mod offer;
mod price;
mod product;
mod stock;

use std::collections::HashMap;

use tradehall_domain::catalog::ProductId;
use tradehall_domain::export::{Export, ExportKind};
use tradehall_persistence::Tx;
use tradehall_persistence::catalog::product as products;

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

/// The numbers of these products, each named any number of times.
async fn numbers(tx: &Tx, named: impl Iterator<Item = ProductId>) -> Result<HashMap<ProductId, String>, Error> {
    let mut ids: Vec<_> = named.collect();
    ids.sort_unstable();
    ids.dedup();
    let found = products::load_many(tx, &ids).await?.into_iter();
    Ok(found.map(|product| (product.id, product.details.number.to_string())).collect())
}
