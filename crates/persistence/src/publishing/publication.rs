//! How a version goes live: a few statements over all of its rows, whatever their number.

use tradehall_domain::publishing::CatalogVersion;

use crate::{StoreError, Tx};

/// Describes products otherwise. A product that was changed meanwhile is left alone, which the count tells.
const REVISE: &str = "UPDATE product SET category_id = c.category_id, number = c.number, name = c.name, \
    description = c.description, gtin = c.gtin, mpn = c.mpn, brand = c.brand, unit = c.unit, attributes = c.attributes, \
    type_id = c.type_id, parent_id = c.parent_id, axes = c.axes, \
    version = product.version + 1 \
    FROM catalog_change c WHERE c.catalog_version_id = $1 AND c.kind = 'REVISE' AND product.id = c.product_id \
    AND product.owner_id = c.owner_id AND product.version = c.made_against";

/// Shows products, and shows products no longer.
const STEP: &str = "UPDATE product SET status = CASE c.kind WHEN 'PUBLISH' THEN 'PUBLISHED' ELSE 'WITHDRAWN' END, \
    since = $2, version = product.version + 1 \
    FROM catalog_change c WHERE c.catalog_version_id = $1 AND c.kind IN ('PUBLISH', 'WITHDRAW') \
    AND product.id = c.product_id AND product.owner_id = c.owner_id AND product.version = c.made_against";

/// Adds products.
const ADD: &str = "INSERT INTO product (id, owner_id, category_id, number, name, description, gtin, mpn, brand, unit, \
    attributes, search_text, type_id, parent_id, axes, status, viewers_id, sorted_at, since, created_at, version) \
    SELECT c.product_id, c.owner_id, c.category_id, c.number, c.name, c.description, c.gtin, c.mpn, c.brand, c.unit, \
    c.attributes, '', c.type_id, c.parent_id, c.axes, 'PUBLISHED', c.owner_id, $2, $2, $2, 1 \
    FROM catalog_change c WHERE c.catalog_version_id = $1 AND c.kind = 'ADD'";

/// The categories of what is shown now, and what is above them, to the groups that the products are shown to.
const CATEGORIES: &str = "WITH RECURSIVE above(id, parent_id, group_id) AS (\
    SELECT DISTINCT k.id, k.parent_id, p.viewers_id FROM catalog_change c JOIN product p ON p.id = c.product_id \
    JOIN category k ON k.id = p.category_id \
    WHERE c.catalog_version_id = $1 AND p.status = 'PUBLISHED' AND k.owner_id = $2 UNION \
    SELECT k.id, k.parent_id, a.group_id FROM category k JOIN above a ON k.id = a.parent_id)";

/// The types of what is shown now, to the groups that the products are shown to.
const TYPES: &str = "SELECT DISTINCT p.type_id, p.viewers_id FROM catalog_change c JOIN product p ON p.id = c.product_id \
    WHERE c.catalog_version_id = $1 AND p.owner_id = $2 AND p.status = 'PUBLISHED' AND p.type_id IS NOT NULL";

/// Does all changes of a locked version to the products, in three statements. Answers how many changes were done: fewer than the version
/// has when a product was changed meanwhile, and then nothing may be kept.
///
/// # Errors
/// A conflict on an index of `product` when somebody was quicker with a number or a variant, or that the database is away.
pub async fn go_live(tx: &mut Tx, version: &CatalogVersion) -> Result<u64, StoreError> {
    let id = version.id.uuid();
    let now = tx.now().as_microsecond();
    let mut done = tx.run(REVISE, [id.into()]).await?;
    done += tx.run(STEP, [id.into(), now.into()]).await?;
    done += tx.run(ADD, [id.into(), now.into()]).await?;
    Ok(done)
}

/// Shows categories and types to whoever is shown the products of a version that went live, in four statements.
///
/// # Errors
/// When the database is away.
pub async fn show_shelves(tx: &mut Tx, version: &CatalogVersion) -> Result<(), StoreError> {
    let fresh = tx.engine().fresh_id();
    let values = || [version.id.uuid().into(), version.owner.uuid().into()];
    let categories = format!(
        "UPDATE category SET published = true, version = version + 1 WHERE NOT published AND id IN (\
         {CATEGORIES} SELECT id FROM above)"
    );
    tx.run(&categories, values()).await?;
    let showings = format!(
        "INSERT INTO category_showing (id, category_id, owner_id, group_id) {CATEGORIES} \
         SELECT {fresh}, id, $2, group_id FROM above WHERE true ON CONFLICT (category_id, group_id) DO NOTHING"
    );
    tx.run(&showings, values()).await?;
    let types = format!(
        "UPDATE product_type SET published = true, version = version + 1 WHERE NOT published AND id IN (\
         SELECT shown.type_id FROM ({TYPES}) AS shown)"
    );
    tx.run(&types, values()).await?;
    let showings = format!(
        "INSERT INTO product_type_showing (id, product_type_id, owner_id, group_id) \
         SELECT {fresh}, shown.type_id, $2, shown.viewers_id FROM ({TYPES}) AS shown WHERE true \
         ON CONFLICT (product_type_id, group_id) DO NOTHING"
    );
    tx.run(&showings, values()).await.map(drop)
}
