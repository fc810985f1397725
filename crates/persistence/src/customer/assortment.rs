//! Assortments, what is listed in them and whom they are granted to, as they are stored.

use std::collections::HashMap;

use sea_orm::{ColumnTrait, QueryFilter};
use tradehall_domain::catalog::ProductId;
use tradehall_domain::customer::{Assortment, AssortmentEvent, AssortmentGrant, AssortmentId};
use tradehall_domain::event::{Audience, Subject, SubjectKind};
use tradehall_domain::id::Id;
use tradehall_domain::organization::OrganizationId;
use tradehall_domain::text::{Name as NameText, ShortText};

use super::entity::assortment::{Column, Entity, Model};
use super::entity::{grant, listed};
use crate::column::{Col, Name};
use crate::page::Sort;
use crate::{Cursor, Page, PageRequest, StoreError, Tx, event};

/// The unique index that a second assortment of the same code runs into.
pub const CODE_INDEX: &str = "assortment_seller_id_code_key";

/// The unique index that a second grant to the same grantee runs into.
pub const GRANT_INDEX: &str = "assortment_grant_assortment_id_grantee_id_key";

/// The unique index that a product listed twice runs into.
pub const LISTED_INDEX: &str = "assortment_product_assortment_id_product_id_key";

/// The assortment of that id.
///
/// # Errors
/// [`StoreError::NotFound`] also for another seller's.
pub async fn load(tx: &Tx, id: AssortmentId) -> Result<Assortment, StoreError> {
    tx.one(tx.find::<Entity>().filter(Column::Id.eq(Col(id)))).await?.try_into()
}

/// The assortments of these ids that the actor may see, in no order.
///
/// # Errors
/// When the database is away.
pub async fn load_many(tx: &Tx, ids: &[AssortmentId]) -> Result<Vec<Assortment>, StoreError> {
    let found = tx.all(tx.find::<Entity>().filter(tx.among(Column::Id, ids))).await?;
    found.into_iter().map(Assortment::try_from).collect()
}

/// All assortments of `seller`, which are at most [`ASSORTMENTS_MAX`](tradehall_domain::customer::ASSORTMENTS_MAX).
///
/// # Errors
/// When the database is away.
pub async fn all(tx: &Tx, seller: OrganizationId) -> Result<Vec<Assortment>, StoreError> {
    let select = tx.find::<Entity>().filter(Column::SellerId.eq(Col(seller)));
    tx.all(select).await?.into_iter().map(Assortment::try_from).collect()
}

/// The assortments of the actor's organization, oldest first.
///
/// # Errors
/// When the database is away.
pub async fn list(tx: &Tx, page: &PageRequest) -> Result<Page<Assortment>, StoreError> {
    let sort = Sort { key: None, id: Column::Id, descending: false };
    tx.page(tx.find::<Entity>(), page, &sort).await?.try_map(Assortment::try_from)
}

/// Where an assortment stands in a list.
#[must_use]
pub const fn cursor(assortment: &Assortment) -> Cursor {
    Cursor::of(assortment.id)
}

/// Adds an assortment.
///
/// # Errors
/// When its event cannot be written down; a conflict on [`CODE_INDEX`], by the commit.
pub fn insert(tx: &mut Tx, assortment: &Assortment, event: &AssortmentEvent) -> Result<(), StoreError> {
    tx.insert(Model::try_from(assortment)?)?;
    record(tx, assortment, event)
}

/// Keeps a changed assortment.
///
/// # Errors
/// [`StoreError::Stale`], by the commit, when it changed meanwhile; a conflict on [`CODE_INDEX`].
pub fn save(tx: &mut Tx, assortment: &mut Assortment, event: &AssortmentEvent) -> Result<(), StoreError> {
    assortment.version += 1;
    tx.save(Model::try_from(&*assortment)?)?;
    record(tx, assortment, event)
}

/// The grants of all assortments of `seller`.
///
/// # Errors
/// When the database is away.
pub async fn grants(tx: &Tx, seller: OrganizationId) -> Result<Vec<AssortmentGrant>, StoreError> {
    let rows = tx.all(tx.find::<grant::Entity>().filter(grant::Column::SellerId.eq(Col(seller)))).await?;
    Ok(rows.into_iter().map(AssortmentGrant::from).collect())
}

/// The grants of each of these assortments.
///
/// # Errors
/// When the database is away.
pub async fn grants_of(
    tx: &Tx,
    ids: &[AssortmentId],
) -> Result<HashMap<AssortmentId, Vec<AssortmentGrant>>, StoreError> {
    let rows = tx.all(tx.find::<grant::Entity>().filter(tx.among(grant::Column::AssortmentId, ids))).await?;
    let mut found: HashMap<_, Vec<_>> = HashMap::new();
    for row in rows {
        found.entry(row.assortment_id.0).or_default().push(AssortmentGrant::from(row));
    }
    Ok(found)
}

