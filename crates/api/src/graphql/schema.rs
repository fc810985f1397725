//! The roots: what can be asked, by area.

use async_graphql::{EmptySubscription, MergedObject};

use super::node::NodeQuery;
use crate::catalog::{CatalogQuery, CategoryMutation, OfferMutation, ProductMutation};
use crate::import::{ImportMutation, ImportQuery};
use crate::venue::{VenueMutation, VenueQuery};

/// The schema with its roots.
pub type Schema = async_graphql::Schema<Query, Mutation, EmptySubscription>;

/// Everything that can be read.
#[derive(Default, MergedObject)]
pub struct Query(NodeQuery, Market, Catalog);

/// Reading: the places where trade happens.
#[derive(Default, MergedObject)]
pub struct Market(VenueQuery);

/// Reading: what is traded.
#[derive(Default, MergedObject)]
pub struct Catalog(CatalogQuery, ImportQuery);

/// Everything that can be changed.
#[derive(Default, MergedObject)]
pub struct Mutation(MarketMutation, CatalogMutation);

/// Changing: the places where trade happens.
#[derive(Default, MergedObject)]
pub struct MarketMutation(VenueMutation);

/// Changing: what is traded.
#[derive(Default, MergedObject)]
pub struct CatalogMutation(CategoryMutation, ProductMutation, OfferMutation, ImportMutation);

/// The schema. Limits are kept before execution, by the endpoint, so no extension slows its fields down.
#[must_use]
pub fn build() -> Schema {
    Schema::build(Query::default(), Mutation::default(), EmptySubscription).finish()
}
