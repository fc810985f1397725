//! Stock by id, one statement per answer.

use std::collections::HashMap;
use std::sync::Arc;

use async_graphql::dataloader::Loader;
use tradehall_domain::access::Permission;
use tradehall_domain::stock::{Stock, StockId};
use tradehall_persistence::stock;

use crate::app::Error;
use crate::graphql::loader::Batch;

impl Loader<StockId> for Batch {
    type Value = Stock;
    type Error = Arc<Error>;

    async fn load(&self, ids: &[StockId]) -> Result<HashMap<StockId, Stock>, Arc<Error>> {
        if !self.session().actor().may(Permission::CatalogRead) {
            return Ok(HashMap::new());
        }
        self.many(ids, stock::load_many, |stock| stock.id).await
    }
}
