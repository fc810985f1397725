//! What counts products in their units.

use std::collections::HashMap;

use tradehall_domain::catalog::{Counted, ProductId};
use tradehall_domain::id::Id;

use crate::{StoreError, Tx};

/// What counts each of the actor's own products in its unit; nothing for those that nothing does.
///
/// # Errors
/// When the database is away.
pub async fn of_products(tx: &Tx, products: &[ProductId]) -> Result<HashMap<ProductId, Counted>, StoreError> {
    if products.is_empty() {
        return Ok(HashMap::new());
    }
    let among = |column| tx.engine().among_ids(column, 1);
    let sql = format!(
        "SELECT product_id, true FROM product_packaging WHERE {} \
         UNION SELECT product_id, false FROM product_relation WHERE kind = 'COMPONENT' AND {} \
         UNION SELECT other_id, false FROM product_relation WHERE kind = 'COMPONENT' AND {}",
        among("product_id"),
        among("product_id"),
        among("other_id"),
    );
    let mut found: HashMap<_, Counted> = HashMap::new();
    for row in tx.query(&sql, [tx.list(products).into()]).await? {
        let counted = found.entry(Id::from_uuid(row.try_get_by_index(0)?)).or_default();
        let packed: bool = row.try_get_by_index(1)?;
        *if packed { &mut counted.packed } else { &mut counted.in_kit } = true;
    }
    Ok(found)
}
