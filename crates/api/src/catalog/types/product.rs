//! A product as clients see it.

use async_graphql::{Context, Description, ID, Object, Result};
use tradehall_domain::access::Permission;
use tradehall_domain::catalog::{Attribute, Offer, Product, ProductStatus, RelationKind};
use tradehall_domain::gtin::Gtin;
use tradehall_domain::stock::Availability;
use tradehall_domain::text::{Prose, ShortText};
use tradehall_persistence::catalog::product;

use super::{CategoryNode, DocumentNode, OfferNode, PackagingNode, PartNumberNode, ProductTypeNode, RelationNode};
use crate::catalog::loaders::{DocumentsOf, OffersOf, PackagingsOf, PartNumbersOf, RelationsOf, availability_of};
use crate::graphql::action::{ALWAYS, ActionAvailability, Actions};
use crate::graphql::closed::Closed;
use crate::graphql::connection::{List, Paging, connection};
use crate::graphql::id::global;
use crate::graphql::loader::{PageOf, load_list, load_maybe, load_one, session};
use crate::graphql::localised::LocalisedText;
use crate::graphql::scalar::{CurrencyCode, DateTime, Decimal, UnitCode};
use crate::organization::OrganizationNode;
use crate::pricing::ProductPriceNode;

/// Something that is traded, as one organization describes it. Published products are seen by whomever their owner shows them to,
/// visitors included where its shop says so, others by their owner's people with CATALOG_READ.
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

    /// What is said in other languages, by language; at most 20.
    async fn translations(&self) -> Vec<LocalisedText> {
        LocalisedText::all(&self.0.translations)
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

    /// The type that says what its attributes mean; null for a product that is described freely.
    async fn product_type(&self, ctx: &Context<'_>) -> Result<Option<ProductTypeNode>> {
        let Some(product_type) = self.0.classification.product_type else { return Ok(None) };
        Ok(load_maybe(ctx, product_type).await?.map(ProductTypeNode))
    }

    /// The product that it is a variant of; null when it is none, or when that one is not shown to the viewer.
    async fn variant_of(&self, ctx: &Context<'_>) -> Result<Option<ProductNode>> {
        let Some(variant) = &self.0.classification.variant else { return Ok(None) };
        Ok(load_maybe(ctx, variant.of).await?.map(ProductNode))
    }

    /// The attributes in which it differs from the other variants, in its owner's order; empty when it is none.
    async fn variant_axes(&self, ctx: &Context<'_>) -> Result<Vec<AttributeNode>> {
        let (Some(product_type), Some(_)) = (self.0.classification.product_type, &self.0.classification.variant) else {
            return Ok(Vec::new());
        };
        let Some(product_type) = load_maybe(ctx, product_type).await? else { return Ok(Vec::new()) };
        let is_axis = |attribute: &&Attribute| product_type.axes().any(|axis| axis.code == attribute.name);
        Ok(self.0.details.attributes.iter().filter(is_axis).cloned().map(AttributeNode).collect())
    }

    /// The variants of it that the viewer may see, oldest first.
    async fn variants(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "That many from the start, or from `after` on; 1 to 100.")] first: Option<i32>,
        #[graphql(desc = "Continue after this cursor.")] after: Option<String>,
        #[graphql(desc = "That many from the end, or up to `before`; 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "End before this cursor.")] before: Option<String>,
    ) -> Result<List<ProductNode>> {
        let session = session(ctx)?;
        let page = session.page(&Paging::of(first, after, last, before))?;
        let page = load_maybe(ctx, PageOf { of: self.0.id, page }).await?.unwrap_or_default();
        Ok(connection(page, product::cursor, ProductNode))
    }

    /// How it is packed, in its owner's order; at most 20.
    async fn packagings(&self, ctx: &Context<'_>) -> Result<Vec<PackagingNode>> {
        Ok(load_list(ctx, PackagingsOf(self.0.id)).await?.into_iter().map(PackagingNode).collect())
    }

    /// Pictures, data sheets, certificates and manuals, in its owner's order; at most 50.
    async fn documents(&self, ctx: &Context<'_>) -> Result<Vec<DocumentNode>> {
        Ok(load_list(ctx, DocumentsOf(self.0.id)).await?.into_iter().map(DocumentNode).collect())
    }

    /// Other products that stand to it in some way, as far as the viewer may see them, by kind and in its owner's order; at most 100 of a kind.
    async fn relations(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Only those that stand to it in this way.")] kind: Option<Closed<RelationKind>>,
    ) -> Result<Vec<RelationNode>> {
        let all = load_list(ctx, RelationsOf(self.0.id)).await?.into_iter();
        Ok(all.filter(|relation| kind.is_none_or(|kind| kind.0 == relation.kind)).map(RelationNode).collect())
    }

    /// The numbers under which others know it, in the order in which they were recorded: those of other makers, the viewer's own, and for
    /// its owner's people with CATALOG_READ those of its customers.
    async fn part_numbers(&self, ctx: &Context<'_>) -> Result<Vec<PartNumberNode>> {
        Ok(load_list(ctx, PartNumbersOf(self.0.id)).await?.into_iter().map(PartNumberNode).collect())
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

    /// What one unit of it costs the viewer when so much is bought: its own price where it is a customer of the owner's, else the list
    /// price; null where no rule has a price, or the owner shows none.
    async fn price(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How much is bought, in `unit`; 1 when left out.")] quantity: Option<Decimal>,
        #[graphql(
            desc = "What the quantity counts: the product's own unit (when left out), one of its packagings, or one with a fixed relation to these."
        )]
        unit: Option<UnitCode>,
        #[graphql(desc = "In which currency; whichever the first rule names when left out.")] currency: Option<
            CurrencyCode,
        >,
        #[graphql(
            desc = "At what time; now when left out. What is past is answered as it was then, counted by the present packagings."
        )]
        as_of: Option<DateTime>,
    ) -> Result<Option<ProductPriceNode>> {
        ProductPriceNode::load(ctx, &self.0, quantity, unit, currency, as_of).await
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
        for verb in ["packProduct", "documentProduct", "relateProduct"] {
            actions.on_side(owner, verb, Permission::CatalogManage, ALWAYS);
        }
        actions.on_side(owner, "publishProduct", Permission::CatalogManage, tried(Product::publish));
        actions.on_side(owner, "withdrawProduct", Permission::CatalogManage, tried(Product::withdraw));
        if let Some(own) = own {
            actions.add("createOffer", Permission::CatalogManage, Offer::can_be_made(&self.0, own));
        }
        Ok(actions.done())
    }
}
