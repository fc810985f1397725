//! The price of one unit, which may be finer than the currency.

use std::fmt;

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use super::{Money, Percent, Wire, same_currency, to_units, too_large};
use crate::currency::Currency;
use crate::number::{STORED_DECIMALS, parse_decimal};
use crate::problem::{Code, Problem};
use crate::quantity::Quantity;

/// The price of one unit of something: zero or more, with up to four decimals in any currency, so that a screw may cost
/// 0.0125 USD or 12.5 VND.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "Wire", into = "Wire")]
pub struct UnitPrice {
    /// In 1/10 000 of the currency's unit.
    units: i64,
    currency: Currency,
}

impl UnitPrice {
    /// `amount` of `currency` for each unit. Zeros at the end do not count as decimals.
    ///
    /// # Errors
    /// [`Code::Negative`], [`Code::TooManyDecimals`] or [`Code::AmountTooLarge`]; nothing is rounded.
    pub fn new(amount: Decimal, currency: Currency) -> Result<Self, Problem> {
        if amount < Decimal::ZERO {
            return Err(Code::Negative.into());
        }
        Ok(Self { units: to_units(amount, STORED_DECIMALS)?, currency })
    }

    /// The price stored as `units` of 1/10 000 of the currency's unit.
    ///
    /// # Errors
    /// [`Code::Negative`].
    pub fn from_units(units: i64, currency: Currency) -> Result<Self, Problem> {
        Self::new(Decimal::new(units, STORED_DECIMALS), currency)
    }

    /// In 1/10 000 of the currency's unit, for storing.
    #[must_use]
    pub const fn units(self) -> i64 {
        self.units
    }

    /// The price of one unit, with the currency's decimals or as many more as it needs.
    #[must_use]
    pub fn amount(self) -> Decimal {
        let mut amount = Decimal::new(self.units, STORED_DECIMALS).normalize();
        amount.rescale(amount.scale().max(self.currency.decimals()));
        amount
    }

    /// The currency.
    #[must_use]
    pub const fn currency(self) -> Currency {
        self.currency
    }

    /// Which price of one unit is higher.
    ///
    /// # Errors
    /// [`Code::CurrencyMismatch`].
    pub fn checked_cmp(&self, other: Self) -> Result<std::cmp::Ordering, Problem> {
        same_currency(self.currency, other.currency)?;
        Ok(self.units.cmp(&other.units))
    }

    /// This price with `discount` off, to the four decimals that a price has, a half away from zero: a price is rounded here, never an
    /// amount that somebody owes. Nothing where no price remains.
    #[must_use]
    pub fn less(self, discount: Percent) -> Option<Self> {
        let (rest, whole) = discount.rest();
        // A price fits 63 bits and the rest 20, so the product fits 83. Nothing here is negative: away from zero is upwards.
        let rounded = (i128::from(self.units) * rest + whole / 2) / whole;
        let units = i64::try_from(rounded).ok().filter(|units| *units > 0)?;
        Some(Self { units, currency: self.currency })
    }

    /// What `quantity` costs. **The only place where money is rounded**: to the currency's decimals, a half away from zero.
    ///
    /// That is how invoices are reckoned: roundTiesToAway of IEEE 754-2019 §4.3.1, commercial rounding of DIN 1333, and the
    /// rule that Regulation (EC) No 1103/97 article 5 sets for sums halfway between two cents. Documents round each line
    /// and add the rounded lines, so a total is always the sum of what is printed above it.
    ///
    /// # Errors
    /// [`Code::AmountTooLarge`].
    pub fn extend(self, quantity: Quantity) -> Result<Money, Problem> {
        // Both factors count 1/10 000 and fit 63 bits, so the product counts 1/100 000 000 and fits 126.
        let product = i128::from(self.units) * i128::from(quantity.units());
        let decimals = self.currency.decimals();
        let step = 10_i128.pow(2 * STORED_DECIMALS - decimals);
        // Nothing here is negative: away from zero is upwards.
        let rounded = (product + step / 2) / step;
        let units = rounded.checked_mul(10_i128.pow(STORED_DECIMALS - decimals)).ok_or_else(too_large)?;
        Money::from_units(i64::try_from(units).map_err(|_| too_large())?, self.currency)
    }
}

impl fmt::Display for UnitPrice {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.amount(), self.currency)
    }
}

impl From<UnitPrice> for Wire {
    fn from(price: UnitPrice) -> Self {
        Self { amount: price.amount().to_string(), currency: price.currency }
    }
}

impl TryFrom<Wire> for UnitPrice {
    type Error = Problem;

    fn try_from(wire: Wire) -> Result<Self, Problem> {
        Self::new(parse_decimal(&wire.amount)?, wire.currency)
    }
}
