//! Reading catalogs.

use async_graphql::{Context, InputObject, Object, Result};
use tradehall_domain::access::Permission;
use tradehall_domain::catalog::{Category, Offer, OfferStatus, Product, ProductStatus, ProductType};
use tradehall_domain::organization::Organization;
use tradehall_domain::problem::Code;
use tradehall_domain::side::Side;
use tradehall_persistence::catalog::{category, offer, product, product_type};

use super::loaders::reads_unpublished;
use super::lookup::{NumberMatch, look_up};
use super::types::{CategoryNode, OfferNode, PartNumberMatch, PartNumberMatches, ProductNode, ProductTypeNode};
use crate::graphql::closed::Closed;
use crate::graphql::connection::{List, Paging};
use crate::graphql::id::GlobalId;
use crate::graphql::loader::{allowed, counted, load_one};

/// Which products are meant; every field narrows.
#[derive(Debug, Default, InputObject)]
pub struct ProductFilter {
    /// Only those in this category or below it.
    pub category_id: Option<GlobalId<Category>>,
    /// Only those of this organization.
    pub owner_id: Option<GlobalId<Organization>>,
    /// Only those in this status; drafts and withdrawn ones are the viewer's own.
    pub status: Option<Closed<ProductStatus>>,
    /// Only these, at most 100.
    #[graphql(validator(max_items = 100))]
    pub ids: Option<Vec<GlobalId<Product>>>,
}

/// Which offers are meant; every field narrows.
#[derive(Debug, InputObject)]
pub struct OfferFilter {
    /// SELLER for the offers that the viewer's organization makes, BUYER for those that others and itself make of its products.
    pub side: Closed<Side>,
    /// Only those of this product.
    pub product_id: Option<GlobalId<Product>>,
    /// Only those in this status.
    pub status: Option<Closed<OfferStatus>>,
}

impl ProductFilter {
    fn read(self, published_only: bool) -> product::Filter {
        product::Filter {
            ids: self.ids.map(|ids| ids.into_iter().map(|id| id.0).collect()),
            owner: self.owner_id.map(|id| id.0),
            category: self.category_id.map(|id| id.0),
            status: self.status.map(|status| status.0),
            published_only,
        }
    }
}

/// The root fields that read catalogs.
#[derive(Debug, Default)]
pub struct CatalogQuery;

#[Object]
impl CatalogQuery {
    /// One product that the viewer may see. Needs nothing: visitors see what shops show them.
    async fn product(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The product's global id.")] id: GlobalId<Product>,
    ) -> Result<Option<ProductNode>> {
        allowed(ctx, Permission::Visit)?;
        load_one(ctx, id.0).await.map(ProductNode).map(Some)
    }

    /// The products that the viewer may see, newest first: published ones, and the others of its organization with CATALOG_READ. Needs
    /// nothing: visitors see what shops show them.
    async fn products(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which products; all when left out.")] filter: Option<ProductFilter>,
        #[graphql(desc = "That many from the start, or from `after` on; 1 to 100.")] first: Option<i32>,
        #[graphql(desc = "Continue after this cursor.")] after: Option<String>,
        #[graphql(desc = "That many from the end, or up to `before`; 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "End before this cursor.")] before: Option<String>,
    ) -> Result<List<ProductNode>> {
        let session = allowed(ctx, Permission::Visit)?;
        let filter = filter.unwrap_or_default().read(!reads_unpublished(session));
        let fetch = async |page: &_| Ok(product::list(&*session.reading().await?, &filter, page).await?);
        session.list(Paging::of(first, after, last, before), fetch, product::cursor, ProductNode).await
    }

    /// One category that the viewer may see. Needs nothing: visitors see those of what shops show them.
    async fn category(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The category's global id.")] id: GlobalId<Category>,
    ) -> Result<Option<CategoryNode>> {
        allowed(ctx, Permission::Visit)?;
        load_one(ctx, id.0).await.map(CategoryNode).map(Some)
    }

    /// The top of an organization's tree of categories, as far as the viewer may see it, oldest first. Needs nothing: visitors see the
    /// categories of what shops show them.
    async fn categories(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Whose tree.")] owner_id: GlobalId<Organization>,
        #[graphql(desc = "That many from the start, or from `after` on; 1 to 100.")] first: Option<i32>,
        #[graphql(desc = "Continue after this cursor.")] after: Option<String>,
        #[graphql(desc = "That many from the end, or up to `before`; 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "End before this cursor.")] before: Option<String>,
    ) -> Result<List<CategoryNode>> {
        let session = allowed(ctx, Permission::Visit)?;
        let all = reads_unpublished(session);
        let fetch = async |page: &_| Ok(category::tops(&*session.reading().await?, owner_id.0, all, page).await?);
        session.list(Paging::of(first, after, last, before), fetch, category::cursor, CategoryNode).await
    }

