//! Packagings of products, as they are stored.

use std::collections::HashMap;

use sea_orm::{QueryFilter, QueryOrder};
use tradehall_domain::catalog::{Measures, Packaging, Packagings, Product, ProductEvent, ProductId};
use tradehall_domain::gtin::Gtin;
use tradehall_domain::id::Id;
use tradehall_domain::quantity::Quantity;
use tradehall_domain::unit::Unit;

use super::entity::packaging::{Column, Entity, Model};
use super::product;
use crate::column::Col;
use crate::{StoreError, Tx};

/// The packagings of these products that the actor may see, each list in its owner's order.
///
/// # Errors
/// When the database is away.
pub async fn of_products(tx: &Tx, products: &[ProductId]) -> Result<HashMap<ProductId, Vec<Packaging>>, StoreError> {
    let select = tx.find::<Entity>().filter(tx.among(Column::ProductId, products)).order_by_asc(Column::Place);
    let mut found: HashMap<_, Vec<_>> = HashMap::new();
    for model in tx.all(select).await? {
        found.entry(model.product_id.0).or_default().push(model.try_into()?);
    }
    Ok(found)
}

/// How those of these products are measured of which something is counted in a unit without a fixed relation to their own. Nothing is
/// read where there is none.
///
/// # Errors
/// When the database is away.
pub async fn measures(
    tx: &Tx,
    counted: impl IntoIterator<Item = (&Product, Unit)>,
) -> Result<HashMap<ProductId, Measures>, StoreError> {
    let foreign = counted.into_iter().filter(|(product, unit)| !unit.converts_to(product.details.unit));
    let products: HashMap<_, _> = foreign.map(|(product, _)| (product.id, product)).collect();
    if products.is_empty() {
        return Ok(HashMap::new());
    }
    let ids: Vec<_> = products.keys().copied().collect();
    let mut packed = of_products(tx, &ids).await?;
    let measures = products.into_iter().map(|(id, product)| {
        let packagings = packed.remove(&id).unwrap_or_default();
        (id, Measures::of(product, &packagings))
    });
    Ok(measures.collect())
}

/// The products that the actor may see and that have a packaging under one of these barcodes, each with that barcode.
///
/// # Errors
/// When the database is away.
pub async fn by_gtins(tx: &Tx, gtins: &[&str]) -> Result<Vec<(String, ProductId)>, StoreError> {
    let select = tx.find::<Entity>().filter(tx.among_texts(Column::Gtin, gtins)?);
    let found = tx.all(select).await?.into_iter();
    Ok(found.filter_map(|model| Some((model.gtin?, model.product_id.0))).collect())
}

/// Makes `packagings` those of a locked product.
///
/// # Errors
/// When the database is away.
pub async fn replace(tx: &mut Tx, product: &Product, packagings: &Packagings) -> Result<(), StoreError> {
    tx.delete::<Entity, _>(Column::ProductId, &[product.id]).await?;
    let models: Vec<_> = packagings.iter().enumerate().map(|(n, packaging)| model(product, n, packaging)).collect();
    tx.insert_all(&models)?;
    product::note(tx, product, ProductEvent::Packed)
}

fn model(product: &Product, n: usize, packaging: &Packaging) -> Model {
    let side = |n: usize| packaging.size_mm.and_then(|size| size.get(n).copied()).map(Quantity::units);
    Model {
        id: Col(Id::new()),
        owner_id: Col(product.owner),
        product_id: Col(product.id),
        unit: packaging.unit.code().to_owned(),
        quantity: packaging.quantity.units(),
        of_unit: packaging.of.code().to_owned(),
        gtin: packaging.gtin.as_ref().map(ToString::to_string),
        weight: packaging.weight_kg.map(Quantity::units),
        length: side(0),
        width: side(1),
        height: side(2),
        place: i64::try_from(n).unwrap_or(i64::MAX),
    }
}

impl TryFrom<Model> for Packaging {
    type Error = StoreError;

    fn try_from(model: Model) -> Result<Self, StoreError> {
        let side = |units: Option<i64>| units.map(Quantity::from_units).transpose();
        let (length, width, height) = (side(model.length)?, side(model.width)?, side(model.height)?);
        Ok(Self {
            unit: Unit::parse(&model.unit)?,
            quantity: Quantity::from_units(model.quantity)?,
            of: Unit::parse(&model.of_unit)?,
            gtin: model.gtin.as_deref().map(Gtin::parse).transpose()?,
            weight_kg: side(model.weight)?,
            size_mm: length.zip(width).zip(height).map(|((length, width), height)| [length, width, height]),
        })
    }
}
