//! Numbers under which others know products, as they are stored.

use sea_orm::{ColumnTrait, QueryFilter, QueryOrder};
use tradehall_domain::catalog::{PartNumber, PartNumberId, PartNumberKind, ProductId};
use tradehall_domain::text::ShortText;

use super::entity::part_number::{Column, Entity, Model};
use crate::column::{Col, Name};
use crate::{StoreError, Tx};

/// The unique index that recording a number twice runs into.
pub const NUMBER_INDEX: &str = "part_number_product_id_kind_holder_id_key_key";

/// The numbers of these products that the actor may see: those that everyone sees with the product, and the private ones of its own
/// customers or of itself. In the order in which they were recorded.
///
/// # Errors
/// When the database is away.
pub async fn part_numbers_of(tx: &Tx, products: &[ProductId]) -> Result<Vec<PartNumber>, StoreError> {
    let select = tx.find::<Entity>().filter(tx.among(Column::ProductId, products)).order_by_asc(Column::Id);
    tx.all(select).await?.into_iter().map(PartNumber::try_from).collect()
}

/// The numbers that the actor may see and that are looked up by one of `keys`, in the order in which they were recorded.
///
/// # Errors
/// When the database is away.
pub async fn by_keys(tx: &Tx, keys: &[&str]) -> Result<Vec<PartNumber>, StoreError> {
    let select = tx.find::<Entity>().filter(tx.among_texts(Column::Key, keys)?).order_by_asc(Column::Id);
    tx.all(select).await?.into_iter().map(PartNumber::try_from).collect()
}

/// The numbers of these ids that the actor may see, in no order.
///
/// # Errors
/// When the database is away.
pub async fn load_many(tx: &Tx, ids: &[PartNumberId]) -> Result<Vec<PartNumber>, StoreError> {
    let found = tx.all(tx.find::<Entity>().filter(tx.among(Column::Id, ids))).await?;
    found.into_iter().map(PartNumber::try_from).collect()
}

/// The numbers of one predecessor that these products have taken over, in no order.
///
/// # Errors
/// When the database is away.
pub async fn taken_over(tx: &Tx, products: &[ProductId], number: &ShortText) -> Result<Vec<PartNumberId>, StoreError> {
    let select = tx
        .find::<Entity>()
        .filter(tx.among(Column::ProductId, products))
        .filter(Column::Kind.eq(Name(PartNumberKind::Predecessor)))
        .filter(Column::Number.eq(number.as_str()));
    Ok(tx.all(select).await?.into_iter().map(|model| model.id.0).collect())
}

/// Adds numbers.
///
/// # Errors
/// A conflict on [`NUMBER_INDEX`], by the commit.
pub fn insert_all(tx: &mut Tx, numbers: &[PartNumber]) -> Result<(), StoreError> {
    tx.insert_all(&numbers.iter().map(Model::from).collect::<Vec<_>>())
}

/// Takes numbers away.
///
/// # Errors
/// When the database is away.
pub async fn delete(tx: &mut Tx, ids: &[PartNumberId]) -> Result<u64, StoreError> {
    tx.delete::<Entity, _>(Column::Id, ids).await
}

impl From<&PartNumber> for Model {
    fn from(number: &PartNumber) -> Self {
        Self {
            id: Col(number.id),
            owner_id: Col(number.owner),
            product_id: Col(number.product),
            kind: Name(number.kind),
            holder_id: Col(number.holder),
            issuer: number.issuer.as_ref().map(ToString::to_string),
            number: number.number.to_string(),
            key: number.key(),
        }
    }
}

impl TryFrom<Model> for PartNumber {
    type Error = StoreError;

    fn try_from(model: Model) -> Result<Self, StoreError> {
        Ok(Self {
            id: model.id.0,
            owner: model.owner_id.0,
            product: model.product_id.0,
            kind: model.kind.0,
            holder: model.holder_id.0,
            issuer: model.issuer.as_deref().map(ShortText::parse).transpose()?,
            number: ShortText::parse(&model.number)?,
        })
    }
}
