//! Exports by id, one statement per answer.

use std::collections::HashMap;
use std::sync::Arc;

use async_graphql::dataloader::Loader;
use tradehall_domain::access::Permission;
use tradehall_domain::export::{Export, ExportId};
use tradehall_persistence::export;

use crate::app::Error;
use crate::graphql::loader::Batch;

impl Loader<ExportId> for Batch {
    type Value = Export;
    type Error = Arc<Error>;

    async fn load(&self, ids: &[ExportId]) -> Result<HashMap<ExportId, Export>, Arc<Error>> {
        if !self.session().actor().may(Permission::CatalogRead) {
            return Ok(HashMap::new());
        }
        self.many(ids, export::load_many, |export| export.id).await
    }
}