/// Grants an assortment; what it was granted to the same grantee until now ends.
///
/// # Errors
/// When the database is away.
pub async fn grant(
    tx: &mut Tx,
    assortment: &Assortment,
    grant: &AssortmentGrant,
    event: &AssortmentEvent,
) -> Result<(), StoreError> {
    take_back(tx, assortment, grant.grantee).await?;
    tx.insert(grant::Model {
        id: Col(grant.id),
        assortment_id: Col(grant.assortment),
        seller_id: Col(grant.seller),
        grantee_id: grant.grantee,
        effect: Name(grant.effect),
    })?;
    record(tx, assortment, event)
}

/// Takes a grant back.
///
/// # Errors
/// [`StoreError::NotFound`] when there is none.
pub async fn revoke(tx: &mut Tx, assortment: &Assortment, grantee: uuid::Uuid) -> Result<(), StoreError> {
    match take_back(tx, assortment, grantee).await? {
        0 => Err(StoreError::NotFound),
        _ => record(tx, assortment, &AssortmentEvent::Revoked),
    }
}

async fn take_back(tx: &mut Tx, assortment: &Assortment, grantee: uuid::Uuid) -> Result<u64, StoreError> {
    let sql = "DELETE FROM assortment_grant WHERE assortment_id = $1 AND grantee_id = $2 AND seller_id = $3";
    tx.run(sql, [assortment.id.uuid().into(), grantee.into(), assortment.seller.uuid().into()]).await
}

/// Which of `products` are listed in the assortment.
///
/// # Errors
/// When the database is away.
pub async fn listed(tx: &Tx, id: AssortmentId, products: &[ProductId]) -> Result<Vec<ProductId>, StoreError> {
    let select = tx
        .find::<listed::Entity>()
        .filter(listed::Column::AssortmentId.eq(Col(id)))
        .filter(tx.among(listed::Column::ProductId, products));
    Ok(tx.all(select).await?.into_iter().map(|row| row.product_id.0).collect())
}

/// Lists products in the assortment, and takes others off its list.
///
/// # Errors
/// When the database is away; a conflict on [`LISTED_INDEX`], by the commit.
pub async fn relist(
    tx: &mut Tx,
    assortment: &Assortment,
    add: &[ProductId],
    remove: &[ProductId],
) -> Result<(), StoreError> {
    let (id, seller) = (assortment.id, assortment.seller);
    let gone = tx
        .find::<listed::Entity>()
        .filter(listed::Column::AssortmentId.eq(Col(id)))
        .filter(tx.among(listed::Column::ProductId, remove));
    let gone: Vec<_> = tx.all(gone).await?.into_iter().map(|row| row.id.0).collect();
    tx.delete::<listed::Entity, _>(listed::Column::Id, &gone).await?;
    let row = |product: &ProductId| listed::Model {
        id: Col(Id::new()),
        assortment_id: Col(id),
        seller_id: Col(seller),
        product_id: Col(*product),
    };
    tx.insert_all(&add.iter().map(row).collect::<Vec<_>>())?;
    record(tx, assortment, &AssortmentEvent::Listed { added: add.len(), removed: gone.len() })
}

fn record(tx: &mut Tx, assortment: &Assortment, event: &AssortmentEvent) -> Result<(), StoreError> {
    let subject = Subject { kind: SubjectKind::Assortment, id: assortment.id.uuid() };
    event::record(tx, Audience::only(assortment.seller), subject, event)
}

impl From<grant::Model> for AssortmentGrant {
    fn from(row: grant::Model) -> Self {
        Self {
            id: row.id.0,
            assortment: row.assortment_id.0,
            seller: row.seller_id.0,
            grantee: row.grantee_id,
            effect: row.effect.0,
        }
    }
}

impl TryFrom<&Assortment> for Model {
    type Error = StoreError;

    fn try_from(assortment: &Assortment) -> Result<Self, StoreError> {
        Ok(Self {
            id: Col(assortment.id),
            seller_id: Col(assortment.seller),
            code: assortment.code.to_string(),
            name: assortment.name.to_string(),
            kind: Name(assortment.kind),
            rule: serde_json::to_string(&assortment.rule).map_err(|e| StoreError::Corrupt(e.to_string()))?,
            created_at: Col(assortment.created_at),
            version: assortment.version,
        })
    }
}

impl TryFrom<Model> for Assortment {
    type Error = StoreError;

    fn try_from(row: Model) -> Result<Self, StoreError> {
        Ok(Self {
            id: row.id.0,
            seller: row.seller_id.0,
            code: ShortText::parse(&row.code)?,
            name: NameText::parse(&row.name)?,
            kind: row.kind.0,
            rule: serde_json::from_str(&row.rule).map_err(|e| StoreError::Corrupt(e.to_string()))?,
            created_at: row.created_at.0,
            version: row.version,
        })
    }
}
