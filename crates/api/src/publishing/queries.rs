//! Reading catalog versions.

use async_graphql::{Context, Object, Result};
use tradehall_domain::access::Permission;
use tradehall_domain::problem::{Code, Problem};
use tradehall_domain::publishing::{CatalogVersion, CatalogVersionStatus};
use tradehall_persistence::publishing::{comparison, version};

use super::types::{CatalogDifferenceNode, CatalogVersionNode};
use crate::app::Error;
use crate::graphql::closed::Closed;
use crate::graphql::connection::{List, Paging};
use crate::graphql::id::GlobalId;
use crate::graphql::loader::{allowed, load_one};

/// The root fields that read catalog versions.
#[derive(Debug, Default)]
pub struct PublishingQuery;

#[expect(clippy::too_many_arguments, reason = "two versions and the four arguments of a connection")]
#[Object]
impl PublishingQuery {
    /// One version of the viewer's organization's catalog. Needs CATALOG_READ.
    async fn catalog_version(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The version's global id.")] id: GlobalId<CatalogVersion>,
    ) -> Result<Option<CatalogVersionNode>> {
        allowed(ctx, Permission::CatalogRead)?;
        load_one(ctx, id.0).await.map(CatalogVersionNode).map(Some)
    }

    /// The versions of the viewer's organization's catalog, newest first. Needs CATALOG_READ.
    async fn catalog_versions(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Only those in this status.")] status: Option<Closed<CatalogVersionStatus>>,
        #[graphql(desc = "That many from the start, or from `after` on; 1 to 100.")] first: Option<i32>,
        #[graphql(desc = "Continue after this cursor.")] after: Option<String>,
        #[graphql(desc = "That many from the end, or up to `before`; 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "End before this cursor.")] before: Option<String>,
    ) -> Result<List<CatalogVersionNode>> {
        let session = allowed(ctx, Permission::CatalogRead)?;
        let own = session.actor().organization.ok_or_else(|| session.fail(Code::NoOrganization.into()))?;
        let status = status.map(|status| status.0);
        let fetch = async |page: &_| Ok(version::list(&*session.reading().await?, own, status, page).await?);
        session.list(Paging::of(first, after, last, before), fetch, version::cursor, CatalogVersionNode).await
    }

    /// What differs between two published versions of the viewer's organization's catalog, product by product in the order in which they
    /// were added. Only what versions changed is compared, not what was edited directly between them. Needs CATALOG_READ.
    async fn catalog_diff(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The version that is looked back at.")] from_id: GlobalId<CatalogVersion>,
        #[graphql(desc = "The version that is looked at; an earlier one shows the way back.")] to_id: GlobalId<
            CatalogVersion,
        >,
        #[graphql(desc = "That many from the start, or from `after` on; 1 to 100.")] first: Option<i32>,
        #[graphql(desc = "Continue after this cursor.")] after: Option<String>,
        #[graphql(desc = "That many from the end, or up to `before`; 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "End before this cursor.")] before: Option<String>,
    ) -> Result<List<CatalogDifferenceNode>> {
        let session = allowed(ctx, Permission::CatalogRead)?;
        let (from, to): (CatalogVersion, CatalogVersion) =
            (load_one(ctx, from_id.0).await?, load_one(ctx, to_id.0).await?);
        let sequence = |version: &CatalogVersion, field: &str| {
            let unpublished = || Problem::new(Code::CatalogVersionUnpublished).at(field);
            version.sequence.ok_or_else(unpublished).map_err(|problem| session.fail(Error::from(problem)))
        };
        let (start, end) = (sequence(&from, "fromId")?, sequence(&to, "toId")?);
        let range = (start.min(end), start.max(end));
        let fetch = async |page: &_| {
            let mut page = comparison::between(&*session.reading().await?, from.owner, range, page).await?;
            if start > end {
                page.items.iter_mut().for_each(|one| std::mem::swap(&mut one.before, &mut one.after));
            }
            Ok(page)
        };
        session.list(Paging::of(first, after, last, before), fetch, comparison::cursor, CatalogDifferenceNode).await
    }
}
