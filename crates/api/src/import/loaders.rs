//! Import runs by id, one statement per answer.

use std::collections::HashMap;
use std::sync::Arc;

use async_graphql::dataloader::Loader;
use tradehall_domain::access::Permission;
use tradehall_domain::import::{Import, ImportId};
use tradehall_persistence::import;

use crate::app::Error;
use crate::graphql::loader::Batch;

impl Loader<ImportId> for Batch {
    type Value = Import;
    type Error = Arc<Error>;

    async fn load(&self, ids: &[ImportId]) -> Result<HashMap<ImportId, Import>, Arc<Error>> {
        if !self.session().actor().may(Permission::CatalogRead) {
            return Ok(HashMap::new());
        }
        self.many(ids, import::load_many, |import| import.id).await
    }
}
