//! Reading import runs.

use async_graphql::{Context, Object, Result};
use tradehall_domain::access::Permission;
use tradehall_domain::import::Import;
use tradehall_persistence::import;

use super::types::ImportNode;
use crate::graphql::connection::{List, Paging};
use crate::graphql::id::GlobalId;
use crate::graphql::loader::{allowed, load_one};

/// The root fields that read import runs.
#[derive(Debug, Default)]
pub struct ImportQuery;

#[Object]
impl ImportQuery {
    /// One import run of the viewer's organization. Needs CATALOG_READ.
    async fn import(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The run's global id.")] id: GlobalId<Import>,
    ) -> Result<Option<ImportNode>> {
        allowed(ctx, Permission::CatalogRead)?;
        load_one(ctx, id.0).await.map(ImportNode).map(Some)
    }

    /// The import runs of the viewer's organization, newest first. Needs CATALOG_READ.
    async fn imports(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "That many from the start, or from `after` on; 1 to 100.")] first: Option<i32>,
        #[graphql(desc = "Continue after this cursor.")] after: Option<String>,
        #[graphql(desc = "That many from the end, or up to `before`; 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "End before this cursor.")] before: Option<String>,
    ) -> Result<List<ImportNode>> {
        let session = allowed(ctx, Permission::CatalogRead)?;
        let fetch = async |page: &_| Ok(import::list(&*session.reading().await?, page).await?);
        session.list(Paging::of(first, after, last, before), fetch, import::cursor, ImportNode).await
    }
}
