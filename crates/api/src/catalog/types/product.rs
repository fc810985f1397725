//! A product as clients see it.

use async_graphql::{Context, Description, ID, Object, Result};
use tradehall_domain::access::Permission;
use tradehall_domain::catalog::{Attribute, Offer, Product, ProductStatus};
use tradehall_domain::gtin::Gtin;
use tradehall_domain::stock::Availability;
use tradehall_domain::text::{Prose, ShortText};

use super::{CategoryNode, OfferNode};
use crate::catalog::loaders::{OffersOf, availability_of};
use crate::graphql::action::{ALWAYS, ActionAvailability, Actions};
use crate::graphql::closed::Closed;
use crate::graphql::id::global;
use crate::graphql::loader::{load_list, load_maybe, load_one, session};
use crate::graphql::scalar::{DateTime, UnitCode};
use crate::organization::OrganizationNode;

/// Something that is traded, as one organization describes it. Published products are seen by everyone signed in, others by
/// their owner's people with CATALOG_READ.
#[derive(Debug, Clone, Description)]
pub struct ProductNode(pub Product);

/// One thing said of a product, such as a thread of M8 or a length of 40 millimetres.
#[derive(Debug, Clone, Description)]
pub struct AttributeNode(pub Attribute);

#[Object(name = "ProductAttribute", use_type_description)]
impl AttributeNode {
    /// What is said something about, 1 to 60 characters; unique in the product, whatever its capitals and accents.
    async fn name(&self) -> &str {
        self.0.name.as_str()
    }

    /// What is said, 1 to 200 characters.
    async fn value(&self) -> &str {
        self.0.value.as_str()
    }

    /// The unit of a value that is a number; null for other values.
    async fn unit(&self) -> Option<UnitCode> {
        self.0.unit.map(UnitCode)
    }
}

#[Object(name = "Product", use_type_description)]
impl ProductNode {
    /// The opaque global id.
    pub async fn id(&self) -> ID {
        global(self.0.id)
    }

    /// The owner's number for it (SKU), 1 to 60 characters, unique among the owner's products; capitals count.
    async fn number(&self) -> &str {
        self.0.details.number.as_str()
    }

    /// What people call it, 1 to 200 characters.
    async fn name(&self) -> &str {
        self.0.details.name.as_str()
    }

    /// What else there is to say, up to 4000 characters; null when there is nothing.
    async fn description(&self) -> Option<&str> {
        self.0.details.description.as_ref().map(Prose::as_str)
    }

    /// The number under its barcode in the 14-digit form of GS1; null when it has none.
    async fn gtin(&self) -> Option<&str> {
        self.0.details.gtin.as_ref().map(Gtin::as_str)
    }

    /// Its maker's part number (MPN), 1 to 60 characters; null when it is not known.
    async fn mpn(&self) -> Option<&str> {
        self.0.details.mpn.as_ref().map(ShortText::as_str)
    }

    /// The name under which its maker sells it, 1 to 60 characters; null when it has none.
    async fn brand(&self) -> Option<&str> {
        self.0.details.brand.as_ref().map(ShortText::as_str)
    }

    /// In what it is counted or measured; offers may use another unit.
    async fn unit(&self) -> UnitCode {
        UnitCode(self.0.details.unit)
    }

    /// Where in its owner's tree it stands; null when it is not sorted in.
    async fn category(&self, ctx: &Context<'_>) -> Result<Option<CategoryNode>> {
        let Some(category) = self.0.details.category else { return Ok(None) };
        Ok(load_maybe(ctx, category).await?.map(CategoryNode))
    }

    /// What else is said of it, in its owner's order; at most 100.
    async fn attributes(&self) -> Vec<AttributeNode> {
        self.0.details.attributes.iter().cloned().map(AttributeNode).collect()
    }

    /// The organization that describes it.
    async fn owner(&self, ctx: &Context<'_>) -> Result<OrganizationNode> {
        load_one(ctx, self.0.owner).await.map(OrganizationNode)
    }

    /// Who sees it.
    async fn status(&self) -> Closed<ProductStatus> {
        self.0.status.into()
    }

    /// Since when the status holds.
    async fn since(&self) -> DateTime {
        DateTime(self.0.since)
    }

    /// When it was added.
    async fn created_at(&self) -> DateTime {
        DateTime(self.0.created_at)
    }

    /// Counts its changes; an edit names the version it was made against.
    async fn version(&self) -> i64 {
        self.0.version
    }

    /// What sellers ask for it now, as far as the viewer may see: its own offers, all offers of its own products, and public ones;
    /// by currency, unit and price.
    async fn offers(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How many at most, 1 to 100.", default = 20, validator(minimum = 1, maximum = 100))]
        first: i32,
    ) -> Result<Vec<OfferNode>> {
        let key = OffersOf { product: self.0.id, limit: usize::try_from(first).unwrap_or(1) };
        Ok(load_list(ctx, key).await?.into_iter().map(OfferNode).collect())
    }

    /// Whether it is there, as its owner lets others know; how much of it, only the owner sees.
    async fn availability(&self, ctx: &Context<'_>) -> Result<Closed<Availability>> {
        availability_of(ctx, self.0.id).await.map(Closed)
    }

    /// What the viewer can do with the product now.
    async fn available_actions(&self, ctx: &Context<'_>) -> Result<Vec<ActionAvailability>> {
        let session = session(ctx)?;
        let own = session.actor().organization;
        let owner = own == Some(self.0.owner);
        let now = session.app().store().now();
        let tried = |verb: fn(&mut Product, jiff::Timestamp) -> Result<_, _>| verb(&mut self.0.clone(), now).map(drop);
        let mut actions = Actions::of(session);
        actions.on_side(owner, "reviseProduct", Permission::CatalogManage, ALWAYS);
        actions.on_side(owner, "publishProduct", Permission::CatalogManage, tried(Product::publish));
        actions.on_side(owner, "withdrawProduct", Permission::CatalogManage, tried(Product::withdraw));
        if let Some(own) = own {
            actions.add("createOffer", Permission::CatalogManage, Offer::can_be_made(&self.0, own));
        }
        Ok(actions.done())
    }
}
