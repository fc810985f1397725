//! The value of an attribute as search compares it.

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive as _;

use crate::number::parse_decimal;
use crate::text::fold;

/// Parts of one in which numbers are compared.
const SCALE: i64 = 10_000;

/// What an attribute says: a number where it reads as one, else a text.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Value {
    /// A number, in 1/10 000.
    Number(i64),
    /// A text in its folded form.
    Text(String),
}

impl Value {
    /// Reads the value of an attribute. Numbers with more than four decimals, or too large to count so, are texts.
    #[must_use]
    pub fn of(text: &str) -> Self {
        parse_decimal(text).ok().and_then(Self::of_decimal).unwrap_or_else(|| Self::Text(fold(text)))
    }

    /// The value of a number, if it can be counted in 1/10 000.
    #[must_use]
    pub fn of_decimal(number: Decimal) -> Option<Self> {
        let scaled = number.checked_mul(Decimal::from(SCALE))?;
        if scaled.fract().is_zero() { scaled.to_i64().map(Self::Number) } else { None }
    }

    /// The number that is counted in 1/10 000.
    #[must_use]
    pub fn decimal(units: i64) -> Decimal {
        (Decimal::from(units) / Decimal::from(SCALE)).normalize()
    }
}
