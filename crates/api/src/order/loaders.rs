//! Orders and their lines by id, and the lines of orders: one statement each per answer.
//!
//! The permission is asked for here, so that no way to an order leads past it.

use std::collections::HashMap;
use std::sync::Arc;

use async_graphql::dataloader::Loader;
use tradehall_domain::access::Permission;
use tradehall_domain::order::{Order, OrderId, OrderLine, OrderLineId};
use tradehall_persistence::order;

use crate::app::Error;
use crate::graphql::loader::Batch;

/// The key for all lines of an order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct LinesOf(pub OrderId);

impl Loader<OrderId> for Batch {
    type Value = Order;
    type Error = Arc<Error>;

    async fn load(&self, ids: &[OrderId]) -> Result<HashMap<OrderId, Order>, Arc<Error>> {
        self.session().require(Permission::OrderRead)?;
        self.many(ids, order::load_many, |order| order.id).await
    }
}

impl Loader<OrderLineId> for Batch {
    type Value = OrderLine;
    type Error = Arc<Error>;

    async fn load(&self, ids: &[OrderLineId]) -> Result<HashMap<OrderLineId, OrderLine>, Arc<Error>> {
        self.session().require(Permission::OrderRead)?;
        self.many(ids, order::load_lines, |line| line.id).await
    }
}

impl Loader<LinesOf> for Batch {
    type Value = Vec<OrderLine>;
    type Error = Arc<Error>;

    async fn load(&self, keys: &[LinesOf]) -> Result<HashMap<LinesOf, Vec<OrderLine>>, Arc<Error>> {
        self.session().require(Permission::OrderRead)?;
        let tx = self.session().reading().await?;
        let ids: Vec<OrderId> = keys.iter().map(|key| key.0).collect();
        let found = order::lines_of(&tx, &ids).await.map_err(Error::from)?;
        let mut lines: HashMap<LinesOf, Vec<OrderLine>> = HashMap::new();
        for line in found {
            lines.entry(LinesOf(line.order)).or_default().push(line);
        }
        Ok(lines)
    }
}
