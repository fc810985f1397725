//! Reading stock.

use async_graphql::{Context, Object, Result};
use tradehall_domain::access::Permission;
use tradehall_domain::catalog::Product;
use tradehall_persistence::stock;

use super::types::StockNode;
use crate::graphql::connection::{List, Paging};
use crate::graphql::id::GlobalId;
use crate::graphql::loader::allowed;

/// The root fields that read stock.
#[derive(Debug, Default)]
pub struct StockQuery;

#[Object]
impl StockQuery {
    /// The stock of the viewer's organization, location by location, newest first. Needs CATALOG_READ.
    async fn stock(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Only that of this product.")] product_id: Option<GlobalId<Product>>,
        #[graphql(desc = "That many from the start, or from `after` on; 1 to 100.")] first: Option<i32>,
        #[graphql(desc = "Continue after this cursor.")] after: Option<String>,
        #[graphql(desc = "That many from the end, or up to `before`; 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "End before this cursor.")] before: Option<String>,
    ) -> Result<List<StockNode>> {
        let session = allowed(ctx, Permission::CatalogRead)?;
        let product = product_id.map(|id| id.0);
        let fetch = async |page: &_| Ok(stock::list(&*session.reading().await?, product, page).await?);
        session.list(Paging::of(first, after, last, before), fetch, stock::cursor, StockNode).await
    }
}