    /// The products that the viewer may see and that somebody knows under these numbers: their owners' own, makers' part numbers, barcodes of
    /// products and packagings, the viewer's own and its customers', those of other makers, and those of products whose place they took.
    /// Needs a signed-in viewer.
    async fn products_by_part_number(
        &self,
        ctx: &Context<'_>,
        #[graphql(
            desc = "Which numbers, at most 100; signs and capitals count only in owners' and makers' own.",
            validator(max_items = 100)
        )]
        numbers: Vec<String>,
        #[graphql(desc = "Only products of this organization.")] owner_id: Option<GlobalId<Organization>>,
    ) -> Result<Vec<PartNumberMatches>> {
        let session = allowed(ctx, Permission::SignedIn)?;
        let found = look_up(session, &numbers, owner_id.map(|id| id.0)).await.map_err(|error| session.fail(error))?;
        let one =
            |(by, product): (NumberMatch, Product)| PartNumberMatch { by: by.into(), product: ProductNode(product) };
        let shown = numbers
            .into_iter()
            .zip(found)
            .map(|(number, found)| PartNumberMatches { number, matches: found.into_iter().map(one).collect() });
        let shown: Vec<_> = shown.collect();
        counted(ctx, shown.iter().map(|one| one.matches.len()).sum())?;
        Ok(shown)
    }

    /// One product type that the viewer may see. Needs a signed-in viewer.
    async fn product_type(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The product type's global id.")] id: GlobalId<ProductType>,
    ) -> Result<Option<ProductTypeNode>> {
        allowed(ctx, Permission::SignedIn)?;
        load_one(ctx, id.0).await.map(ProductTypeNode).map(Some)
    }

    /// The product types of an organization that the viewer may see, oldest first. Needs a signed-in viewer.
    async fn product_types(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Whose types.")] owner_id: GlobalId<Organization>,
        #[graphql(desc = "That many from the start, or from `after` on; 1 to 100.")] first: Option<i32>,
        #[graphql(desc = "Continue after this cursor.")] after: Option<String>,
        #[graphql(desc = "That many from the end, or up to `before`; 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "End before this cursor.")] before: Option<String>,
    ) -> Result<List<ProductTypeNode>> {
        let session = allowed(ctx, Permission::SignedIn)?;
        let all = reads_unpublished(session);
        let fetch = async |page: &_| Ok(product_type::list(&*session.reading().await?, owner_id.0, all, page).await?);
        session.list(Paging::of(first, after, last, before), fetch, product_type::cursor, ProductTypeNode).await
    }

    /// One offer that the viewer may see. Needs a signed-in viewer.
    async fn offer(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The offer's global id.")] id: GlobalId<Offer>,
    ) -> Result<Option<OfferNode>> {
        allowed(ctx, Permission::SignedIn)?;
        load_one(ctx, id.0).await.map(OfferNode).map(Some)
    }

    /// The offers that the viewer's organization makes, or that are made of its products, newest first. Needs CATALOG_READ.
    async fn offers(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which offers.")] filter: OfferFilter,
        #[graphql(desc = "That many from the start, or from `after` on; 1 to 100.")] first: Option<i32>,
        #[graphql(desc = "Continue after this cursor.")] after: Option<String>,
        #[graphql(desc = "That many from the end, or up to `before`; 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "End before this cursor.")] before: Option<String>,
    ) -> Result<List<OfferNode>> {
        let session = allowed(ctx, Permission::CatalogRead)?;
        let own = session.actor().organization.ok_or_else(|| session.fail(Code::NoOrganization.into()))?;
        let filter = offer::Filter {
            seller: (filter.side.0 == Side::Seller).then_some(own),
            product_owner: (filter.side.0 == Side::Buyer).then_some(own),
            product: filter.product_id.map(|id| id.0),
            status: filter.status.map(|status| status.0),
        };
        let fetch = async |page: &_| Ok(offer::list(&*session.reading().await?, &filter, page).await?);
        session.list(Paging::of(first, after, last, before), fetch, offer::cursor, OfferNode).await
    }
}
