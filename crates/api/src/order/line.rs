//! Lines of orders as clients see them.

use async_graphql::{Context, Description, ID, Object, Result};
use rust_decimal::Decimal as Number;
use tradehall_domain::order::OrderLine;
use tradehall_domain::quantity::Quantity;

use super::types::OrderNode;
use crate::catalog::ProductNode;
use crate::graphql::delivery::DeliveryTermNode;
use crate::graphql::id::{global, node_types};
use crate::graphql::loader::{load_maybe, load_one};
use crate::graphql::money::{MoneyNode, UnitPriceNode};
use crate::graphql::node::{self, Node};
use crate::graphql::scalar::{Date, Decimal, UnitCode};

node_types! { OrderLine => "OrderLine" }

/// One line of an order. What was ordered is always what is open and what was cancelled together. Seen by buyer and seller.
#[derive(Debug, Clone, Description)]
pub struct OrderLineNode(pub OrderLine);

#[Object(name = "OrderLine", use_type_description)]
impl OrderLineNode {
    /// The opaque global id.
    pub async fn id(&self) -> ID {
        global(self.0.id)
    }

    /// The order that it belongs to.
    async fn order(&self, ctx: &Context<'_>) -> Result<OrderNode> {
        load_one(ctx, self.0.order).await.map(OrderNode)
    }

    /// Its place in the order, from 1.
    async fn position(&self) -> i64 {
        self.0.position
    }

    /// The product; null where it is none of the catalog, or where the viewer may no longer see it.
    async fn product(&self, ctx: &Context<'_>) -> Result<Option<ProductNode>> {
        let Some(product) = self.0.product else { return Ok(None) };
        Ok(load_maybe(ctx, product).await?.map(ProductNode))
    }

    /// The number under which both sides know the product, at most 60 characters.
    async fn part_number(&self) -> Option<&str> {
        self.0.part_number.as_ref().map(|number| number.as_str())
    }

    /// What is ordered, in the words of the quote, at most 2 000 characters.
    async fn description(&self) -> &str {
        self.0.description.as_str()
    }

    /// What one of the quantities is.
    async fn unit(&self) -> UnitCode {
        UnitCode(self.0.unit)
    }

    /// How much was ordered.
    async fn quantity(&self) -> Decimal {
        Decimal(self.0.quantity.value())
    }

    /// How much of that is still to come; zero when nothing is.
    async fn open_quantity(&self) -> Decimal {
        part(self.0.open)
    }

    /// How much of that was called off.
    async fn cancelled_quantity(&self) -> Decimal {
        part(self.0.cancelled)
    }

    /// The price of one unit, frozen when the order was placed.
    async fn unit_price(&self) -> UnitPriceNode {
        UnitPriceNode(self.0.unit_price)
    }

    /// The price of the whole quantity ordered, rounded to the currency's decimals; without taxes.
    async fn total(&self) -> MoneyNode {
        MoneyNode(self.0.total)
    }

    /// Who carries these goods how far; null where the order's own term holds.
    async fn delivery_term(&self) -> Option<DeliveryTermNode> {
        self.0.delivery.clone().map(DeliveryTermNode)
    }

    /// Where these goods go, at most 500 characters; null where the order's own address holds.
    async fn delivery_address(&self) -> Option<&str> {
        self.0.delivery_address.as_ref().map(|text| text.as_str())
    }

    /// The day for which the buyer asked.
    async fn requested_date(&self) -> Option<Date> {
        self.0.requested_on.map(Date)
    }

    /// How many days the seller needs from the order to the delivery, as quoted.
    async fn lead_time_days(&self) -> Option<i64> {
        self.0.lead_time_days
    }

    /// The line of the agreement that it was called off from; null for orders that were made otherwise, and where the viewer may not see
    /// that.
    async fn source_line(&self, ctx: &Context<'_>) -> Result<Option<Node>> {
        match self.0.origin_line {
            Some(line) => node::find(ctx, "AgreementLine", line).await,
            None => Ok(None),
        }
    }

    /// The day that the seller promised when acknowledging; null where none was promised.
    async fn promised_date(&self) -> Option<Date> {
        self.0.promised_on.map(Date)
    }
}

fn part(quantity: Option<Quantity>) -> Decimal {
    Decimal(quantity.map_or(Number::ZERO, Quantity::value))
}
