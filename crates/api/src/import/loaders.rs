//! Import runs by id, one statement per answer.

use std::collections::HashMap;
use std::sync::Arc;

use async_graphql::dataloader::Loader;
use tradehall_domain::access::Permission;
use tradehall_domain::import::{Import, ImportId, ImportMapping, ImportMappingId, Refusal};
use tradehall_persistence::Page;
use tradehall_persistence::import::{self, mapping};

use crate::app::Error;
use crate::graphql::loader::{Batch, PageOf};

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

impl Loader<ImportMappingId> for Batch {
    type Value = ImportMapping;
    type Error = Arc<Error>;

    async fn load(&self, ids: &[ImportMappingId]) -> Result<HashMap<ImportMappingId, ImportMapping>, Arc<Error>> {
        if !self.session().actor().may(Permission::CatalogRead) {
            return Ok(HashMap::new());
        }
        self.many(ids, mapping::load_many, |mapping| mapping.id).await
    }
}

impl Loader<PageOf<ImportId>> for Batch {
    type Value = Page<Refusal>;
    type Error = Arc<Error>;

    /// The refused rows of each run.
    async fn load(&self, keys: &[PageOf<ImportId>]) -> Result<HashMap<PageOf<ImportId>, Page<Refusal>>, Arc<Error>> {
        self.pages(keys, import::refusals).await
    }
}
