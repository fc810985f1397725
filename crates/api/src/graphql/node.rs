//! `node(id:)` and `nodes(ids:)`: any object by its global id (Relay Global Object Identification).

use async_graphql::{Context, ID, Interface, Object, Result};
use tradehall_domain::access::Permission;
use tradehall_domain::attachment::Attachment;
use tradehall_domain::catalog::{Category, Offer, Product, ProductType};
use tradehall_domain::id::Id;
use tradehall_domain::organization::Organization;
use tradehall_domain::venue::Venue;
use uuid::Uuid;

use super::id::{NodeType, parse};
use super::loader::{allowed, load_maybe};
use crate::agreement::{AgreementLineNode, AgreementNode};
use crate::attachment::AttachmentNode;
use crate::catalog::{CategoryNode, OfferNode, ProductNode, ProductTypeNode};
use crate::customer::{AssortmentNode, CustomerNode, SegmentNode};
use crate::export::ExportNode;
use crate::identity::{ApiKeyNode, UserNode};
use crate::import::{ImportMappingNode, ImportNode};
use crate::order::{OrderLineNode, OrderNode};
use crate::organization::{CustomRoleNode, MembershipNode, OrganizationNode, OrganizationUnitNode};
use crate::pricing::{PriceListNode, PromotionNode};
use crate::publishing::CatalogVersionNode;
use crate::quote::QuoteNode;
use crate::rfq::{InvitationNode, RfqNode};
use crate::stock::StockNode;
use crate::venue::VenueNode;

/// Anything that has a global id.
#[derive(Debug, Clone, Interface)]
#[graphql(field(name = "id", ty = "ID", desc = "The opaque global id."))]
pub enum Node {
    /// A person with an account.
    User(UserNode),
    /// A credential of an organization's machines.
    ApiKey(ApiKeyNode),
    /// A company that trades.
    Organization(OrganizationNode),
    /// A department or branch of a company.
    OrganizationUnit(OrganizationUnitNode),
    /// A person in a company.
    Membership(MembershipNode),
    /// A role that a company made for itself.
    CustomRole(CustomRoleNode),
    /// A place where trade happens.
    Venue(VenueNode),
    /// A customer of the viewer's shop.
    Customer(CustomerNode),
    /// Customers whom their seller treats alike.
    Segment(SegmentNode),
    /// A part of a seller's goods.
    Assortment(AssortmentNode),
    /// A file that was uploaded.
    Attachment(AttachmentNode),
    /// A request for quotation.
    Rfq(RfqNode),
    /// A supplier asked to quote.
    Invitation(InvitationNode),
    /// A supplier's quote.
    Quote(QuoteNode),
    /// What a buyer and a seller are bound to.
    Order(OrderNode),
    /// One line of an order.
    OrderLine(OrderLineNode),
    /// What a seller and its customer agreed for a time.
    Agreement(AgreementNode),
    /// One line of an agreement that binds.
    AgreementLine(AgreementLineNode),
    /// A place in an organization's tree of products.
    Category(CategoryNode),
    /// Something that is traded.
    Product(ProductNode),
    /// A kind of product.
    ProductType(ProductTypeNode),
    /// A set of changes of a catalog that goes live in one moment.
    CatalogVersion(CatalogVersionNode),
    /// What a seller asks for a product.
    Offer(OfferNode),
    /// One run of an import.
    Import(ImportNode),
    /// Prices of a seller for a group of buyers.
    PriceList(PriceListNode),
    /// What a seller takes off for a group of buyers.
    Promotion(PromotionNode),
    /// A mapping of columns to fields that an organization keeps.
    ImportMapping(ImportMappingNode),
    /// One run of an export.
    Export(ExportNode),
    /// How much of a product lies at one location.
    Stock(StockNode),
}

/// The most ids that `nodes` takes.
pub const NODES_MAX: usize = 100;

/// The root fields that read anything by its global id.
#[derive(Debug, Default)]
pub struct NodeQuery;

