//! Reading orders.

use async_graphql::{Context, Object, Result};
use tradehall_domain::access::Permission;
use tradehall_domain::order::{Order, OrderNumber};
use tradehall_domain::organization::OrganizationId;
use tradehall_domain::problem::Code;
use tradehall_domain::side::Side;
use tradehall_persistence::order::{self, OrderFilter};

use super::inputs::OrderFilterInput;
use super::types::OrderNode;
use crate::app::Error;
use crate::graphql::closed::Closed;
use crate::graphql::connection::{List, Paging};
use crate::graphql::id::GlobalId;
use crate::graphql::loader::{allowed, load_one};

/// The root fields that read orders.
#[derive(Debug, Default)]
pub struct OrderQuery;

#[Object]
impl OrderQuery {
    /// One order that the viewer's organization placed or received. Needs ORDER_READ.
    async fn order(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The order's global id.")] id: GlobalId<Order>,
    ) -> Result<Option<OrderNode>> {
        allowed(ctx, Permission::OrderRead)?;
        load_one(ctx, id.0).await.map(OrderNode).map(Some)
    }

    /// The orders that the viewer's organization placed (as BUYER) or received (as SELLER), the last placed first. Needs ORDER_READ.
    #[expect(clippy::too_many_arguments, reason = "they are the field's arguments")]
    async fn orders(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "On which side the viewer's organization stands in them.")] side: Closed<Side>,
        #[graphql(desc = "Which of them; all when left out.")] filter: Option<OrderFilterInput>,
        #[graphql(desc = "That many from the start, or from `after` on; 1 to 100.")] first: Option<i32>,
        #[graphql(desc = "Continue after this cursor.")] after: Option<String>,
        #[graphql(desc = "That many from the end, or up to `before`; 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "End before this cursor.")] before: Option<String>,
    ) -> Result<List<OrderNode>> {
        let session = allowed(ctx, Permission::OrderRead)?;
        let filter = narrowed(session.actor().organization, side.0, filter.unwrap_or_default());
        let filter = filter.map_err(|error| session.fail(error))?;
        let fetch = async |page: &_| Ok(order::list(&*session.reading().await?, &filter, page).await?);
        session.list(Paging::of(first, after, last, before), fetch, order::cursor, OrderNode).await
    }
}

fn narrowed(party: Option<OrganizationId>, side: Side, input: OrderFilterInput) -> Result<OrderFilter, Error> {
    let number = input.number.as_deref().map(OrderNumber::parse).transpose();
    Ok(OrderFilter {
        party: party.ok_or(Code::NoOrganization)?,
        side,
        status: input.status.map(|status| status.0),
        counterparty: input.counterparty_id.map(|id| id.0),
        number: number.map_err(|problem| problem.at("number").at("filter"))?,
        placed_from: input.placed_from.map(|time| time.0),
        placed_before: input.placed_before.map(|time| time.0),
    })
}
