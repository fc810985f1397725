//! Reading customers, segments and assortments.

use async_graphql::{Context, InputObject, Object, Result};
use tradehall_domain::access::Permission;
use tradehall_domain::customer::{Assortment, Customer, Segment};
use tradehall_domain::problem::Code;
use tradehall_domain::venue::ParticipationStatus;
use tradehall_persistence::customer::{assortment, segment};
use tradehall_persistence::venue;

use super::types::{AssortmentNode, CustomerNode, SegmentNode};
use crate::graphql::closed::Closed;
use crate::graphql::connection::{List, Paging};
use crate::graphql::id::GlobalId;
use crate::graphql::loader::{allowed, load_one};

/// Which customers are meant; every field narrows.
#[derive(Debug, Default, InputObject)]
pub struct CustomerFilter {
    /// Only those at this point of their registration: APPLIED for those that wait for a decision.
    pub status: Option<Closed<ParticipationStatus>>,
    /// Only those in this segment.
    pub segment_id: Option<GlobalId<Segment>>,
}

/// The root fields that read customers.
#[derive(Debug, Default)]
pub struct CustomerQuery;

#[Object]
impl CustomerQuery {
    /// One customer of the viewer's shop. Needs CUSTOMER_READ.
    async fn customer(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The customer's global id.")] id: GlobalId<Customer>,
    ) -> Result<Option<CustomerNode>> {
        allowed(ctx, Permission::CustomerRead)?;
        load_one(ctx, id.0).await.map(CustomerNode).map(Some)
    }

    /// Who has registered with the viewer's shop, newest first, whatever came of it. Needs CUSTOMER_READ.
    async fn customers(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which customers; all when left out.")] filter: Option<CustomerFilter>,
        #[graphql(desc = "That many from the start, or from `after` on; 1 to 100.")] first: Option<i32>,
        #[graphql(desc = "Continue after this cursor.")] after: Option<String>,
        #[graphql(desc = "That many from the end, or up to `before`; 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "End before this cursor.")] before: Option<String>,
    ) -> Result<List<CustomerNode>> {
        let session = allowed(ctx, Permission::CustomerRead)?;
        let own = session.actor().organization.ok_or_else(|| session.fail(Code::NoOrganization.into()))?;
        let filter = filter.unwrap_or_default();
        let filter = venue::CustomerFilter {
            seller: own,
            status: filter.status.map(|status| status.0),
            group: filter.segment_id.map(|id| id.0.group()),
        };
        let fetch = async |page: &_| Ok(venue::customers(&*session.reading().await?, &filter, page).await?);
        session
            .list(Paging::of(first, after, last, before), fetch, venue::participation_cursor, CustomerNode::from)
            .await
    }

    /// One segment of the viewer's organization. Needs CUSTOMER_READ.
    async fn segment(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The segment's global id.")] id: GlobalId<Segment>,
    ) -> Result<Option<SegmentNode>> {
        allowed(ctx, Permission::CustomerRead)?;
        load_one(ctx, id.0).await.map(SegmentNode).map(Some)
    }

    /// The segments of the viewer's organization, oldest first; at most 200. Needs CUSTOMER_READ.
    async fn segments(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "That many from the start, or from `after` on; 1 to 100.")] first: Option<i32>,
        #[graphql(desc = "Continue after this cursor.")] after: Option<String>,
        #[graphql(desc = "That many from the end, or up to `before`; 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "End before this cursor.")] before: Option<String>,
    ) -> Result<List<SegmentNode>> {
        let session = allowed(ctx, Permission::CustomerRead)?;
        let fetch = async |page: &_| Ok(segment::list(&*session.reading().await?, page).await?);
        session.list(Paging::of(first, after, last, before), fetch, segment::cursor, SegmentNode).await
    }

    /// One assortment of the viewer's organization. Needs CUSTOMER_READ.
    async fn assortment(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The assortment's global id.")] id: GlobalId<Assortment>,
    ) -> Result<Option<AssortmentNode>> {
        allowed(ctx, Permission::CustomerRead)?;
        load_one(ctx, id.0).await.map(AssortmentNode).map(Some)
    }

    /// The assortments of the viewer's organization, oldest first; at most 200. Needs CUSTOMER_READ.
    async fn assortments(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "That many from the start, or from `after` on; 1 to 100.")] first: Option<i32>,
        #[graphql(desc = "Continue after this cursor.")] after: Option<String>,
        #[graphql(desc = "That many from the end, or up to `before`; 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "End before this cursor.")] before: Option<String>,
    ) -> Result<List<AssortmentNode>> {
        let session = allowed(ctx, Permission::CustomerRead)?;
        let fetch = async |page: &_| Ok(assortment::list(&*session.reading().await?, page).await?);
        session.list(Paging::of(first, after, last, before), fetch, assortment::cursor, AssortmentNode).await
    }
}