#[Object]
impl NodeQuery {
    /// The object of that id, or null when there is none that the viewer may see. Needs a signed-in viewer, but for what shops show
    /// visitors: products, their categories, types, offers and files, the shop and its seller.
    async fn node(&self, ctx: &Context<'_>, #[graphql(desc = "Any global id.")] id: ID) -> Result<Option<Node>> {
        resolve(ctx, &id).await
    }

    /// The objects of these ids, in their order, null where there is none that the viewer may see; at most 100. Needs what `node` needs
    /// for each.
    async fn nodes(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Global ids, at most 100.", validator(max_items = 100))] ids: Vec<ID>,
    ) -> Result<Vec<Option<Node>>> {
        futures_util::future::try_join_all(ids.iter().map(|id| resolve(ctx, id))).await
    }
}

async fn resolve(ctx: &Context<'_>, id: &str) -> Result<Option<Node>> {
    let parsed = parse(id);
    let permission = parsed.as_ref().map_or(Permission::SignedIn, |(name, _)| needed_for(name));
    allowed(ctx, permission)?;
    match parsed {
        Some((name, uuid)) => find(ctx, &name, uuid).await,
        None => Ok(None),
    }
}

/// What whoever asks for an object of the GraphQL type `name` by its id must be allowed: a known person or key, but for the types of what
/// sellers show to visitors. Of those a visitor finds what its transaction sees, and no other.
fn needed_for(name: &str) -> Permission {
    let shown = [
        <Product as NodeType>::NAME,
        <Category as NodeType>::NAME,
        <ProductType as NodeType>::NAME,
        <Offer as NodeType>::NAME,
        <Attachment as NodeType>::NAME,
        <Venue as NodeType>::NAME,
        <Organization as NodeType>::NAME,
    ];
    if shown.contains(&name) { Permission::Visit } else { Permission::SignedIn }
}

/// The object of the GraphQL type `name` with that number, if there is one that the viewer may see.
///
/// # Errors
/// What the statement ran into.
pub async fn find(ctx: &Context<'_>, name: &str, uuid: Uuid) -> Result<Option<Node>> {
    macro_rules! by_type {
        ($($node:ident($domain:ty)),* $(,)?) => {
            match name {
                $(<$domain as NodeType>::NAME => {
                    let found = load_maybe(ctx, Id::<$domain>::from_uuid(uuid)).await?;
                    Ok(found.map(|found| Node::from($node(found))))
                })*
                _ => Ok(None),
            }
        };
    }
    by_type! {
        UserNode(tradehall_domain::identity::User),
        ApiKeyNode(tradehall_domain::identity::ApiKey),
        OrganizationNode(Organization),
        OrganizationUnitNode(tradehall_domain::organization::OrganizationUnit),
        MembershipNode(tradehall_domain::organization::Membership),
        CustomRoleNode(tradehall_domain::organization::CustomRole),
        VenueNode(Venue),
        CustomerNode(tradehall_domain::customer::Customer),
        SegmentNode(tradehall_domain::customer::Segment),
        AssortmentNode(tradehall_domain::customer::Assortment),
        AttachmentNode(Attachment),
        RfqNode(tradehall_domain::rfq::Rfq),
        InvitationNode(tradehall_domain::rfq::Invitation),
        QuoteNode(tradehall_domain::quote::Quote),
        OrderNode(tradehall_domain::order::Order),
        OrderLineNode(tradehall_domain::order::OrderLine),
        AgreementNode(tradehall_domain::agreement::Agreement),
        AgreementLineNode(tradehall_domain::agreement::AgreementLine),
        CategoryNode(Category),
        ProductNode(Product),
        ProductTypeNode(ProductType),
        CatalogVersionNode(tradehall_domain::publishing::CatalogVersion),
        OfferNode(Offer),
        ImportNode(tradehall_domain::import::Import),
        PriceListNode(tradehall_domain::pricing::PriceList),
        PromotionNode(tradehall_domain::pricing::Promotion),
        ImportMappingNode(tradehall_domain::import::ImportMapping),
        ExportNode(tradehall_domain::export::Export),
        StockNode(tradehall_domain::stock::Stock),
    }
}
