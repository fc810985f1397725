//! The roots: what can be asked, by area.

use async_graphql::{EmptySubscription, MergedObject};

use super::node::NodeQuery;
use crate::catalog::{CatalogQuery, CategoryMutation, OfferMutation, ProductMutation};
use crate::import::{ImportMutation, ImportQuery};
use crate::order::{OrderMutation, OrderQuery};
use crate::quote::{QuoteMutation, QuoteQuery};
use crate::rfq::{InvitationMutation, RfqMutation, RfqQuery};
use crate::venue::{VenueMutation, VenueQuery};

/// The schema with its roots.
pub type Schema = async_graphql::Schema<Query, Mutation, EmptySubscription>;

/// Everything that can be read.
#[derive(Default, MergedObject)]
pub struct Query(NodeQuery, Market, Catalog, Sourcing, Trade);

/// Reading: the places where trade happens.
#[derive(Default, MergedObject)]
pub struct Market(VenueQuery);

/// Reading: what can be traded.
#[derive(Default, MergedObject)]
pub struct Catalog(CatalogQuery, ImportQuery);

/// Reading: what is asked and quoted.
#[derive(Default, MergedObject)]
pub struct Sourcing(RfqQuery, QuoteQuery);

/// Reading: what was traded.
#[derive(Default, MergedObject)]
pub struct Trade(OrderQuery);

/// Everything that can be changed.
#[derive(Default, MergedObject)]
pub struct Mutation(MarketMutation, CatalogMutation, SourcingMutation, TradeMutation);

/// Changing: the places where trade happens.
#[derive(Default, MergedObject)]
pub struct MarketMutation(VenueMutation);

/// Changing: what can be traded.
#[derive(Default, MergedObject)]
pub struct CatalogMutation(CategoryMutation, ProductMutation, OfferMutation, ImportMutation);

/// Changing: what is asked and quoted.
#[derive(Default, MergedObject)]
pub struct SourcingMutation(RfqMutation, InvitationMutation, QuoteMutation);

/// Changing: what was traded.
#[derive(Default, MergedObject)]
pub struct TradeMutation(OrderMutation);

/// The schema. Limits are kept before execution, by the endpoint, so no extension slows its fields down.
#[must_use]
pub fn build() -> Schema {
    Schema::build(Query::default(), Mutation::default(), EmptySubscription).finish()
}
