//! Reading prices.

use async_graphql::{Context, InputObject, Object, Result};
use tradehall_domain::access::Permission;
use tradehall_domain::catalog::Product;
use tradehall_domain::customer::{Customer, Segment};
use tradehall_domain::pricing::{PriceList, PriceRank, PriceStatus, Promotion};
use tradehall_persistence::pricing::{self, Breadth, Filter, Wanted};

use super::types::{Asked, PriceExplanationNode, PriceListNode, PromotionNode};
use crate::app::Error;
use crate::graphql::closed::Closed;
use crate::graphql::connection::{List, Paging};
use crate::graphql::id::GlobalId;
use crate::graphql::loader::{allowed, load_one};
use crate::graphql::scalar::{CurrencyCode, DateTime, Decimal, UnitCode};

/// Which price lists or promotions are meant; every field narrows.
#[derive(Debug, Default, InputObject)]
pub struct PricingFilter {
    /// Only those in this status.
    pub status: Option<Closed<PriceStatus>>,
    /// Only those for this kind of buyers.
    pub rank: Option<Closed<PriceRank>>,
    /// Only those for this customer alone.
    pub customer_id: Option<GlobalId<Customer>>,
    /// Only those for the customers of this segment.
    pub segment_id: Option<GlobalId<Segment>>,
}

impl From<PricingFilter> for Filter {
    fn from(filter: PricingFilter) -> Self {
        let customer = filter.customer_id.map(|id| id.0.group());
        Self {
            status: filter.status.map(|status| status.0),
            rank: filter.rank.map(|rank| rank.0),
            group: customer.or(filter.segment_id.map(|id| id.0.group())),
        }
    }
}

/// The root fields that read prices.
#[derive(Debug, Default)]
pub struct PricingQuery;

#[Object]
impl PricingQuery {
    /// One price list of the viewer's organization. Needs PRICE_READ.
    async fn price_list(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The list's global id.")] id: GlobalId<PriceList>,
    ) -> Result<Option<PriceListNode>> {
        allowed(ctx, Permission::PriceRead)?;
        load_one(ctx, id.0).await.map(PriceListNode).map(Some)
    }

    /// The price lists of the viewer's organization, newest first. Needs PRICE_READ.
    async fn price_lists(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which lists; all when left out.")] filter: Option<PricingFilter>,
        #[graphql(desc = "That many from the start, or from `after` on; 1 to 100.")] first: Option<i32>,
        #[graphql(desc = "Continue after this cursor.")] after: Option<String>,
        #[graphql(desc = "That many from the end, or up to `before`; 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "End before this cursor.")] before: Option<String>,
    ) -> Result<List<PriceListNode>> {
        let session = allowed(ctx, Permission::PriceRead)?;
        let filter = filter.unwrap_or_default().into();
        let fetch = async |page: &_| Ok(pricing::list(&*session.reading().await?, &filter, page).await?);
        session.list(Paging::of(first, after, last, before), fetch, pricing::list_cursor, PriceListNode).await
    }

    /// One promotion of the viewer's organization. Needs PRICE_READ.
    async fn promotion(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The promotion's global id.")] id: GlobalId<Promotion>,
    ) -> Result<Option<PromotionNode>> {
        allowed(ctx, Permission::PriceRead)?;
        load_one(ctx, id.0).await.map(PromotionNode).map(Some)
    }

    /// The promotions of the viewer's organization, newest first. Needs PRICE_READ.
    async fn promotions(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which promotions; all when left out.")] filter: Option<PricingFilter>,
        #[graphql(desc = "That many from the start, or from `after` on; 1 to 100.")] first: Option<i32>,
        #[graphql(desc = "Continue after this cursor.")] after: Option<String>,
        #[graphql(desc = "That many from the end, or up to `before`; 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "End before this cursor.")] before: Option<String>,
    ) -> Result<List<PromotionNode>> {
        let session = allowed(ctx, Permission::PriceRead)?;
        let filter = filter.unwrap_or_default().into();
        let fetch = async |page: &_| Ok(pricing::promotions(&*session.reading().await?, &filter, page).await?);
        session.list(Paging::of(first, after, last, before), fetch, pricing::promotion_cursor, PromotionNode).await
    }

    /// Why a product costs what it does: each rule as it was tried, and what was taken. A buyer asks for itself; the seller, with
    /// PRICE_READ, for one of its customers or, where none is named, for a guest. Needs a signed-in viewer.
    #[expect(clippy::too_many_arguments, reason = "a price has as many sides")]
    async fn price_explanation(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Of which product.")] product_id: GlobalId<Product>,
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
        #[graphql(desc = "For which customer of the viewer's shop; for its seller only.")] customer_id: Option<
            GlobalId<Customer>,
        >,
    ) -> Result<Option<PriceExplanationNode>> {
        let session = allowed(ctx, Permission::SignedIn)?;
        let product: Product = load_one(ctx, product_id.0).await?;
        let own = session.actor().organization;
        let is_seller = own == Some(product.owner);
        if is_seller {
            allowed(ctx, Permission::PriceRead)?;
        }
        let buyer = match customer_id {
            Some(_) if !is_seller => return Err(session.fail(Error::NotFound)),
            Some(customer) => {
                let (part, _): crate::customer::Known = load_one(ctx, customer.0).await?;
                Some(part.organization)
            }
            None if is_seller => None,
            None => own,
        };
        let asked = Asked { quantity, unit, currency, as_of };
        let question = asked.question(session, &product).await?;
        let wanted = Wanted::of(&product);
        let breadth = if is_seller { Breadth::Whole } else { Breadth::InForce };
        let times = (question.as_of, question.known_at);
        let read = async {
            let tx = session.reading().await?;
            let found = pricing::candidates(&tx, buyer, std::slice::from_ref(&wanted), times, breadth).await?;
            Ok::<_, Error>(found.get(&(wanted.product, wanted.seller)).map(|book| book.price(&question)))
        };
        // Whatever is wanted has its book.
        let Some(resolution) = read.await.map_err(|error| session.fail(error))? else { return Ok(None) };
        Ok(Some(PriceExplanationNode { product, question, resolution, is_seller }))
    }
}
