//! What each side put on the table, as it is stored.

use sea_orm::{ColumnTrait, QueryFilter, QueryOrder};
use tradehall_domain::agreement::{Agreement, AgreementId, AgreementVersion};

use super::entity::agreement_version::{Column, Entity, Model};
use crate::column::Col;
use crate::{StoreError, Tx};

/// The unique index that a second offer in the same round runs into.
pub const VERSION_INDEX: &str = "agreement_version_agreement_id_number_key";

/// The version of `agreement` that is on the table or binds.
///
/// # Errors
/// [`StoreError::NotFound`] also where the actor may not read it.
pub async fn current_version(tx: &Tx, agreement: &Agreement) -> Result<AgreementVersion, StoreError> {
    let select = tx
        .find::<Entity>()
        .filter(Column::AgreementId.eq(Col(agreement.id)))
        .filter(Column::Number.eq(agreement.current));
    tx.one(select).await?.try_into()
}

/// All versions of these agreements that the actor may read, each agreement's in their order.
///
/// # Errors
/// When the database is away.
pub async fn versions_of(tx: &Tx, agreements: &[AgreementId]) -> Result<Vec<AgreementVersion>, StoreError> {
    let select = tx
        .find::<Entity>()
        .filter(tx.among(Column::AgreementId, agreements))
        .order_by_asc(Column::AgreementId)
        .order_by_asc(Column::Number);
    tx.all(select).await?.into_iter().map(AgreementVersion::try_from).collect()
}

/// Adds a version.
///
/// # Errors
/// When its row cannot be made; a conflict on [`VERSION_INDEX`], by the commit.
pub fn insert_version(tx: &mut Tx, version: &AgreementVersion) -> Result<(), StoreError> {
    tx.insert(Model::try_from(version)?)
}

/// Keeps a draft that was rewritten or offered.
///
/// # Errors
/// [`StoreError::Stale`], by the commit, when it changed meanwhile.
pub fn save_version(tx: &mut Tx, version: &mut AgreementVersion) -> Result<(), StoreError> {
    version.version += 1;
    tx.save(Model::try_from(&*version)?)
}
