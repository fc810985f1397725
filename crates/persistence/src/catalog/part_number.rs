//! Numbers under which others know products, as they are stored.

use sea_orm::{ColumnTrait, QueryFilter, QueryOrder};
use tradehall_domain::catalog::{PartNumber, PartNumberEvent, PartNumberId, PartNumberKind, ProductId};
use tradehall_domain::event::{Subject, SubjectKind};
use tradehall_domain::text::ShortText;

use super::entity::part_number::{Column, Entity, Model};
use crate::column::{Col, Name};
use crate::{StoreError, Tx, event};

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
pub async fn taken_over(tx: &Tx, products: &[ProductId], number: &ShortText) -> Result<Vec<PartNumber>, StoreError> {
    let select = tx
        .find::<Entity>()
        .filter(tx.among(Column::ProductId, products))
        .filter(Column::Kind.eq(Name(PartNumberKind::Predecessor)))
        .filter(Column::Number.eq(number.as_str()));
    tx.all(select).await?.into_iter().map(PartNumber::try_from).collect()
}

/// Adds numbers.
///
/// # Errors
/// A conflict on [`NUMBER_INDEX`], by the commit.
pub fn insert_all(tx: &mut Tx, numbers: &[PartNumber]) -> Result<(), StoreError> {
    tx.insert_all(&numbers.iter().map(Model::from).collect::<Vec<_>>())?;
    record(tx, numbers, PartNumberEvent::recorded)
}

/// Takes numbers away.
///
/// # Errors
/// When the database is away.
pub async fn delete(tx: &mut Tx, numbers: &[PartNumber]) -> Result<(), StoreError> {
    let ids: Vec<PartNumberId> = numbers.iter().map(|number| number.id).collect();
    tx.delete::<Entity, _>(Column::Id, &ids).await?;
    record(tx, numbers, PartNumberEvent::dropped)
}

/// Notes what happened to numbers, each with its product: a search finds the product otherwise from then on.
fn record(tx: &mut Tx, numbers: &[PartNumber], event: fn(&PartNumber) -> PartNumberEvent) -> Result<(), StoreError> {
    let actor = tx.actor().organization;
    let events: Vec<_> = numbers
        .iter()
        .map(|number| {
            let subject = Subject { kind: SubjectKind::Product, id: number.product.uuid() };
            (number.audience(actor), subject, event(number))
        })
        .collect();
    event::record_all(tx, events.iter().map(|(audience, subject, event)| (*audience, *subject, event)))
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
