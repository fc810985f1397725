//! Awards, as they are stored.

use sea_orm::{Order, QueryFilter, QueryOrder};
use tradehall_domain::rfq::{Award, RfqId};

use super::entity::award;
use crate::{StoreError, Tx};

/// The awards of these requests that the actor may see: all for the buyer, else one's own.
///
/// # Errors
/// When the database is away.
pub async fn of(tx: &Tx, rfqs: &[RfqId]) -> Result<Vec<Award>, StoreError> {
    let select =
        tx.find::<award::Entity>().filter(tx.among(award::Column::RfqId, rfqs)).order_by(award::Column::Id, Order::Asc);
    tx.all(select).await?.into_iter().map(Award::try_from).collect()
}

/// Adds awards. They stand for good.
///
/// # Errors
/// When their rows cannot be made.
pub fn insert(tx: &mut Tx, awards: &[Award]) -> Result<(), StoreError> {
    let rows: Vec<_> = awards.iter().map(award::Model::from).collect();
    tx.insert_all(&rows)
}
