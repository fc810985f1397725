//! A price of a list as its seller sees it.

use async_graphql::{Context, Description, ID, Object, Result};
use tradehall_domain::pricing::Price;

use crate::catalog::ProductNode;
use crate::graphql::id::global;
use crate::graphql::loader::load_maybe;
use crate::graphql::money::UnitPriceNode;
use crate::graphql::scalar::{DateTime, Decimal, UnitCode};

/// One price of a list: for one product and unit, from a quantity on. It never changes; another one takes its place.
#[derive(Debug, Clone, Description)]
pub struct ListPriceNode(pub Price);

#[Object(name = "ListPrice", use_type_description)]
impl ListPriceNode {
    /// The opaque global id; `endPrices` names prices by it.
    pub async fn id(&self) -> ID {
        global(self.0.id)
    }

    /// Of which product; null when the viewer may not see it.
    async fn product(&self, ctx: &Context<'_>) -> Result<Option<ProductNode>> {
        Ok(load_maybe(ctx, self.0.product).await?.map(ProductNode))
    }

    /// The price of one `unit`, with up to four decimals.
    async fn unit_price(&self) -> UnitPriceNode {
        UnitPriceNode(self.0.terms.price)
    }

    /// What the price and the quantities count.
    async fn unit(&self) -> UnitCode {
        UnitCode(self.0.terms.unit)
    }

    /// From which quantity on it applies (the tier), in `unit`; null for any.
    async fn min_quantity(&self) -> Option<Decimal> {
        self.0.terms.min_quantity.map(|quantity| Decimal(quantity.value()))
    }

    /// The least that is sold at once under it, in `unit`; null where further rules say.
    async fn order_minimum(&self) -> Option<Decimal> {
        self.0.terms.order_minimum.map(|quantity| Decimal(quantity.value()))
    }

    /// What quantities are multiples of under it, in `unit`; null where further rules say.
    async fn order_multiple(&self) -> Option<Decimal> {
        self.0.terms.order_multiple.map(|quantity| Decimal(quantity.value()))
    }

    /// From when on it holds, within the validity of its list; null for no begin.
    async fn valid_from(&self) -> Option<DateTime> {
        self.0.terms.valid.from.map(DateTime)
    }

    /// Until when, that moment excluded, within the validity of its list; null for no end.
    async fn valid_until(&self) -> Option<DateTime> {
        self.0.terms.valid.until.map(DateTime)
    }

    /// When it was entered.
    async fn recorded_at(&self) -> DateTime {
        DateTime(self.0.recorded_at)
    }

    /// When it was ended, or another took its place; null while it stands.
    async fn ended_at(&self) -> Option<DateTime> {
        self.0.ended_at.map(DateTime)
    }
}
