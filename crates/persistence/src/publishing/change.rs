//! The changes of catalog versions, as they are stored.

use std::collections::HashMap;

use sea_orm::{ColumnTrait, QueryFilter, Select};
use tradehall_domain::catalog::{Classification, ProductDetails, ProductId, Variant};
use tradehall_domain::gtin::Gtin;
use tradehall_domain::id::Id;
use tradehall_domain::publishing::{CatalogChange, CatalogChangeId, CatalogVersion, CatalogVersionId, Proposal};
use tradehall_domain::text::{Name as NameText, Prose, ShortText};
use tradehall_domain::unit::Unit;
use uuid::Uuid;

use super::conflict;
use super::entity::change::{Column, Entity, Model};
use crate::column::{Col, Name};
use crate::page::Sort;
use crate::{Cursor, Page, PageRequest, StoreError, Tx};

/// The unique index that a second change of a product in one version runs into.
pub const PRODUCT_INDEX: &str = "catalog_change_catalog_version_id_product_id_key";

/// The unique index that two products of one number in one version run into.
pub const NUMBER_INDEX: &str = "catalog_change_catalog_version_id_number_key";

/// The unique index that two variants of the same values in one version run into.
pub const AXES_INDEX: &str = "catalog_change_catalog_version_id_parent_id_axes_key";

/// The changes of each of these versions, oldest first; only those that conflict with the catalog as it is now when `conflicting`.
///
/// # Errors
/// When the database is away.
pub async fn pages_of(
    tx: &Tx,
    versions: &[CatalogVersionId],
    conflicting: bool,
    page: &PageRequest,
) -> Result<HashMap<CatalogVersionId, Page<CatalogChange>>, StoreError> {
    let mut select = tx.find::<Entity>();
    if conflicting {
        select = select.filter(conflict::conflicts(tx, Column::Id, versions));
    }
    let sort = Sort { key: None, id: Column::Id, descending: false };
    let of = |model: &Model| model.catalog_version_id.0;
    let pages = tx.pages(select, (Column::CatalogVersionId, versions), page, &sort, of).await?;
    pages.into_iter().map(|(version, page)| Ok((version, page.try_map(CatalogChange::try_from)?))).collect()
}

/// Where a change stands in its version's list.
#[must_use]
pub const fn cursor(change: &CatalogChange) -> Cursor {
    Cursor::of(change.id)
}

/// The changes of these ids in a version, in no order.
///
/// # Errors
/// When the database is away.
pub async fn load_many(
    tx: &Tx,
    version: CatalogVersionId,
    ids: &[CatalogChangeId],
) -> Result<Vec<CatalogChange>, StoreError> {
    let select = tx.find::<Entity>().filter(tx.among(Column::Id, ids));
    gather(tx, select.filter(Column::CatalogVersionId.eq(Col(version)))).await
}

/// The changes of these ids in whatever version, in no order.
///
/// # Errors
/// When the database is away.
pub async fn load_any(tx: &Tx, ids: &[CatalogChangeId]) -> Result<Vec<CatalogChange>, StoreError> {
    gather(tx, tx.find::<Entity>().filter(tx.among(Column::Id, ids))).await
}

/// The changes of a version that are about these products, or that give a product one of these numbers, in no order.
///
/// # Errors
/// When the database is away.
pub async fn about(
    tx: &Tx,
    version: CatalogVersionId,
    products: &[ProductId],
    numbers: &[&str],
) -> Result<Vec<CatalogChange>, StoreError> {
    let either = sea_orm::Condition::any()
        .add(tx.among(Column::ProductId, products))
        .add(tx.among_texts(Column::Number, numbers)?);
    gather(tx, tx.find::<Entity>().filter(Column::CatalogVersionId.eq(Col(version))).filter(either)).await
}

/// Up to `limit` products that a version changes, from the one after `after` on, by id: what whoever follows the event of its
/// publication has to look at.
///
/// # Errors
/// When the database is away.
pub async fn products_of(
    tx: &Tx,
    version: &CatalogVersion,
    after: Option<ProductId>,
    limit: u64,
) -> Result<Vec<ProductId>, StoreError> {
    let sql = "SELECT product_id FROM catalog_change WHERE catalog_version_id = $1 AND owner_id = $2 AND product_id > $3 \
               ORDER BY product_id LIMIT $4";
    let after = after.map_or(Uuid::nil(), Id::uuid);
    let limit = i64::try_from(limit).unwrap_or(i64::MAX);
    let values = [version.id.uuid().into(), version.owner.uuid().into(), after.into(), limit.into()];
    let rows = tx.query(sql, values).await?;
    rows.iter().map(|row| Ok(Id::from_uuid(row.try_get_by_index(0)?))).collect()
}

async fn gather(tx: &Tx, select: Select<Entity>) -> Result<Vec<CatalogChange>, StoreError> {
    tx.all(select).await?.into_iter().map(CatalogChange::try_from).collect()
}

