//! A customer as its seller sees it.

use async_graphql::{Context, Description, ID, Object, Result};
use tradehall_domain::access::Permission;
use tradehall_domain::customer::{Customer, CustomerReach};
use tradehall_domain::text::{Prose, ShortText};
use tradehall_domain::venue::{Participation, ParticipationStatus};

use super::SegmentNode;
use crate::customer::loaders::{Known, NotedOf, SegmentsOf};
use crate::graphql::action::{ALWAYS, ActionAvailability, Actions};
use crate::graphql::closed::Closed;
use crate::graphql::id::global;
use crate::graphql::loader::{load_list, load_maybe, session};
use crate::graphql::scalar::DateTime;
use crate::organization::OrganizationNode;
use crate::venue::ParticipationNode;

/// An organization that registered with the viewer's shop, and what the shop's owner notes of it. Nobody else sees the notes.
#[derive(Debug, Clone, Description)]
pub struct CustomerNode(pub Known);

impl CustomerNode {
    async fn noted(&self, ctx: &Context<'_>) -> Result<Customer> {
        if let Some(noted) = &self.0.1 {
            return Ok(noted.clone());
        }
        let found = load_maybe(ctx, NotedOf(Customer::id_of(self.0.0.id))).await?;
        Ok(found.unwrap_or_else(|| Customer::of(&self.0.0)))
    }
}

impl From<Participation> for CustomerNode {
    fn from(part: Participation) -> Self {
        Self((part, None))
    }
}

#[Object(name = "Customer", use_type_description)]
impl CustomerNode {
    /// The opaque global id.
    pub async fn id(&self) -> ID {
        global(Customer::id_of(self.0.0.id))
    }

    /// Who it is.
    async fn organization(&self, ctx: &Context<'_>) -> Result<OrganizationNode> {
        crate::graphql::loader::load_one(ctx, self.0.0.organization).await.map(OrganizationNode)
    }

    /// Its part in the shop, with the steps of its registration and approval.
    async fn participation(&self) -> ParticipationNode {
        ParticipationNode(self.0.0.clone())
    }

    /// How far its registration has come; it is a customer while it is APPROVED.
    async fn status(&self) -> Closed<ParticipationStatus> {
        self.0.0.status.into()
    }

    /// Since when that holds.
    async fn since(&self) -> DateTime {
        DateTime(self.0.0.since)
    }

    /// The seller's number for it, 1 to 60 characters, unique among its customers; null when it has none.
    async fn number(&self, ctx: &Context<'_>) -> Result<Option<String>> {
        Ok(self.noted(ctx).await?.number.as_ref().map(ShortText::to_string))
    }

    /// What else the seller wants to remember, up to 2000 characters; null when there is nothing.
    async fn note(&self, ctx: &Context<'_>) -> Result<Option<String>> {
        Ok(self.noted(ctx).await?.note.as_ref().map(Prose::to_string))
    }

    /// Which part of the seller's goods it is shown.
    async fn reach(&self, ctx: &Context<'_>) -> Result<Closed<CustomerReach>> {
        Ok(self.noted(ctx).await?.reach.into())
    }

    /// Counts the changes of what is noted, 0 while nothing was; an edit names the version it was made against.
    async fn version(&self, ctx: &Context<'_>) -> Result<i64> {
        Ok(self.noted(ctx).await?.version)
    }

    /// The segments it is in, oldest first; at most 200.
    async fn segments(&self, ctx: &Context<'_>) -> Result<Vec<SegmentNode>> {
        let list = load_list(ctx, SegmentsOf(self.0.0.organization)).await?;
        Ok(list.into_iter().map(SegmentNode).collect())
    }

    /// What the viewer can do with the customer now.
    async fn available_actions(&self, ctx: &Context<'_>) -> Result<Vec<ActionAvailability>> {
        let mut actions = Actions::of(session(ctx)?);
        actions.add("amendCustomer", Permission::CustomerManage, ALWAYS);
        Ok(actions.done())
    }
}
