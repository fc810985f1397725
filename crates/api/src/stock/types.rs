//! Stock as its seller sees it.

use async_graphql::{Context, Description, ID, Object, Result};
use rust_decimal::Decimal as Number;
use tradehall_domain::quantity::Quantity;
use tradehall_domain::stock::Stock;

use crate::catalog::ProductNode;
use crate::graphql::id::{global, node_types};
use crate::graphql::loader::load_one;
use crate::graphql::scalar::{DateTime, Decimal, UnitCode};

node_types! { Stock => "Stock" }

/// How much of a product lies at one location. Seen by its seller's people with CATALOG_READ.
#[derive(Debug, Clone, Description)]
pub struct StockNode(pub Stock);

#[Object(name = "Stock", use_type_description)]
impl StockNode {
    /// The opaque global id.
    pub async fn id(&self) -> ID {
        global(self.0.id)
    }

    /// Of which product.
    async fn product(&self, ctx: &Context<'_>) -> Result<ProductNode> {
        load_one(ctx, self.0.product).await.map(ProductNode)
    }

    /// The seller's code of the location, 1 to 60 characters; capitals count.
    async fn location(&self) -> &str {
        self.0.location.as_str()
    }

    /// How much, exact, with up to four decimals; 0 for none.
    async fn quantity(&self) -> Decimal {
        Decimal(self.0.quantity.map_or(Number::ZERO, Quantity::value))
    }

    /// The unit of the quantity, which is the product's own.
    async fn unit(&self) -> UnitCode {
        UnitCode(self.0.unit)
    }

    /// Below how much there is little of it here; null where that does not matter.
    async fn low_below(&self) -> Option<Decimal> {
        self.0.low_below.map(|quantity| Decimal(quantity.value()))
    }

    /// When it was counted.
    async fn as_of(&self) -> DateTime {
        DateTime(self.0.as_of)
    }
}
