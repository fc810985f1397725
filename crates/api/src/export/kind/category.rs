//! Categories, as imports of categories read them.

use std::collections::HashMap;

use tradehall_domain::export::Export;
use tradehall_persistence::Tx;
use tradehall_persistence::catalog::category;

use crate::app::Error;
use crate::export::writing::Sink;
use crate::spreadsheet::Cell;

pub(super) async fn write(tx: &Tx, export: &Export, sink: &mut Sink) -> Result<(), Error> {
    sink.row(vec![Cell::text("code"), Cell::text("name"), Cell::text("parent")]).await?;
    let mut all = category::all_of(tx, export.organization).await?;
    all.sort_by_key(|category| category.id);
    let codes: HashMap<_, _> = all.iter().map(|category| (category.id, category.code.to_string())).collect();
    for category in &all {
        let parent = category.parent.and_then(|parent| codes.get(&parent)).cloned();
        let parent = parent.map_or(Cell::Empty, Cell::text);
        sink.row(vec![Cell::text(category.code.to_string()), Cell::text(category.name.to_string()), parent]).await?;
    }
    Ok(())
}
