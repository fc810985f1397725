//! Reading organizations.

use async_graphql::{Context, InputObject, Object, Result};
use tradehall_domain::access::Permission;
use tradehall_domain::organization::{Capability, Organization, Verification};
use tradehall_domain::problem::{Code, Problem};
use tradehall_persistence::PageRequest;
use tradehall_persistence::organization::{self, DirectoryFilter};

use super::sight::across;
use super::types::OrganizationNode;
use crate::app::Error;
use crate::graphql::closed::Closed;
use crate::graphql::connection::{List, Paging};
use crate::graphql::id::GlobalId;
use crate::graphql::loader::{allowed, load_one};
use crate::graphql::scalar::CountryCode;

/// The longest text that the directory is searched for, in characters.
const SEARCH_MAX: usize = 100;

/// Which organizations are meant; what is left out does not matter.
#[derive(Debug, Default, InputObject)]
pub struct OrganizationFilter {
    /// Words of the name begin so, whatever the accents and capitals: `thep` finds `Thép Việt`. At most 100 characters.
    pub search: Option<String>,
    /// Those that were granted this and are not suspended from it.
    pub capability: Option<Closed<Capability>>,
    /// True for those that the market has verified, false for all others.
    pub verified: Option<bool>,
    /// Where they are registered.
    pub country: Option<CountryCode>,
}

/// The root fields that read organizations.
#[derive(Debug, Default)]
pub struct OrganizationQuery;

#[Object]
impl OrganizationQuery {
    /// One organization. Everyone signed in sees its public facts.
    async fn organization(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The organization's global id.")] id: GlobalId<Organization>,
    ) -> Result<Option<OrganizationNode>> {
        allowed(ctx, Permission::SignedIn)?;
        load_one(ctx, id.0).await.map(OrganizationNode).map(Some)
    }

    /// The market's directory, newest first. Needs a signed-in viewer.
    async fn organizations(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which ones; all when left out.")] filter: Option<OrganizationFilter>,
        #[graphql(desc = "That many from the start, or from `after` on; 1 to 100.")] first: Option<i32>,
        #[graphql(desc = "Continue after this cursor.")] after: Option<String>,
        #[graphql(desc = "That many from the end, or up to `before`; 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "End before this cursor.")] before: Option<String>,
    ) -> Result<List<OrganizationNode>> {
        let session = allowed(ctx, Permission::SignedIn)?;
        let filter = filter.unwrap_or_default();
        if filter.search.as_ref().is_some_and(|text| text.chars().count() > SEARCH_MAX) {
            let problem = Problem::new(Code::TooLong).with("max", SEARCH_MAX).at("search").at("filter");
            return Err(session.fail(Error::from(problem)));
        }
        let filter = DirectoryFilter {
            search: filter.search,
            capability: filter.capability.map(|capability| capability.0),
            verified: filter.verified,
            country: filter.country.map(|country| country.0),
        };
        let fetch = async |page: &_| Ok(organization::directory(&*session.reading().await?, &filter, page).await?);
        session.list(Paging::of(first, after, last, before), fetch, organization::cursor, OrganizationNode).await
    }

    /// The organizations whose verification stands at `status`, who has waited longest first. Needs PLATFORM_VERIFY.
    async fn verification_queue(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Where they stand; SUBMITTED is the work that waits.")] status: Closed<Verification>,
        #[graphql(desc = "That many from the start, or from `after` on; 1 to 100.")] first: Option<i32>,
        #[graphql(desc = "Continue after this cursor.")] after: Option<String>,
        #[graphql(desc = "That many from the end, or up to `before`; 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "End before this cursor.")] before: Option<String>,
    ) -> Result<List<OrganizationNode>> {
        let session = allowed(ctx, Permission::PlatformVerify)?;
        let tx = across(session).await.map_err(|error| session.fail(error))?;
        let fetch = async |page: &PageRequest| Ok(organization::verification_queue(&tx, status.0, page).await?);
        session.list(Paging::of(first, after, last, before), fetch, organization::queue_cursor, OrganizationNode).await
    }
}
