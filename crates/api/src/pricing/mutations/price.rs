//! Entering and ending prices.

use async_graphql::{Context, Description, InputObject, Object, Result, SimpleObject};
use tradehall_domain::catalog::Product;
use tradehall_domain::pricing::{Price, PriceDraft, PriceList};

use crate::app::Session;
use crate::graphql::error::UserError;
use crate::graphql::id::GlobalId;
use crate::graphql::loader::session;
use crate::graphql::payload::payload;
use crate::graphql::scalar::{DateTime, Decimal, UnitCode};
use crate::pricing::commands::{EndPrices, EnterPrices, Entered};
use crate::pricing::types::{ListPriceNode, PriceListNode};

/// What became of one price that was sent.
#[derive(Debug, Clone, SimpleObject, Description)]
pub struct PriceResult {
    /// The price as it is now; null when this one was refused.
    pub price: Option<ListPriceNode>,
    /// The rules that this one breaks; empty when it was done.
    pub user_errors: Vec<UserError>,
}

payload! {
    /// What entering and ending prices answers.
    PricesPayload {
        /// The list that they are of.
        price_list: PriceListNode,
        /// What became of each price, in the order in which they were sent; what is refused changes nothing, the others are done.
        results: Vec<PriceResult>,
    }
}

/// A price to enter. One for the same product, unit, tier and validity takes the place of what stands there.
#[derive(Debug, InputObject)]
pub struct PriceInput {
    /// Of which product; one of the organization's own.
    pub product_id: GlobalId<Product>,
    /// What the price and the quantities count: the product's own unit, one of its packagings, or one with a fixed relation to these.
    pub unit: UnitCode,
    /// The price of one unit in the list's currency, above zero, with up to four decimals.
    pub unit_price: Decimal,
    /// From which quantity on it applies (the tier); any quantity when left out.
    pub min_quantity: Option<Decimal>,
    /// The least that is sold at once; left open for further rules when left out.
    pub order_minimum: Option<Decimal>,
    /// What quantities are multiples of; left open for further rules when left out.
    pub order_multiple: Option<Decimal>,
    /// From when on it holds; as long as its list when left out.
    pub valid_from: Option<DateTime>,
    /// Until when, that moment excluded; as long as its list when left out.
    pub valid_until: Option<DateTime>,
}

/// Prices to enter.
#[derive(Debug, InputObject)]
pub struct EnterPricesInput {
    /// In which list.
    pub price_list_id: GlobalId<PriceList>,
    /// The prices, 1 to 1000.
    pub prices: Vec<PriceInput>,
}

/// Prices to end.
#[derive(Debug, InputObject)]
pub struct EndPricesInput {
    /// Of which list.
    pub price_list_id: GlobalId<PriceList>,
    /// Which prices, 1 to 1000.
    pub price_ids: Vec<GlobalId<Price>>,
}

/// The root fields that change prices.
#[derive(Debug, Default)]
pub struct PriceMutation;

#[Object]
impl PriceMutation {
    /// Enters prices in a list and answers for each; a retry changes nothing, because what stands so already stays. Needs PRICE_MANAGE.
    async fn enter_prices(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which prices, in which list.")] input: EnterPricesInput,
    ) -> Result<PricesPayload> {
        let session = session(ctx)?;
        let prices = input.prices.into_iter().map(PriceDraft::from).collect();
        let outcome = session.execute(EnterPrices { list: input.price_list_id.0, prices }).await;
        session.answer(outcome, |(list, entered)| (PriceListNode(list), results(session, entered)))
    }

    /// Ends prices of a list from now on and answers for each; prices as of earlier times are still answered from them. Needs PRICE_MANAGE.
    async fn end_prices(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which prices, of which list.")] input: EndPricesInput,
    ) -> Result<PricesPayload> {
        let session = session(ctx)?;
        let prices = input.price_ids.into_iter().map(|id| id.0).collect();
        let outcome = session.execute(EndPrices { list: input.price_list_id.0, prices }).await;
        session.answer(outcome, |(list, ended)| (PriceListNode(list), results(session, ended)))
    }
}

fn results(session: &Session, entered: Entered) -> Vec<PriceResult> {
    let result = |one| match one {
        Ok(price) => PriceResult { price: Some(ListPriceNode(price)), user_errors: Vec::new() },
        Err(problems) => PriceResult { price: None, user_errors: UserError::all(&problems, session.language()) },
    };
    entered.into_iter().map(result).collect()
}

impl From<PriceInput> for PriceDraft {
    fn from(input: PriceInput) -> Self {
        Self {
            product: input.product_id.0,
            unit: input.unit.0,
            price: input.unit_price.0,
            min_quantity: input.min_quantity.map(|quantity| quantity.0),
            order_minimum: input.order_minimum.map(|quantity| quantity.0),
            order_multiple: input.order_multiple.map(|quantity| quantity.0),
            valid_from: input.valid_from.map(|time| time.0),
            valid_until: input.valid_until.map(|time| time.0),
        }
    }
}
