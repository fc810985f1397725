//! Who quotes without having been asked: only so many fit on one request.

use tradehall_domain::rfq::RfqId;

use crate::{Engine, StoreError, Tx};

/// Makes sellers that were not asked take turns on `rfq` from here on, and answers how many of them have ever submitted a quote on
/// it. Only the figure crosses tenants: no seller may see another's quote.
///
/// # Errors
/// When the database is away.
pub async fn take_turn_unasked(tx: &mut Tx, rfq: RfqId) -> Result<usize, StoreError> {
    let sql = match tx.engine() {
        // The function stands in the migration; it also waits for the turn.
        Engine::Postgres => "SELECT take_turn_unasked($1)",
        Engine::Sqlite => {
            "SELECT count(*) FROM quote q WHERE q.rfq_id = $1 AND q.submitted_at IS NOT NULL AND NOT EXISTS \
             (SELECT 1 FROM rfq_invitation i WHERE i.rfq_id = q.rfq_id AND i.seller_id = q.seller_id AND i.origin = 'BUYER')"
        }
    };
    let rows = tx.query(sql, [rfq.uuid().into()]).await?;
    let counted = rows.first().map(|row| row.try_get_by_index::<i64>(0)).transpose()?.unwrap_or_default();
    Ok(usize::try_from(counted).unwrap_or(usize::MAX))
}
