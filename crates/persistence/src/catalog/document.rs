//! Media and documents of products, as they are stored. The files themselves are attached to the product.

use jiff::Timestamp;
use sea_orm::{ColumnTrait, QueryFilter, QueryOrder, QuerySelect};
use tradehall_domain::catalog::{Certificate, Product, ProductDocument, ProductDocumentId, ProductEvent, ProductId};
use tradehall_domain::event::{Audience, Subject, SubjectKind};
use tradehall_domain::text::ShortText;

use super::entity::document::{Column, Entity, Model};
use super::product;
use crate::column::{Col, Name};
use crate::{StoreError, Tx, event};

/// The documents of these products that the actor may see, in their owner's order.
///
/// # Errors
/// When the database is away.
pub async fn of_products(tx: &Tx, products: &[ProductId]) -> Result<Vec<ProductDocument>, StoreError> {
    let select = tx.find::<Entity>().filter(tx.among(Column::ProductId, products)).order_by_asc(Column::Place);
    tx.all(select).await?.into_iter().map(ProductDocument::try_from).collect()
}

/// The document of that id, locked until the transaction ends.
///
/// # Errors
/// [`StoreError::NotFound`] also where the actor may not know of it.
pub async fn lock(tx: &mut Tx, id: ProductDocumentId) -> Result<ProductDocument, StoreError> {
    let select = tx.find_for_update::<Entity>().filter(Column::Id.eq(Col(id)));
    tx.one(select).await?.try_into()
}

/// Up to `count` documents of which there is something to tell at `now`, the longest due first.
///
/// # Errors
/// When the database is away.
pub async fn due(tx: &Tx, now: Timestamp, count: u64) -> Result<Vec<ProductDocumentId>, StoreError> {
    let select =
        tx.find::<Entity>().filter(Column::NextCheckAt.lte(Col(now))).order_by_asc(Column::NextCheckAt).limit(count);
    Ok(tx.all(select).await?.into_iter().map(|model| model.id.0).collect())
}

/// Makes `documents` those of a locked product.
///
/// # Errors
/// When the database is away.
pub async fn replace(tx: &mut Tx, product: &Product, documents: &[ProductDocument]) -> Result<(), StoreError> {
    tx.delete::<Entity, _>(Column::ProductId, &[product.id]).await?;
    tx.insert_all(&documents.iter().map(Model::try_from).collect::<Result<Vec<_>, _>>()?)?;
    product::note(tx, product, ProductEvent::Documented)
}

/// Keeps a changed document, of which something was told.
///
/// # Errors
/// [`StoreError::Stale`], by the commit, when it changed meanwhile.
pub fn save(tx: &mut Tx, document: &mut ProductDocument, event: &ProductEvent) -> Result<(), StoreError> {
    document.version += 1;
    tx.save(Model::try_from(&*document)?)?;
    let subject = Subject { kind: SubjectKind::Product, id: document.product.uuid() };
    event::record(tx, Audience::only(document.owner), subject, event)
}

impl TryFrom<&ProductDocument> for Model {
    type Error = StoreError;

    fn try_from(document: &ProductDocument) -> Result<Self, StoreError> {
        let certificate = document.certificate.as_ref();
        Ok(Self {
            id: Col(document.id),
            owner_id: Col(document.owner),
            product_id: Col(document.product),
            attachment_id: Col(document.attachment),
            role: Name(document.role),
            alt: serde_json::to_string(&document.alt).map_err(|e| StoreError::Corrupt(e.to_string()))?,
            number: certificate.map(|certificate| certificate.number.to_string()),
            issued: certificate.and_then(|certificate| certificate.issued).map(Col),
            expires: certificate.and_then(|certificate| certificate.expires).map(Col),
            place: document.place,
            next_check_at: document.next_check_at.map(Col),
            version: document.version,
        })
    }
}

impl TryFrom<Model> for ProductDocument {
    type Error = StoreError;

    fn try_from(model: Model) -> Result<Self, StoreError> {
        let number = model.number.as_deref().map(ShortText::parse).transpose()?;
        let (issued, expires) = (model.issued.map(|day| day.0), model.expires.map(|day| day.0));
        Ok(Self {
            id: model.id.0,
            owner: model.owner_id.0,
            product: model.product_id.0,
            attachment: model.attachment_id.0,
            role: model.role.0,
            alt: serde_json::from_str(&model.alt).map_err(|e| StoreError::Corrupt(e.to_string()))?,
            certificate: number.map(|number| Certificate { number, issued, expires }),
            place: model.place,
            next_check_at: model.next_check_at.map(|at| at.0),
            version: model.version,
        })
    }
}
