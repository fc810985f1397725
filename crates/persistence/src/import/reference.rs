//! Which key of another system became which object here, so that reading the same file again finds it.

use std::collections::HashMap;

use sea_orm::{ColumnTrait, QueryFilter};
use tradehall_domain::id::Id;
use tradehall_domain::named;
use uuid::Uuid;

use super::entity::import_reference::{Column, Entity, Model};
use crate::column::{Col, Name};
use crate::{StoreError, Tx};

named! {
    /// What a key of another system stands for.
    pub enum ReferenceKind {
        /// An organization.
        Organization = "ORGANIZATION",
        /// A category.
        Category = "CATEGORY",
        /// A product.
        Product = "PRODUCT",
        /// An offer.
        Offer = "OFFER",
    }
}

/// A key of another system and what it became.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reference {
    /// What kind of thing.
    pub kind: ReferenceKind,
    /// The key, unique within the other system and kind.
    pub key: String,
    /// The object here.
    pub target: Uuid,
}

/// What these keys of `source` became; keys that are new are not in the answer.
///
/// # Errors
/// When the database is away.
pub async fn find(
    tx: &Tx,
    source: &str,
    kind: ReferenceKind,
    keys: &[&str],
) -> Result<HashMap<String, Uuid>, StoreError> {
    if keys.is_empty() {
        return Ok(HashMap::new());
    }
    let select = tx
        .find::<Entity>()
        .filter(Column::Source.eq(source))
        .filter(Column::Kind.eq(Name(kind)))
        .filter(tx.among_texts(Column::ExternalKey, keys)?);
    Ok(tx.all(select).await?.into_iter().map(|model| (model.external_key, model.target_id)).collect())
}

/// Remembers what keys of `source` became.
///
/// # Errors
/// When a row cannot be made.
pub fn insert_all(tx: &mut Tx, source: &str, references: &[Reference]) -> Result<(), StoreError> {
    let models: Vec<_> = references
        .iter()
        .map(|reference| Model {
            id: Col(Id::new()),
            source: source.to_owned(),
            kind: Name(reference.kind),
            external_key: reference.key.clone(),
            target_id: reference.target,
        })
        .collect();
    tx.insert_all(&models)
}
