//! What else is told of products, one statement of each kind per answer.

use std::collections::HashMap;
use std::sync::Arc;

use async_graphql::dataloader::Loader;
use tradehall_domain::catalog::{Packaging, PartNumber, PartNumberKind, ProductDocument, ProductId, Relation};
use tradehall_persistence::catalog::{document, packaging, part_number, relation};

use super::reads_unpublished;
use crate::app::{Error, Session};
use crate::graphql::loader::{Batch, grouped};

/// How a product is packed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct PackagingsOf(pub ProductId);

impl Loader<PackagingsOf> for Batch {
    type Value = Vec<Packaging>;
    type Error = Arc<Error>;

    async fn load(&self, keys: &[PackagingsOf]) -> Result<HashMap<PackagingsOf, Vec<Packaging>>, Arc<Error>> {
        let ids: Vec<_> = keys.iter().map(|key| key.0).collect();
        let tx = self.reading().await?;
        let found = packaging::of_products(&tx, &ids).await.map_err(|error| Arc::new(Error::from(error)))?;
        Ok(found.into_iter().map(|(product, list)| (PackagingsOf(product), list)).collect())
    }
}

/// The files that tell something of a product.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct DocumentsOf(pub ProductId);

impl Loader<DocumentsOf> for Batch {
    type Value = Vec<ProductDocument>;
    type Error = Arc<Error>;

    async fn load(&self, keys: &[DocumentsOf]) -> Result<HashMap<DocumentsOf, Vec<ProductDocument>>, Arc<Error>> {
        let ids: Vec<_> = keys.iter().map(|key| key.0).collect();
        let tx = self.reading().await?;
        let found = document::of_products(&tx, &ids).await.map_err(|error| Arc::new(Error::from(error)))?;
        Ok(grouped(keys, found, |document| DocumentsOf(document.product)))
    }
}

/// What stands to a product.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct RelationsOf(pub ProductId);

impl Loader<RelationsOf> for Batch {
    type Value = Vec<Relation>;
    type Error = Arc<Error>;

    async fn load(&self, keys: &[RelationsOf]) -> Result<HashMap<RelationsOf, Vec<Relation>>, Arc<Error>> {
        let ids: Vec<_> = keys.iter().map(|key| key.0).collect();
        let tx = self.reading().await?;
        let found = relation::of_products(&tx, &ids).await.map_err(|error| Arc::new(Error::from(error)))?;
        Ok(grouped(keys, found, |relation| RelationsOf(relation.product)))
    }
}

/// The numbers under which others know a product.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct PartNumbersOf(pub ProductId);

impl Loader<PartNumbersOf> for Batch {
    type Value = Vec<PartNumber>;
    type Error = Arc<Error>;

    async fn load(&self, keys: &[PartNumbersOf]) -> Result<HashMap<PartNumbersOf, Vec<PartNumber>>, Arc<Error>> {
        let ids: Vec<_> = keys.iter().map(|key| key.0).collect();
        let tx = self.reading().await?;
        let mut found = part_number::part_numbers_of(&tx, &ids).await.map_err(|error| Arc::new(Error::from(error)))?;
        found.retain(|number| shows_number(self.session(), number));
        Ok(grouped(keys, found, |number| PartNumbersOf(number.product)))
    }
}

/// Whether the viewer is told a number of a product that it sees: a customer's own is for that customer and for those of the owner's
/// people who read its catalog, that of a predecessor (which may not have been shown to the viewer) for the owner's people alone.
pub fn shows_number(session: &Session, number: &PartNumber) -> bool {
    let own = session.actor().organization;
    let reads = own == Some(number.owner) && reads_unpublished(session);
    match number.kind {
        PartNumberKind::Customer => own == Some(number.holder) || reads,
        PartNumberKind::Predecessor => reads,
        PartNumberKind::Original | PartNumberKind::Competitor => true,
    }
}
