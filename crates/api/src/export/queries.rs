//! Reading exports.

use async_graphql::{Context, Object, Result};
use tradehall_domain::access::Permission;
use tradehall_domain::export::Export;
use tradehall_persistence::export;

use super::types::ExportNode;
use crate::graphql::connection::{List, Paging};
use crate::graphql::id::GlobalId;
use crate::graphql::loader::{allowed, load_one};

/// The root fields that read exports.
#[derive(Debug, Default)]
pub struct ExportQuery;

#[Object]
impl ExportQuery {
    /// One export of the viewer's organization. Needs CATALOG_READ.
    async fn export(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The export's global id.")] id: GlobalId<Export>,
    ) -> Result<Option<ExportNode>> {
        allowed(ctx, Permission::CatalogRead)?;
        load_one(ctx, id.0).await.map(ExportNode).map(Some)
    }

    /// The exports of the viewer's organization, newest first. Needs CATALOG_READ.
    async fn exports(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "That many from the start, or from `after` on; 1 to 100.")] first: Option<i32>,
        #[graphql(desc = "Continue after this cursor.")] after: Option<String>,
        #[graphql(desc = "That many from the end, or up to `before`; 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "End before this cursor.")] before: Option<String>,
    ) -> Result<List<ExportNode>> {
        let session = allowed(ctx, Permission::CatalogRead)?;
        let fetch = async |page: &_| Ok(export::list(&*session.reading().await?, page).await?);
        session.list(Paging::of(first, after, last, before), fetch, export::cursor, ExportNode).await
    }
}
