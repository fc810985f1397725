//! Entering and ending prices of a list.

use std::collections::{HashMap, HashSet};

use tradehall_domain::access::Permission;
use tradehall_domain::catalog::{Product, ProductId};
use tradehall_domain::organization::OrganizationId;
use tradehall_domain::pricing::{PRICES_AT_ONCE_MAX, Price, PriceDraft, PriceId, PriceList, PriceListId, PriceTerms};
use tradehall_domain::problem::{Code, Problem, Problems};
use tradehall_persistence::catalog::{packaging, product};
use tradehall_persistence::{Tx, pricing};

use crate::app::{Command, Error};

/// What became of each thing that was sent, in their order.
pub type Entered = Vec<Result<Price, Problems>>;

/// Enters prices in a list. What is right is kept, what is wrong is told and changes nothing.
#[derive(Debug)]
pub struct EnterPrices {
    /// In which list.
    pub list: PriceListId,
    /// The prices, at most [`PRICES_AT_ONCE_MAX`].
    pub prices: Vec<PriceDraft>,
}

impl Command for EnterPrices {
    const PERMISSION: Permission = Permission::PriceManage;
    type Output = (PriceList, Entered);

    async fn run(self, tx: &mut Tx) -> Result<Self::Output, Error> {
        check_count(self.prices.len(), "prices")?;
        // Locked: what stands in the list is read and written by one at a time.
        let list = pricing::lock(tx, self.list).await?;
        list.can_be_revised()?;
        let products = named(tx, &self.prices).await?;
        let ids: Vec<_> = products.keys().copied().collect();
        let counted = self.prices.iter().filter_map(|draft| Some((products.get(&draft.product)?, draft.unit)));
        let measures = packaging::measures(tx, counted).await?;
        let mut sheet = pricing::sheet(tx, &list, &ids).await?;
        let (mut placed, mut entered) = (Vec::new(), Vec::with_capacity(self.prices.len()));
        for draft in &self.prices {
            let unit = measures.get(&draft.product).map_or(Ok(()), |measures| measures.check(draft.unit));
            let price = check_product(products.get(&draft.product), list.seller)
                .and_then(|()| unit.map_err(|problem| problem.at("unit")))
                .map_err(Problems::from)
                .and_then(|()| PriceTerms::parse(draft, list.currency, tx.now()))
                .and_then(|terms| Ok(sheet.enter(draft.product, terms)?));
            entered.push(price.map(|price| {
                let stands = price.price().clone();
                placed.push(price);
                stands
            }));
        }
        pricing::enter_prices(tx, &list, &placed).await?;
        Ok((list, entered))
    }
}

/// The products that are priced, as far as the actor sees them.
async fn named(tx: &Tx, drafts: &[PriceDraft]) -> Result<HashMap<ProductId, Product>, Error> {
    let ids: HashSet<_> = drafts.iter().map(|draft| draft.product).collect();
    let ids: Vec<_> = ids.into_iter().collect();
    Ok(product::load_many(tx, &ids).await?.into_iter().map(|product| (product.id, product)).collect())
}

fn check_product(product: Option<&Product>, seller: OrganizationId) -> Result<(), Problem> {
    match product {
        None => Err(Problem::new(Code::NotFound).at("productId")),
        Some(product) if product.owner != seller => Err(Problem::new(Code::NotOwnProduct).at("productId")),
        Some(_) => Ok(()),
    }
}

/// Ends prices of a list.
#[derive(Debug)]
pub struct EndPrices {
    /// Of which list.
    pub list: PriceListId,
    /// Which prices, at most [`PRICES_AT_ONCE_MAX`].
    pub prices: Vec<PriceId>,
}

impl Command for EndPrices {
    const PERMISSION: Permission = Permission::PriceManage;
    type Output = (PriceList, Entered);

    async fn run(self, tx: &mut Tx) -> Result<Self::Output, Error> {
        check_count(self.prices.len(), "priceIds")?;
        let list = pricing::lock(tx, self.list).await?;
        let standing = pricing::prices_of(tx, list.id.uuid(), &self.prices).await?;
        let mut by_id: HashMap<_, _> = standing.into_iter().map(|price| (price.id, price)).collect();
        let (mut ended, mut answers) = (Vec::new(), Vec::with_capacity(self.prices.len()));
        for id in &self.prices {
            answers.push(match by_id.remove(id) {
                Some(price) => {
                    ended.push(price.clone());
                    Ok(price.end(tx.now()))
                }
                None => Err(Code::PriceEnded.into()),
            });
        }
        pricing::end_prices(tx, &list, &ended).await?;
        Ok((list, answers))
    }
}

fn check_count(count: usize, field: &'static str) -> Result<(), Problem> {
    match count {
        0 => Err(Problem::new(Code::TooFew).with("min", 1).at(field)),
        1..=PRICES_AT_ONCE_MAX => Ok(()),
        _ => Err(Problem::new(Code::TooMany).with("max", PRICES_AT_ONCE_MAX).at(field)),
    }
}
