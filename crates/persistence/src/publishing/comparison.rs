//! What differs between two published versions of one catalog.

use std::collections::HashMap;

use sea_orm::QueryResult;
use tradehall_domain::catalog::ProductId;
use tradehall_domain::id::Id;
use tradehall_domain::organization::OrganizationId;
use tradehall_domain::publishing::{CatalogChange, Snapshot};
use uuid::Uuid;

use super::change;
use crate::{Cursor, Page, PageRequest, StoreError, Tx};

/// A product that versions changed: as it was and as it became.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChangedProduct {
    /// Which product.
    pub product: ProductId,
    /// As it was; none before it was added.
    pub before: Option<Snapshot>,
    /// As it became.
    pub after: Option<Snapshot>,
}

/// Where a changed product stands in the list.
#[must_use]
pub const fn cursor(changed: &ChangedProduct) -> Cursor {
    Cursor::of(changed.product)
}

/// The products that the versions of `owner` after number `from`, up to number `to`, changed, in the order in which they were first
/// added, each as it was before the first of these changes and as it became by the last. Three statements, whatever the number of
/// versions.
///
/// # Errors
/// When the database is away.
pub async fn between(
    tx: &Tx,
    owner: OrganizationId,
    (from, to): (i64, i64),
    page: &PageRequest,
) -> Result<Page<ChangedProduct>, StoreError> {
    let order = if page.backward { "DESC" } else { "ASC" };
    let sql = format!(
        "SELECT DISTINCT c.product_id FROM catalog_version v JOIN catalog_change c ON c.catalog_version_id = v.id \
         WHERE v.owner_id = $1 AND v.sequence > $2 AND v.sequence <= $3 AND c.product_id > $4 AND c.product_id < $5 \
         ORDER BY c.product_id {order} LIMIT $6"
    );
    let after = page.after.as_ref().map_or(Uuid::nil(), |cursor| cursor.id);
    let before = page.before.as_ref().map_or(Uuid::max(), |cursor| cursor.id);
    let limit = i64::try_from(page.limit.saturating_add(1)).unwrap_or(i64::MAX);
    let values = [owner.uuid().into(), from.into(), to.into(), after.into(), before.into(), limit.into()];
    let id = |row: &QueryResult, index| Ok::<_, StoreError>(row.try_get_by_index::<Uuid>(index)?);
    let rows = tx.query(&sql, values).await?;
    let products =
        rows.iter().map(|row| Ok(Id::from_uuid(id(row, 0)?))).collect::<Result<Vec<ProductId>, StoreError>>()?;
    let products = Page::of(products, page);

    let among = tx.engine().among_ids("c.product_id", 4);
    let sql = format!(
        "SELECT c.id FROM catalog_version v JOIN catalog_change c ON c.catalog_version_id = v.id \
         WHERE v.owner_id = $1 AND v.sequence > $2 AND v.sequence <= $3 AND {among} ORDER BY v.sequence"
    );
    let values = [owner.uuid().into(), from.into(), to.into(), tx.list(&products.items).into()];
    let rows = tx.query(&sql, values).await?;
    let ids = rows.iter().map(|row| Ok(Id::from_uuid(id(row, 0)?))).collect::<Result<Vec<_>, StoreError>>()?;
    let mut changes: HashMap<_, _> =
        change::load_any(tx, &ids).await?.into_iter().map(|change| (change.id, change)).collect();
    let in_order: Vec<CatalogChange> = ids.iter().filter_map(|id| changes.remove(id)).collect();
    products.try_map(|product| Ok(summed(product, in_order.iter().filter(|change| change.product == product))))
}

/// The first state before and the last after `changes`, which are in their order.
fn summed<'a>(product: ProductId, changes: impl Iterator<Item = &'a CatalogChange> + Clone) -> ChangedProduct {
    let before = changes.clone().next().and_then(|change| change.before.clone());
    let after = changes.last().and_then(CatalogChange::after);
    ChangedProduct { product, before, after }
}
