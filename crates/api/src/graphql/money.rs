//! Amounts and prices as clients see them.

use async_graphql::{Description, Object};
use tradehall_domain::money;

use super::scalar::{CurrencyCode, Decimal};

/// An amount of money, exact.
#[derive(Debug, Clone, Copy, Description)]
pub struct MoneyNode(pub money::Money);

#[Object(name = "Money", use_type_description)]
impl MoneyNode {
    /// How much, with exactly as many decimals as the currency has: `1500` in VND, `12.50` in USD.
    async fn amount(&self) -> Decimal {
        Decimal(self.0.amount())
    }

    /// Of which currency.
    async fn currency(&self) -> CurrencyCode {
        CurrencyCode(self.0.currency())
    }
}

/// The price of one unit of something, exact. It may be finer than an amount of the currency can be.
#[derive(Debug, Clone, Copy, Description)]
pub struct UnitPriceNode(pub money::UnitPrice);

#[Object(name = "UnitPrice", use_type_description)]
impl UnitPriceNode {
    /// How much for one unit, with up to four decimals in any currency.
    async fn amount(&self) -> Decimal {
        Decimal(self.0.amount())
    }

    /// Of which currency.
    async fn currency(&self) -> CurrencyCode {
        CurrencyCode(self.0.currency())
    }
}
