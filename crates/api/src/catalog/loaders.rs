//! Categories, products and offers by id, and offers by product: one statement of each kind per answer.
//!
//! What its owner has not published is for those of its people who may read the catalog ([`Permission::CatalogRead`]).

mod detail;

use std::collections::HashMap;
use std::sync::Arc;

use async_graphql::Context;
use async_graphql::dataloader::Loader;
use tradehall_domain::access::Permission;
use tradehall_domain::catalog::{Category, CategoryId, Offer, OfferId, Product, ProductId, ProductType, ProductTypeId};
use tradehall_domain::stock::Availability;
use tradehall_persistence::catalog::{category, offer, product, product_type};
use tradehall_persistence::{Page, stock};

pub use detail::{DocumentsOf, PackagingsOf, PartNumbersOf, RelationsOf, shows_number};

use crate::app::{Error, Session};
use crate::graphql::loader::{Batch, PageOf, load_maybe};

/// Whether the viewer may see what its organization has not published.
pub fn reads_unpublished(session: &Session) -> bool {
    session.actor().may(Permission::CatalogRead)
}

impl Loader<CategoryId> for Batch {
    type Value = Category;
    type Error = Arc<Error>;

    async fn load(&self, ids: &[CategoryId]) -> Result<HashMap<CategoryId, Category>, Arc<Error>> {
        let mut found = self.many(ids, category::load_many, |category| category.id).await?;
        found.retain(|_, category| category.published || reads_unpublished(self.session()));
        Ok(found)
    }
}

impl Loader<PageOf<CategoryId>> for Batch {
    type Value = Page<Category>;
    type Error = Arc<Error>;

    /// The categories right below each.
    async fn load(
        &self,
        keys: &[PageOf<CategoryId>],
    ) -> Result<HashMap<PageOf<CategoryId>, Page<Category>>, Arc<Error>> {
        let all = reads_unpublished(self.session());
        self.pages(keys, async move |tx, parents, page| category::below(tx, parents, all, page).await).await
    }
}

impl Loader<ProductId> for Batch {
    type Value = Product;
    type Error = Arc<Error>;

    async fn load(&self, ids: &[ProductId]) -> Result<HashMap<ProductId, Product>, Arc<Error>> {
        let mut found = self.many(ids, product::load_many, |product| product.id).await?;
        found.retain(|_, product| product.is_published() || reads_unpublished(self.session()));
        Ok(found)
    }
}

impl Loader<PageOf<ProductId>> for Batch {
    type Value = Page<Product>;
    type Error = Arc<Error>;

    /// The variants of each.
    async fn load(&self, keys: &[PageOf<ProductId>]) -> Result<HashMap<PageOf<ProductId>, Page<Product>>, Arc<Error>> {
        let all = reads_unpublished(self.session());
        self.pages(keys, async move |tx, parents, page| product::variants_of(tx, parents, all, page).await).await
    }
}

impl Loader<ProductTypeId> for Batch {
    type Value = ProductType;
    type Error = Arc<Error>;

    async fn load(&self, ids: &[ProductTypeId]) -> Result<HashMap<ProductTypeId, ProductType>, Arc<Error>> {
        let mut found = self.many(ids, product_type::load_many, |product_type| product_type.id).await?;
        found.retain(|_, product_type| product_type.published || reads_unpublished(self.session()));
        Ok(found)
    }
}

impl Loader<OfferId> for Batch {
    type Value = Offer;
    type Error = Arc<Error>;

    async fn load(&self, ids: &[OfferId]) -> Result<HashMap<OfferId, Offer>, Arc<Error>> {
        let mut found = self.many(ids, offer::load_many, |offer| offer.id).await?;
        found.retain(|_, offer| offer.is_public() || reads_unpublished(self.session()));
        Ok(found)
    }
}

/// The first offers of a product.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct OffersOf {
    /// Of which product.
    pub product: ProductId,
    /// How many at most.
    pub limit: usize,
}

impl Loader<OffersOf> for Batch {
    type Value = Vec<Offer>;
    type Error = Arc<Error>;

    async fn load(&self, keys: &[OffersOf]) -> Result<HashMap<OffersOf, Vec<Offer>>, Arc<Error>> {
        let products: Vec<_> = keys.iter().map(|key| key.product).collect();
        let limit = keys.iter().map(|key| key.limit).max().unwrap_or(0) as u64;
        let tx = self.reading().await?;
        let found = offer::current_of(&tx, &products, tx.now(), limit).await.map_err(|e| Arc::new(Error::from(e)))?;
        let mut by_product: HashMap<ProductId, Vec<Offer>> = HashMap::new();
        for offer in found {
            if offer.is_public() || reads_unpublished(self.session()) {
                by_product.entry(offer.product).or_default().push(offer);
            }
        }
        let of = |key: &OffersOf| {
            let offers = by_product.get(&key.product).into_iter().flatten().take(key.limit);
            (*key, offers.cloned().collect())
        };
        Ok(keys.iter().map(of).collect())
    }
}

/// What is told of a product.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
struct ToldOf(ProductId);

impl Loader<ToldOf> for Batch {
    type Value = Availability;
    type Error = Arc<Error>;

    async fn load(&self, keys: &[ToldOf]) -> Result<HashMap<ToldOf, Availability>, Arc<Error>> {
        let tx = self.reading().await?;
        let products: Vec<_> = keys.iter().map(|key| key.0).collect();
        let found = stock::availability_of(&tx, &products).await.map_err(|error| Arc::new(Error::from(error)))?;
        Ok(found.into_iter().map(|(product, told)| (ToldOf(product), told.level)).collect())
    }
}

/// Whether `product` is there, as far as its owner says; loaded together with what other fields ask for.
///
/// # Errors
/// What the statement ran into.
pub async fn availability_of(ctx: &Context<'_>, product: ProductId) -> async_graphql::Result<Availability> {
    Ok(load_maybe(ctx, ToldOf(product)).await?.unwrap_or(Availability::Unknown))
}
