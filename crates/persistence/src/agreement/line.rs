//! The lines that bind, as they are stored.

use sea_orm::{ColumnTrait, QueryFilter, QueryOrder};
use tradehall_domain::agreement::{Agreement, AgreementEvent, AgreementId, AgreementLine, AgreementLineId};

use super::entity::agreement_line::{Column, Entity};
use super::model::line_row;
use super::record;
use crate::column::Col;
use crate::{StoreError, Tx};

/// The unique index that a second binding of the same agreement runs into.
pub const LINE_INDEX: &str = "agreement_line_agreement_id_position_key";

/// All lines of these agreements that the actor may see, each agreement's in their order.
///
/// # Errors
/// When the database is away.
pub async fn lines_of(tx: &Tx, agreements: &[AgreementId]) -> Result<Vec<AgreementLine>, StoreError> {
    let select = tx
        .find::<Entity>()
        .filter(tx.among(Column::AgreementId, agreements))
        .order_by_asc(Column::AgreementId)
        .order_by_asc(Column::Position);
    tx.all(select).await?.into_iter().map(AgreementLine::try_from).collect()
}

/// The lines of these ids that the actor may see, in no order.
///
/// # Errors
/// When the database is away.
pub async fn load_lines(tx: &Tx, ids: &[AgreementLineId]) -> Result<Vec<AgreementLine>, StoreError> {
    let select = tx.find::<Entity>().filter(tx.among(Column::Id, ids));
    tx.all(select).await?.into_iter().map(AgreementLine::try_from).collect()
}

/// Those of `ids` that are lines of `agreement`, locked in the order of their ids.
///
/// # Errors
/// When the database is away.
pub async fn lock_lines(
    tx: &mut Tx,
    agreement: AgreementId,
    ids: &[AgreementLineId],
) -> Result<Vec<AgreementLine>, StoreError> {
    let among = tx.among(Column::Id, ids);
    let select = tx
        .find_for_update::<Entity>()
        .filter(Column::AgreementId.eq(Col(agreement)))
        .filter(among)
        .order_by_asc(Column::Id);
    tx.all(select).await?.into_iter().map(AgreementLine::try_from).collect()
}

/// Adds the lines of an agreement that was just concluded.
///
/// # Errors
/// When a row cannot be made.
pub fn insert_lines(tx: &mut Tx, agreement: &Agreement, lines: &[AgreementLine]) -> Result<(), StoreError> {
    let rows = lines.iter().map(|line| line_row(agreement, line)).collect::<Result<Vec<_>, _>>()?;
    tx.insert_all(&rows)
}

/// Keeps lines that were counted anew, with what happened to their agreement.
///
/// # Errors
/// [`StoreError::Stale`], by the commit, when one changed meanwhile.
pub fn save_lines(
    tx: &mut Tx,
    agreement: &Agreement,
    lines: &mut [AgreementLine],
    event: &AgreementEvent,
) -> Result<(), StoreError> {
    lines.iter_mut().for_each(|line| line.version += 1);
    let rows = lines.iter().map(|line| line_row(agreement, line)).collect::<Result<Vec<_>, _>>()?;
    tx.save_all(&rows)?;
    record(tx, agreement, event)
}
