//! Awards as clients see them.

use async_graphql::{Context, Description, ID, Object, Result};
use tradehall_domain::rfq::Award;

use crate::graphql::id::{global, node_types};
use crate::graphql::loader::load_one;
use crate::graphql::money::{MoneyNode, UnitPriceNode};
use crate::graphql::scalar::{DateTime, Decimal};
use crate::organization::OrganizationNode;
use crate::quote::QuoteNode;
use crate::rfq::RfqLineNode;

node_types! { Award => "Award" }

/// What one quote was given of one line. Seen by the buyer and by the winner alone.
#[derive(Debug, Clone, Description)]
pub struct AwardNode(pub Award);

#[Object(name = "Award", use_type_description)]
impl AwardNode {
    /// The opaque global id.
    pub async fn id(&self) -> ID {
        global(self.0.id)
    }

    /// The line of the request. Needs RFQ_READ.
    async fn rfq_line(&self, ctx: &Context<'_>) -> Result<RfqLineNode> {
        load_one(ctx, self.0.rfq_line).await.map(RfqLineNode)
    }

    /// The global id of that line alone, which costs no look at it.
    async fn rfq_line_id(&self) -> ID {
        global(self.0.rfq_line)
    }

    /// The quote that won.
    async fn quote(&self, ctx: &Context<'_>) -> Result<QuoteNode> {
        load_one(ctx, self.0.quote).await.map(QuoteNode)
    }

    /// Who won.
    async fn seller(&self, ctx: &Context<'_>) -> Result<OrganizationNode> {
        load_one(ctx, self.0.seller).await.map(OrganizationNode)
    }

    /// How much was awarded, in the unit of the quote's line.
    async fn quantity(&self) -> Decimal {
        Decimal(self.0.quantity.value())
    }

    /// At what price per unit: that of the tier which the quantity reaches.
    async fn unit_price(&self) -> UnitPriceNode {
        UnitPriceNode(self.0.unit_price)
    }

    /// What that costs.
    async fn amount(&self) -> MoneyNode {
        MoneyNode(self.0.amount)
    }

    /// When the buyer decided it, which is when the orders were placed.
    async fn awarded_at(&self) -> DateTime {
        DateTime(self.0.awarded_at)
    }
}
