<<<<<<< HEAD
//! Amounts and prices as clients see them.

use async_graphql::Object;
use tradehall_domain::money;

use super::scalar::{CurrencyCode, Decimal};

/// An amount of money, exact.
#[derive(Debug, Clone, Copy)]
pub struct MoneyNode(pub money::Money);

#[Object(name = "Money")]
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
#[derive(Debug, Clone, Copy)]
pub struct UnitPriceNode(pub money::UnitPrice);

#[Object(name = "UnitPrice")]
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
=======
//! Money on the wire: an amount never travels without its currency.

use async_graphql::{InputObject, InputValueResult, Scalar, ScalarType, SimpleObject, Value};
use tradehall_domain::currency::Currency;
use tradehall_domain::money;
use tradehall_domain::money::UnitPrice;

use super::scalar::{Decimal, refused_by};

/// A currency of ISO 4217 by its three letters, such as VND or USD.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CurrencyCode(pub Currency);

#[Scalar(specified_by_url = "https://www.iso.org/iso-4217-currency-codes.html")]
impl ScalarType for CurrencyCode {
    fn parse(value: Value) -> InputValueResult<Self> {
        let Value::String(text) = &value else { return Err("A CurrencyCode is a string.".into()) };
        Currency::parse(text).map(Self).map_err(refused_by)
    }

    fn to_value(&self) -> Value {
        Value::String(self.0.code().to_owned())
    }
}

/// An amount of a currency.
#[derive(Debug, Clone, Copy, PartialEq, Eq, SimpleObject)]
pub struct Money {
    /// How much. Amounts have the currency's decimals; the price of one unit may have up to four.
    pub amount: Decimal,
    /// Of what.
    pub currency: CurrencyCode,
}

impl From<UnitPrice> for Money {
    fn from(price: UnitPrice) -> Self {
        Self { amount: Decimal(price.amount()), currency: CurrencyCode(price.currency()) }
    }
}

impl From<money::Money> for Money {
    fn from(money: money::Money) -> Self {
        Self { amount: Decimal(money.amount()), currency: CurrencyCode(money.currency()) }
    }
}

/// An amount of a currency, as it is sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, InputObject)]
pub struct MoneyInput {
    /// How much: up to the currency's decimals, or four for the price of one unit.
    pub amount: Decimal,
    /// Of what.
    pub currency: CurrencyCode,
}
>>>>>>> catalog
