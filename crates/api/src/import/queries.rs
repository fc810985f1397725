//! Reading import runs.

use async_graphql::{Context, Object, Result};
use tradehall_domain::access::Permission;
use tradehall_domain::attachment::Attachment;
use tradehall_domain::import::{Import, ImportKind, ImportMapping};
use tradehall_persistence::import::{self, mapping};

use super::mapping_types::ImportMappingNode;
use super::mutations::ImportOptionsInput;
use super::preview::{ImportPreviewNode, look};
use super::types::ImportNode;
use crate::graphql::closed::Closed;
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

    /// One mapping that the viewer's organization keeps. Needs CATALOG_READ.
    async fn import_mapping(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The mapping's global id.")] id: GlobalId<ImportMapping>,
    ) -> Result<Option<ImportMappingNode>> {
        allowed(ctx, Permission::CatalogRead)?;
        load_one(ctx, id.0).await.map(ImportMappingNode).map(Some)
    }

    /// The mappings that the viewer's organization keeps, newest first. Needs CATALOG_READ.
    async fn import_mappings(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Only those for files of this kind.")] kind: Option<Closed<ImportKind>>,
        #[graphql(desc = "That many from the start, or from `after` on; 1 to 100.")] first: Option<i32>,
        #[graphql(desc = "Continue after this cursor.")] after: Option<String>,
        #[graphql(desc = "That many from the end, or up to `before`; 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "End before this cursor.")] before: Option<String>,
    ) -> Result<List<ImportMappingNode>> {
        let session = allowed(ctx, Permission::CatalogRead)?;
        let kind = kind.map(|kind| kind.0);
        let fetch = async |page: &_| Ok(mapping::list(&*session.reading().await?, kind, page).await?);
        session.list(Paging::of(first, after, last, before), fetch, mapping::cursor, ImportMappingNode).await
    }

    /// What is in an uploaded file of the viewer's organization, and which field each of its columns most likely is. Needs
    /// CATALOG_MANAGE.
    async fn import_preview(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The uploaded file: CSV, text or XLSX.")] attachment_id: GlobalId<Attachment>,
        #[graphql(desc = "What the file holds.")] kind: Closed<ImportKind>,
        #[graphql(desc = "How to read it; what is left out is found out.")] options: Option<ImportOptionsInput>,
    ) -> Result<ImportPreviewNode> {
        let session = allowed(ctx, Permission::CatalogManage)?;
        let settings = options.map(ImportOptionsInput::settings).unwrap_or_default();
        let preview = look(session, attachment_id.0, kind.0, settings).await;
        preview.map(ImportPreviewNode).map_err(|error| session.fail(error))
    }
}
