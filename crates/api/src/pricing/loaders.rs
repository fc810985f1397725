//! Price lists and promotions by id, the prices in lists, and what products cost: one statement of each kind per answer.

use std::collections::HashMap;
use std::sync::Arc;

use async_graphql::dataloader::Loader;
use tradehall_domain::access::Permission;
use tradehall_domain::organization::OrganizationId;
use tradehall_domain::pricing::{Price, PriceList, PriceListId, Promotion, PromotionId, Resolution};
use tradehall_persistence::pricing::{self, Item, PriceFilter};
use tradehall_persistence::{Page, PageRequest};

use crate::app::Error;
use crate::graphql::loader::Batch;

impl Loader<PriceListId> for Batch {
    type Value = PriceList;
    type Error = Arc<Error>;

    async fn load(&self, ids: &[PriceListId]) -> Result<HashMap<PriceListId, PriceList>, Arc<Error>> {
        self.session().require(Permission::PriceRead).map_err(Arc::new)?;
        self.many(ids, pricing::load_many, |list| list.id).await
    }
}

impl Loader<PromotionId> for Batch {
    type Value = Promotion;
    type Error = Arc<Error>;

    async fn load(&self, ids: &[PromotionId]) -> Result<HashMap<PromotionId, Promotion>, Arc<Error>> {
        self.session().require(Permission::PriceRead).map_err(Arc::new)?;
        self.many(ids, pricing::load_promotions, |promotion| promotion.id).await
    }
}

/// A page of the prices of a list.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct PricesOf {
    /// Of which list.
    pub list: PriceListId,
    /// Which of them.
    pub filter: PriceFilter,
    /// Which page.
    pub page: PageRequest,
}

impl Loader<PricesOf> for Batch {
    type Value = Page<Price>;
    type Error = Arc<Error>;

    async fn load(&self, keys: &[PricesOf]) -> Result<HashMap<PricesOf, Page<Price>>, Arc<Error>> {
        let tx = self.reading_with(Permission::PriceRead).await?;
        let mut alike: HashMap<(&PriceFilter, &PageRequest), Vec<PriceListId>> = HashMap::new();
        for key in keys {
            alike.entry((&key.filter, &key.page)).or_default().push(key.list);
        }
        let mut found = HashMap::new();
        for ((filter, page), lists) in alike {
            let pages = pricing::prices(&tx, &lists, filter, page).await.map_err(|e| Arc::new(Error::from(e)))?;
            let key = |list| PricesOf { list, filter: *filter, page: page.clone() };
            found.extend(pages.into_iter().map(|(list, rows)| (key(list), rows)));
        }
        Ok(found)
    }
}

/// What somebody pays for something.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct PriceOf {
    /// Who buys; nobody is a guest.
    pub buyer: Option<OrganizationId>,
    /// What and how much.
    pub item: Item,
}

impl Loader<PriceOf> for Batch {
    type Value = Resolution;
    type Error = Arc<Error>;

    async fn load(&self, keys: &[PriceOf]) -> Result<HashMap<PriceOf, Resolution>, Arc<Error>> {
        let tx = self.reading().await?;
        let mut by_buyer: HashMap<Option<OrganizationId>, Vec<&PriceOf>> = HashMap::new();
        for key in keys {
            by_buyer.entry(key.buyer).or_default().push(key);
        }
        let mut found = HashMap::new();
        for (buyer, keys) in by_buyer {
            let items: Vec<_> = keys.iter().map(|key| key.item.clone()).collect();
            let prices = pricing::price_for(&tx, buyer, &items).await.map_err(|e| Arc::new(Error::from(e)))?;
            found.extend(keys.into_iter().cloned().zip(prices));
        }
        Ok(found)
    }
}
