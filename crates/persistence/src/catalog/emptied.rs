//! What is shown no longer because the products that showed it are now for others.

use tradehall_domain::organization::OrganizationId;

use crate::{StoreError, Tx};

/// Ends showing the categories of products of `owner` that were just sorted, and what is above these, to groups that no product in or
/// below them is shown to any more. Categories in which nothing was sorted are not looked at.
const CATEGORIES: &str = "WITH RECURSIVE touched(id, parent_id) AS (\
    SELECT DISTINCT c.id, c.parent_id FROM product p JOIN category c ON c.id = p.category_id \
    WHERE p.owner_id = $1 AND p.sorted_at = $2 AND p.status = 'PUBLISHED' UNION \
    SELECT c.id, c.parent_id FROM category c JOIN touched t ON c.id = t.parent_id), \
    within(top, id) AS (SELECT id, id FROM touched UNION \
    SELECT w.top, c.id FROM category c JOIN within w ON c.parent_id = w.id) \
    DELETE FROM category_showing WHERE owner_id = $1 AND category_id IN (SELECT id FROM touched) AND NOT EXISTS (\
    SELECT 1 FROM within w WHERE w.top = category_showing.category_id AND (\
    SELECT true FROM product p WHERE p.category_id = w.id AND p.viewers_id = category_showing.group_id \
    AND p.status = 'PUBLISHED' LIMIT 1))";

/// The same for the types of these products. A subquery with a limit is asked row by row and stops at the first product.
const TYPES: &str = "DELETE FROM product_type_showing WHERE owner_id = $1 AND product_type_id IN (\
    SELECT type_id FROM product WHERE owner_id = $1 AND sorted_at = $2 AND status = 'PUBLISHED' AND type_id IS NOT NULL) \
    AND (SELECT true FROM product p WHERE p.type_id = product_type_showing.product_type_id \
    AND p.viewers_id = product_type_showing.group_id AND p.status = 'PUBLISHED' LIMIT 1) IS NULL";

/// Hides the categories of products that were just sorted from those who see nothing in or below them any more.
///
/// # Errors
/// When the database is away.
pub async fn hide_categories(tx: &mut Tx, owner: OrganizationId) -> Result<(), StoreError> {
    tx.run(CATEGORIES, [owner.uuid().into(), tx.now().as_microsecond().into()]).await.map(drop)
}

/// Hides the types of products that were just sorted from those who see no product of them any more.
///
/// # Errors
/// When the database is away.
pub async fn hide_types(tx: &mut Tx, owner: OrganizationId) -> Result<(), StoreError> {
    tx.run(TYPES, [owner.uuid().into(), tx.now().as_microsecond().into()]).await.map(drop)
}
