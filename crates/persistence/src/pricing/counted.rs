//! What a product's prices are stated in.

use tradehall_domain::catalog::Product;
use tradehall_domain::unit::Unit;

use crate::{StoreError, Tx};

/// Units of what its owner states of a product at `$3` or later: prices of lists and agreements, offers, promotions for it by name.
const IN_FORCE: &str = "\
    SELECT p.unit, t.origin = 'CONTRACT_LINE' FROM price p JOIN price_term t ON t.source_id = p.source_id AND t.ended_at IS NULL \
    WHERE p.product_id = $1 AND p.seller_id = $2 AND p.ended_at IS NULL AND (p.valid_until IS NULL OR p.valid_until > $3) \
    AND t.active AND (t.valid_until IS NULL OR t.valid_until > $3) \
    UNION SELECT o.unit, false FROM offer_term o WHERE o.product_id = $1 AND o.seller_id = $2 AND o.ended_at IS NULL \
    AND o.active AND (o.valid_until IS NULL OR o.valid_until > $3) \
    UNION SELECT t.unit, false FROM promotion_target g JOIN promotion_term t ON t.promotion_id = g.promotion_id AND t.ended_at IS NULL \
    WHERE g.target_id = $1 AND g.seller_id = $2 AND t.unit IS NOT NULL AND t.active AND (t.valid_until IS NULL OR t.valid_until > $3)";

/// The units that prices of a product count, of its owner's lists, agreements, offers and promotions that are in force or will be; each
/// with whether an agreement binds it. What is drafted or paused does not count.
///
/// # Errors
/// When the database is away.
pub async fn units_in_force(tx: &Tx, product: &Product) -> Result<Vec<(Unit, bool)>, StoreError> {
    let values = [product.id.uuid().into(), product.owner.uuid().into(), tx.now().as_microsecond().into()];
    let rows = tx.query(IN_FORCE, values).await?;
    rows.iter()
        .map(|row| Ok((Unit::parse(&row.try_get_by_index::<String>(0)?)?, row.try_get_by_index::<bool>(1)?)))
        .collect()
}
