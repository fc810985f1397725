//! Reading venues.

use async_graphql::{Context, Object, Result};
use tradehall_domain::access::Permission;
use tradehall_domain::organization::Organization;
use tradehall_domain::venue::Venue;
use tradehall_persistence::venue;

use super::types::VenueNode;
use crate::graphql::connection::{List, Paging};
use crate::graphql::id::GlobalId;
use crate::graphql::loader::{allowed, load_one};

/// The root fields that read venues.
#[derive(Debug, Default)]
pub struct VenueQuery;

#[Object]
impl VenueQuery {
    /// One venue that the viewer may know of. Needs nothing: visitors know the shops that show them products.
    async fn venue(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The venue's global id.")] id: GlobalId<Venue>,
    ) -> Result<Option<VenueNode>> {
        allowed(ctx, Permission::Visit)?;
        load_one(ctx, id.0).await.map(VenueNode).map(Some)
    }

    /// The venues that the viewer may know of, newest first. Needs a signed-in viewer.
    async fn venues(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Only the venues of this organization.")] owner_id: Option<GlobalId<Organization>>,
        #[graphql(desc = "That many from the start, or from `after` on; 1 to 100.")] first: Option<i32>,
        #[graphql(desc = "Continue after this cursor.")] after: Option<String>,
        #[graphql(desc = "That many from the end, or up to `before`; 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "End before this cursor.")] before: Option<String>,
    ) -> Result<List<VenueNode>> {
        let session = allowed(ctx, Permission::SignedIn)?;
        let fetch = async |page: &_| Ok(venue::list(&*session.reading().await?, owner_id.map(|id| id.0), page).await?);
        session.list(Paging::of(first, after, last, before), fetch, venue::cursor, VenueNode).await
    }
}
