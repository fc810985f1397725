//! How products stand to each other, as it is stored.

use sea_orm::{QueryFilter, QueryOrder};
use tradehall_domain::catalog::{Product, ProductEvent, ProductId, Relation, RelationId, RelationKind};
use tradehall_domain::quantity::Quantity;

use super::entity::relation::{Column, Entity, Model};
use super::product;
use crate::column::{Col, Name};
use crate::{StoreError, Tx};

/// What stands to these products in whatever way, as far as the actor sees both, in their owner's order.
///
/// # Errors
/// When the database is away.
pub async fn of_products(tx: &Tx, products: &[ProductId]) -> Result<Vec<Relation>, StoreError> {
    let select = tx.find::<Entity>().filter(tx.among(Column::ProductId, products));
    let select = select.order_by_asc(Column::Kind).order_by_asc(Column::Place);
    tx.all(select).await?.into_iter().map(Relation::try_from).collect()
}

/// Whether following `kind` from one of `others` leads to `product`.
///
/// # Errors
/// When the database is away.
pub async fn leads_back(
    tx: &Tx,
    product: &Product,
    kind: RelationKind,
    others: &[ProductId],
) -> Result<bool, StoreError> {
    let among = tx.engine().among_ids("id", 4);
    let sql = format!(
        "WITH RECURSIVE reached(id) AS (SELECT id FROM product WHERE owner_id = $1 AND {among} UNION \
         SELECT r.other_id FROM product_relation r JOIN reached s ON r.product_id = s.id WHERE r.owner_id = $1 AND r.kind = $2) \
         SELECT 1 FROM reached WHERE id = $3"
    );
    let kind = kind.to_string();
    let values = [product.owner.uuid().into(), kind.into(), product.id.uuid().into(), tx.list(others).into()];
    Ok(!tx.query(&sql, values).await?.is_empty())
}

/// Makes `relations` those of one kind of a locked product.
///
/// # Errors
/// When the database is away.
pub async fn replace(
    tx: &mut Tx,
    product: &Product,
    kind: RelationKind,
    relations: &[Relation],
) -> Result<(), StoreError> {
    let old = of_products(tx, &[product.id]).await?;
    let gone: Vec<RelationId> = old.iter().filter(|old| old.kind == kind).map(|old| old.id).collect();
    if !gone.is_empty() {
        tx.delete::<Entity, _>(Column::Id, &gone).await?;
    }
    tx.insert_all(&relations.iter().map(Model::from).collect::<Vec<_>>())?;
    product::note(tx, product, ProductEvent::Related { kind })
}

impl From<&Relation> for Model {
    fn from(relation: &Relation) -> Self {
        Self {
            id: Col(relation.id),
            owner_id: Col(relation.owner),
            product_id: Col(relation.product),
            kind: Name(relation.kind),
            other_id: Col(relation.other),
            quantity: relation.quantity.map(Quantity::units),
            from_day: relation.from.map(Col),
            place: relation.place,
        }
    }
}

impl TryFrom<Model> for Relation {
    type Error = StoreError;

    fn try_from(model: Model) -> Result<Self, StoreError> {
        Ok(Self {
            id: model.id.0,
            owner: model.owner_id.0,
            product: model.product_id.0,
            kind: model.kind.0,
            other: model.other_id.0,
            quantity: model.quantity.map(Quantity::from_units).transpose()?,
            from: model.from_day.map(|day| day.0),
            place: model.place,
        })
    }
}
