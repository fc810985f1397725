//! Lines of requests as clients see them.

use async_graphql::{Context, Description, ID, Object, Result};
use tradehall_domain::access::Permission;
use tradehall_domain::rfq::RfqLine;

use crate::catalog::ProductNode;
use crate::graphql::delivery::DeliveryTermNode;
use crate::graphql::id::{global, node_types};
use crate::graphql::loader::{load_maybe, load_one, session};
use crate::graphql::money::UnitPriceNode;
use crate::graphql::scalar::{Date, Decimal, UnitCode};
use crate::pricing::ProductPriceNode;

node_types! { RfqLine => "RfqLine" }

/// One thing that a request asks for. Seen by whoever sees the request.
#[derive(Debug, Clone, Description)]
pub struct RfqLineNode(pub RfqLine);

#[Object(name = "RfqLine", use_type_description)]
impl RfqLineNode {
    /// The opaque global id; quotes and awards name lines by it.
    pub async fn id(&self) -> ID {
        global(self.0.id)
    }

    /// Its place in the request, from 1.
    async fn position(&self) -> i64 {
        self.0.position
    }

    /// The product, where one is named and the viewer may see it.
    async fn product(&self, ctx: &Context<'_>) -> Result<Option<ProductNode>> {
        match self.0.product {
            Some(product) => Ok(load_maybe(ctx, product).await?.map(ProductNode)),
            None => Ok(None),
        }
    }

    /// What is needed, in words, at most 2 000 characters; the product's name where nothing else was said.
    async fn description(&self) -> &str {
        self.0.description.as_str()
    }

    /// How much is needed, in `unit`.
    async fn quantity(&self) -> Decimal {
        Decimal(self.0.quantity.value())
    }

    /// The unit of the quantity and of the target price (UN/ECE Recommendation 20).
    async fn unit(&self) -> UnitCode {
        UnitCode(self.0.unit)
    }

    /// What the buyer hopes to pay per unit; sellers see it too.
    async fn target_price(&self) -> Option<UnitPriceNode> {
        self.0.target_price.map(UnitPriceNode)
    }

    /// What the viewer's prices say for this buyer, product and quantity in the request's currency; for whoever is asked to quote, null
    /// for the buyer, for lines without a product, and where no rule of the viewer's organization has a price.
    async fn suggested_price(&self, ctx: &Context<'_>) -> Result<Option<ProductPriceNode>> {
        let session = session(ctx)?;
        let (Some(product), Some(own)) = (self.0.product, session.actor().organization) else { return Ok(None) };
        if own == self.0.buyer || !session.actor().may(Permission::PriceRead) {
            return Ok(None);
        }
        let Some(product) = load_maybe(ctx, product).await? else { return Ok(None) };
        let rfq = load_one(ctx, self.0.rfq).await?;
        let asked = (self.0.quantity, self.0.unit, rfq.currency);
        ProductPriceNode::for_buyer(ctx, self.0.buyer, &product, asked).await
    }

    /// Where the goods go, in words.
    async fn delivery_place(&self) -> Option<&str> {
        self.0.delivery_place.as_ref().map(|place| place.as_str())
    }

    /// By which day they are needed.
    async fn delivery_date(&self) -> Option<Date> {
        self.0.delivery_date.map(Date)
    }

    /// Who carries cost and risk up to where (Incoterms 2020).
    async fn delivery_term(&self) -> Option<DeliveryTermNode> {
        self.0.delivery_term.clone().map(DeliveryTermNode)
    }
}
