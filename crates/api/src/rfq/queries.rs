//! Reading requests.

use async_graphql::{Context, Enum, InputObject, Object, Result};
use tradehall_domain::access::Permission;
use tradehall_domain::rfq::{Rfq, RfqStatus};
use tradehall_domain::venue::Venue;
use tradehall_persistence::rfq::{self, RfqFilter};

use super::types::RfqNode;
use crate::graphql::closed::Closed;
use crate::graphql::connection::{List, Paging};
use crate::graphql::id::GlobalId;
use crate::graphql::loader::{allowed, load_one};

/// From which side requests are looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "rfq::RfqView")]
pub enum RfqView {
    /// What the viewer's organization asks.
    Sent,
    /// What the viewer's organization is asked.
    Received,
    /// Public requests that take quotes now.
    Public,
}

/// Which requests; every part narrows.
#[derive(Debug, Default, InputObject)]
pub struct RfqFilterInput {
    /// Only these statuses; all when left out.
    #[graphql(default, validator(max_items = 9))]
    pub statuses: Vec<Closed<RfqStatus>>,
    /// Only in this venue.
    pub venue_id: Option<GlobalId<Venue>>,
}

/// The root fields that read requests.
#[derive(Debug, Default)]
pub struct RfqQuery;

#[Object]
impl RfqQuery {
    /// One request that the viewer may know of. Needs RFQ_READ.
    async fn rfq(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The request's global id.")] id: GlobalId<Rfq>,
    ) -> Result<Option<RfqNode>> {
        allowed(ctx, Permission::RfqRead)?;
        load_one(ctx, id.0).await.map(RfqNode).map(Some)
    }

    /// Requests for quotation, newest first. Needs RFQ_READ.
    #[expect(clippy::too_many_arguments, reason = "they are the field's arguments")]
    async fn rfqs(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "From which side.")] view: RfqView,
        #[graphql(desc = "Which ones.")] filter: Option<RfqFilterInput>,
        #[graphql(desc = "That many from the start, or from `after` on; 1 to 100.")] first: Option<i32>,
        #[graphql(desc = "Continue after this cursor.")] after: Option<String>,
        #[graphql(desc = "That many from the end, or up to `before`; 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "End before this cursor.")] before: Option<String>,
    ) -> Result<List<RfqNode>> {
        let session = allowed(ctx, Permission::RfqRead)?;
        let filter = filter.unwrap_or_default();
        let filter = RfqFilter {
            statuses: filter.statuses.into_iter().map(|status| status.0).collect(),
            venue: filter.venue_id.map(|id| id.0),
        };
        let fetch = async |page: &_| Ok(rfq::list(&*session.reading().await?, view.into(), &filter, page).await?);
        session.list(Paging::of(first, after, last, before), fetch, rfq::cursor, RfqNode).await
    }
}
