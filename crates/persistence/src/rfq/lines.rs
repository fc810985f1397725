//! The lines of requests.

use sea_orm::{ColumnTrait, Order, QueryFilter, QueryOrder};
use tradehall_domain::rfq::{Rfq, RfqId, RfqLine, RfqLineId};

use super::entity::rfq_line;
use crate::column::Col;
use crate::{StoreError, Tx};

/// The lines of one request, in its order.
///
/// # Errors
/// When the database is away.
pub async fn lines_of(tx: &Tx, rfq: RfqId) -> Result<Vec<RfqLine>, StoreError> {
    let select = tx
        .find::<rfq_line::Entity>()
        .filter(rfq_line::Column::RfqId.eq(Col(rfq)))
        .order_by(rfq_line::Column::Position, Order::Asc);
    tx.all(select).await?.into_iter().map(RfqLine::try_from).collect()
}

/// The lines of several requests, each in its own order.
///
/// # Errors
/// When the database is away.
pub async fn lines_of_many(tx: &Tx, rfqs: &[RfqId]) -> Result<Vec<RfqLine>, StoreError> {
    let select = tx
        .find::<rfq_line::Entity>()
        .filter(tx.among(rfq_line::Column::RfqId, rfqs))
        .order_by(rfq_line::Column::Position, Order::Asc);
    tx.all(select).await?.into_iter().map(RfqLine::try_from).collect()
}

/// The lines of these ids that the actor may see, in no order.
///
/// # Errors
/// When the database is away.
pub async fn load_lines(tx: &Tx, ids: &[RfqLineId]) -> Result<Vec<RfqLine>, StoreError> {
    let select = tx.find::<rfq_line::Entity>().filter(tx.among(rfq_line::Column::Id, ids));
    tx.all(select).await?.into_iter().map(RfqLine::try_from).collect()
}

/// Puts `lines` in the place of a draft's present ones.
///
/// # Errors
/// When the database is away.
pub async fn replace_lines(tx: &mut Tx, rfq: &Rfq, lines: &[RfqLine]) -> Result<(), StoreError> {
    tx.run("DELETE FROM rfq_line WHERE rfq_id = $1", [rfq.id.uuid().into()]).await?;
    insert(tx, rfq, lines)
}

pub(super) fn insert(tx: &mut Tx, rfq: &Rfq, lines: &[RfqLine]) -> Result<(), StoreError> {
    let rows: Vec<_> = lines.iter().map(|line| rfq_line::Model::of(line, rfq.currency.code())).collect();
    tx.insert_all(&rows)
}
