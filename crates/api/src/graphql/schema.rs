//! The roots: what can be asked, by area.

use async_graphql::{EmptySubscription, MergedObject};

use super::node::NodeQuery;
use crate::organization::{OrganizationMutation, OrganizationQuery};
use crate::venue::{VenueMutation, VenueQuery};

/// The schema with its roots.
pub type Schema = async_graphql::Schema<Query, Mutation, EmptySubscription>;

/// Everything that can be read.
#[derive(Default, MergedObject)]
pub struct Query(NodeQuery, People, Market);

/// Reading: who trades.
#[derive(Default, MergedObject)]
pub struct People(OrganizationQuery);

/// Reading: the places where trade happens.
#[derive(Default, MergedObject)]
pub struct Market(VenueQuery);

/// Everything that can be changed.
#[derive(Default, MergedObject)]
pub struct Mutation(PeopleMutation, MarketMutation);

/// Changing: who trades.
#[derive(Default, MergedObject)]
pub struct PeopleMutation(OrganizationMutation);

/// Changing: the places where trade happens.
#[derive(Default, MergedObject)]
pub struct MarketMutation(VenueMutation);

/// The schema. Limits are kept before execution, by the endpoint, so no extension slows its fields down.
#[must_use]
pub fn build() -> Schema {
    Schema::build(Query::default(), Mutation::default(), EmptySubscription).finish()
}
