//! The roots: what can be asked, by area.

use async_graphql::{MergedObject, SchemaBuilder, ValidationMode};

use super::node::NodeQuery;
use crate::attachment::{AttachmentMutation, AttachmentQuery};
use crate::catalog::{
    CatalogQuery, CategoryMutation, OfferMutation, PartNumberMutation, ProductDetailMutation, ProductMutation,
    ProductTypeMutation,
};
use crate::customer::{AssortmentMutation, CustomerMutation, CustomerQuery, SegmentMutation};
use crate::feed::Subscription;
use crate::identity::{ApiKeyMutation, AuthenticationMutation, IdentityQuery, PasswordMutation};
use crate::import::{ImportMutation, ImportQuery};
use crate::order::{OrderMutation, OrderQuery};
use crate::organization::{OrganizationMutation, OrganizationQuery};
use crate::publishing::{CatalogChangeMutation, CatalogVersionMutation, PublishingQuery};
use crate::quote::{QuoteMutation, QuoteQuery};
use crate::rfq::{InvitationMutation, RfqMutation, RfqQuery};
use crate::search::SearchQuery;
use crate::venue::{VenueMutation, VenueQuery};

/// The schema with its roots.
pub type Schema = async_graphql::Schema<Query, Mutation, Subscription>;

/// Everything that can be read.
#[derive(Default, MergedObject)]
pub struct Query(NodeQuery, People, Catalog, Market, Sourcing, Trade);

/// Reading: who trades.
#[derive(Default, MergedObject)]
pub struct People(IdentityQuery, OrganizationQuery);

/// Reading: what is traded.
#[derive(Default, MergedObject)]
pub struct Catalog(CatalogQuery, SearchQuery, PublishingQuery, ImportQuery, AttachmentQuery);

/// Reading: the places where trade happens.
#[derive(Default, MergedObject)]
pub struct Market(VenueQuery, CustomerQuery);

/// Reading: what is asked and quoted.
#[derive(Default, MergedObject)]
pub struct Sourcing(RfqQuery, QuoteQuery);

/// Reading: what was traded.
#[derive(Default, MergedObject)]
pub struct Trade(OrderQuery);

/// Everything that can be changed.
#[derive(Default, MergedObject)]
pub struct Mutation(
    IdentityMutation,
    PeopleMutation,
    CatalogMutation,
    Publishing,
    MarketMutation,
    SourcingMutation,
    TradeMutation,
);

/// Changing: people, logins and keys.
#[derive(Default, MergedObject)]
pub struct IdentityMutation(AuthenticationMutation, PasswordMutation, ApiKeyMutation);

/// Changing: who trades.
#[derive(Default, MergedObject)]
pub struct PeopleMutation(OrganizationMutation);

/// Changing: the places where trade happens.
#[derive(Default, MergedObject)]
pub struct MarketMutation(VenueMutation, CustomerMutation, SegmentMutation, AssortmentMutation);

/// Changing: what is asked and quoted.
#[derive(Default, MergedObject)]
pub struct SourcingMutation(RfqMutation, InvitationMutation, QuoteMutation);

/// Changing: what was traded.
#[derive(Default, MergedObject)]
pub struct TradeMutation(OrderMutation);

/// Changing: the versions in which catalogs are published.
#[derive(Default, MergedObject)]
pub struct Publishing(CatalogVersionMutation, CatalogChangeMutation);

/// Changing: what is traded.
#[derive(Default, MergedObject)]
pub struct CatalogMutation(
    CategoryMutation,
    ProductMutation,
    ProductTypeMutation,
    ProductDetailMutation,
    PartNumberMutation,
    OfferMutation,
    ImportMutation,
    AttachmentMutation,
);

/// The schema. Limits are kept before execution, by the endpoint, so no extension slows its fields down.
#[must_use]
pub fn build() -> Schema {
    build_with(true)
}

/// The same. Without introspection, what a refused document is told names no field that it did not name itself: the library's
/// suggestions would spell the schema out to whoever asks often enough.
#[must_use]
pub fn build_with(introspection: bool) -> Schema {
    if introspection { builder().finish() } else { builder().disable_suggestions().finish() }
}

/// The same, for documents that were found valid before.
#[must_use]
pub fn build_unvalidated() -> Schema {
    builder().validation_mode(ValidationMode::Fast).finish()
}

fn builder() -> SchemaBuilder<Query, Mutation, Subscription> {
    Schema::build(Query::default(), Mutation::default(), Subscription)
}
