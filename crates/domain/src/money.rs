//! Amounts of money: exact, each in one currency, rounded in one place only.

mod allocate;
mod percent;
mod price;
#[cfg(test)]
mod tests;

use std::cmp::Ordering;
use std::fmt;

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

pub use allocate::allocate;
pub use percent::Percent;
pub use price::UnitPrice;

use crate::currency::Currency;
use crate::number::{STORED_DECIMALS, parse_decimal, ten_thousandths};
use crate::problem::{Code, Problem};

/// The largest amount, in 1/10 000 of the currency's unit. The smallest is its negative, so that every amount can be
/// turned around.
pub const AMOUNT_MAX_UNITS: i64 = i64::MAX;

/// An amount of money in a currency, with no more decimals than the currency has.
///
/// It has no arithmetic operators: adding money can fail, because currencies differ or an amount grows too large.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "Wire", into = "Wire")]
pub struct Money {
    /// In 1/10 000 of the currency's unit.
    units: i64,
    currency: Currency,
}

impl Money {
    /// `amount` in `currency`. Zeros at the end do not count as decimals.
    ///
    /// # Errors
    /// [`Code::TooManyDecimals`] with the currency's number of them, or [`Code::AmountTooLarge`]; nothing is rounded.
    pub fn new(amount: Decimal, currency: Currency) -> Result<Self, Problem> {
        let units = to_units(amount, currency.decimals())?;
        Ok(Self { units, currency })
    }

    /// The amount stored as `units` of 1/10 000 of the currency's unit.
    ///
    /// # Errors
    /// Those of [`Money::new`].
    pub fn from_units(units: i64, currency: Currency) -> Result<Self, Problem> {
        Self::new(Decimal::new(units, STORED_DECIMALS), currency)
    }

    /// None of `currency`.
    #[must_use]
    pub const fn zero(currency: Currency) -> Self {
        Self { units: 0, currency }
    }

    /// The amount, with as many decimals as the currency has.
    #[must_use]
    pub fn amount(self) -> Decimal {
        let mut amount = Decimal::new(self.units, STORED_DECIMALS);
        amount.rescale(self.currency.decimals());
        amount
    }

    /// The currency.
    #[must_use]
    pub const fn currency(self) -> Currency {
        self.currency
    }

    /// In 1/10 000 of the currency's unit, for storing.
    #[must_use]
    pub const fn units(self) -> i64 {
        self.units
    }

    /// Whether the amount is nothing.
    #[must_use]
    pub const fn is_zero(self) -> bool {
        self.units == 0
    }

    /// Whether the amount is below nothing.
    #[must_use]
    pub const fn is_negative(self) -> bool {
        self.units < 0
    }

    /// The same amount in the other direction.
    #[must_use]
    pub const fn negated(self) -> Self {
        Self { units: -self.units, currency: self.currency }
    }

    /// Both amounts together.
    ///
    /// # Errors
    /// [`Code::CurrencyMismatch`] or [`Code::AmountTooLarge`].
    pub fn checked_add(&self, other: Self) -> Result<Self, Problem> {
        Self::sum(self.currency, [*self, other])
    }

    /// This amount less `other`.
    ///
    /// # Errors
    /// [`Code::CurrencyMismatch`] or [`Code::AmountTooLarge`].
    pub fn checked_sub(&self, other: Self) -> Result<Self, Problem> {
        self.checked_add(other.negated())
    }

    /// Which amount is larger.
    ///
    /// # Errors
    /// [`Code::CurrencyMismatch`].
    pub fn checked_cmp(&self, other: Self) -> Result<Ordering, Problem> {
        same_currency(self.currency, other.currency)?;
        Ok(self.units.cmp(&other.units))
    }

    /// All `amounts` together; zero of `currency` if there are none. Only the total must fit, not each step towards it, so
    /// the order does not matter.
    ///
    /// # Errors
    /// [`Code::CurrencyMismatch`] or [`Code::AmountTooLarge`].
    pub fn sum(currency: Currency, amounts: impl IntoIterator<Item = Self>) -> Result<Self, Problem> {
        let mut total: i128 = 0;
        for amount in amounts {
            same_currency(currency, amount.currency)?;
            total = total.checked_add(i128::from(amount.units)).ok_or_else(too_large)?;
        }
        Self::from_units(i64::try_from(total).map_err(|_| too_large())?, currency)
    }
}

/// `number` in 1/10 000, if it has at most `decimals` decimals and fits.
fn to_units(number: Decimal, decimals: u32) -> Result<i64, Problem> {
    if number.normalize().scale() > decimals {
        return Err(Problem::new(Code::TooManyDecimals).with("max", decimals));
    }
    ten_thousandths(number).filter(|units| *units >= -AMOUNT_MAX_UNITS).ok_or_else(too_large)
}

fn too_large() -> Problem {
    Problem::new(Code::AmountTooLarge).with("max", Decimal::new(AMOUNT_MAX_UNITS, STORED_DECIMALS))
}

fn same_currency(expected: Currency, actual: Currency) -> Result<(), Problem> {
    if expected == actual {
        return Ok(());
    }
    Err(Problem::new(Code::CurrencyMismatch).with("expected", expected).with("actual", actual))
}

impl fmt::Display for Money {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.amount(), self.currency)
    }
}

/// Money and prices as they are sent: the amount is text, because a JSON number passes through a float in most clients.
#[derive(Serialize, Deserialize)]
struct Wire {
    amount: String,
    currency: Currency,
}

impl From<Money> for Wire {
    fn from(money: Money) -> Self {
        Self { amount: money.amount().to_string(), currency: money.currency }
    }
}

impl TryFrom<Wire> for Money {
    type Error = Problem;

    fn try_from(wire: Wire) -> Result<Self, Problem> {
        Self::new(parse_decimal(&wire.amount)?, wire.currency)
    }
}