/// Adds changes. Their version says so in its event.
///
/// # Errors
/// When a row cannot be made; a conflict on one of the indexes, by the commit.
pub fn insert_all(tx: &mut Tx, changes: &[CatalogChange]) -> Result<(), StoreError> {
    tx.insert_all(&changes.iter().map(Model::try_from).collect::<Result<Vec<_>, _>>()?)
}

/// Keeps changed changes. Their version says so in its event.
///
/// # Errors
/// As [`insert_all`]; [`StoreError::Stale`], by the commit, when one changed meanwhile.
pub fn save_all(tx: &mut Tx, changes: &mut [CatalogChange]) -> Result<(), StoreError> {
    let mut models = Vec::with_capacity(changes.len());
    for change in changes {
        change.version += 1;
        models.push(Model::try_from(&*change)?);
    }
    tx.save_all(&models)
}

/// Takes changes out of their version.
///
/// # Errors
/// When the database is away.
pub async fn delete(tx: &mut Tx, ids: &[CatalogChangeId]) -> Result<u64, StoreError> {
    tx.delete::<Entity, _>(Column::Id, ids).await
}

impl TryFrom<&CatalogChange> for Model {
    type Error = StoreError;

    fn try_from(change: &CatalogChange) -> Result<Self, StoreError> {
        let unwritten = |error: serde_json::Error| StoreError::Corrupt(error.to_string());
        let details = change.proposal.as_ref().map(|proposal| &proposal.details);
        let classification = change.proposal.as_ref().map(|proposal| &proposal.classification);
        let variant = classification.and_then(|classification| classification.variant.as_ref());
        let text = |text: Option<&ShortText>| text.map(ToString::to_string);
        Ok(Self {
            id: Col(change.id),
            catalog_version_id: Col(change.catalog_version),
            owner_id: Col(change.owner),
            product_id: Col(change.product),
            kind: Name(change.kind),
            made_against: change.made_against,
            category_id: details.and_then(|details| details.category).map(Col),
            number: text(details.map(|details| &details.number)),
            name: details.map(|details| details.name.to_string()),
            description: details.and_then(|details| details.description.as_ref()).map(ToString::to_string),
            gtin: details.and_then(|details| details.gtin.as_ref()).map(ToString::to_string),
            mpn: text(details.and_then(|details| details.mpn.as_ref())),
            brand: text(details.and_then(|details| details.brand.as_ref())),
            unit: details.map(|details| details.unit.code().to_owned()),
            attributes: details
                .map(|details| serde_json::to_string(&details.attributes))
                .transpose()
                .map_err(unwritten)?,
            type_id: classification.and_then(|classification| classification.product_type).map(Col),
            parent_id: variant.map(|variant| Col(variant.of)),
            axes: variant.map(|variant| variant.axes.clone()),
            before: change.before.as_ref().map(serde_json::to_string).transpose().map_err(unwritten)?,
            made_at: Col(change.made_at),
            version: change.version,
        })
    }
}

impl TryFrom<Model> for CatalogChange {
    type Error = StoreError;

    fn try_from(model: Model) -> Result<Self, StoreError> {
        let unread = |error: serde_json::Error| StoreError::Corrupt(error.to_string());
        let before = model.before.as_deref().map(serde_json::from_str).transpose().map_err(unread)?;
        Ok(Self {
            id: model.id.0,
            catalog_version: model.catalog_version_id.0,
            owner: model.owner_id.0,
            product: model.product_id.0,
            kind: model.kind.0,
            made_against: model.made_against,
            before,
            made_at: model.made_at.0,
            version: model.version,
            proposal: proposal(model)?,
        })
    }
}

fn proposal(model: Model) -> Result<Option<Proposal>, StoreError> {
    let unread = |error: serde_json::Error| StoreError::Corrupt(error.to_string());
    let (Some(number), Some(name), Some(unit)) = (model.number, model.name, model.unit) else { return Ok(None) };
    let text = |text: Option<String>| text.as_deref().map(ShortText::parse).transpose();
    let details = ProductDetails {
        number: ShortText::parse(&number)?,
        name: NameText::parse(&name)?,
        description: model.description.as_deref().map(Prose::parse).transpose()?,
        gtin: model.gtin.as_deref().map(Gtin::parse).transpose()?,
        mpn: text(model.mpn)?,
        brand: text(model.brand)?,
        unit: Unit::parse(&unit)?,
        category: model.category_id.map(|id| id.0),
        attributes: serde_json::from_str(model.attributes.as_deref().unwrap_or("[]")).map_err(unread)?,
    };
    let variant = model.parent_id.zip(model.axes).map(|(of, axes)| Variant { of: of.0, axes });
    let classification = Classification { product_type: model.type_id.map(|id| id.0), variant };
    Ok(Some(Proposal { details, classification }))
}
