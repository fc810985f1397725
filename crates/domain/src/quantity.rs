//! How much of something: a number of units, more than none.

use std::fmt;
use std::str::FromStr;

use rust_decimal::Decimal;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::number::{STORED_DECIMALS, parse_decimal, ten_thousandths};
use crate::problem::{Code, Problem};

/// The largest quantity that one line may ask for.
pub const QUANTITY_MAX: i64 = 1_000_000_000;

const UNITS_PER_ONE: i64 = 10_i64.pow(STORED_DECIMALS);

/// A number of some unit: above zero, at most [`QUANTITY_MAX`], with up to four decimals.
///
/// There is no zero: where nothing is possible, the type is `Option<Quantity>`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Quantity {
    /// In 1/10 000.
    units: i64,
}

impl Quantity {
    /// One.
    pub const ONE: Self = Self { units: UNITS_PER_ONE };

    /// The quantity `value`. Zeros at the end do not count as decimals.
    ///
    /// # Errors
    /// [`Code::NotPositive`], [`Code::TooLarge`] or [`Code::TooManyDecimals`]; nothing is rounded.
    pub fn new(value: Decimal) -> Result<Self, Problem> {
        if value <= Decimal::ZERO {
            return Err(Code::NotPositive.into());
        }
        if value > Decimal::from(QUANTITY_MAX) {
            return Err(too_large());
        }
        let units =
            ten_thousandths(value).ok_or_else(|| Problem::new(Code::TooManyDecimals).with("max", STORED_DECIMALS))?;
        Self::from_units(units)
    }

    /// Reads a quantity in plain notation; see [`parse_decimal`].
    ///
    /// # Errors
    /// [`Code::NumberMalformed`], and those of [`Quantity::new`].
    pub fn parse(text: &str) -> Result<Self, Problem> {
        Self::new(parse_decimal(text)?)
    }

    /// The quantity stored as `units` of 1/10 000.
    ///
    /// # Errors
    /// [`Code::NotPositive`] or [`Code::TooLarge`].
    pub fn from_units(units: i64) -> Result<Self, Problem> {
        match units {
            ..=0 => Err(Code::NotPositive.into()),
            _ if units > QUANTITY_MAX * UNITS_PER_ONE => Err(too_large()),
            _ => Ok(Self { units }),
        }
    }

    /// In 1/10 000, for storing.
    #[must_use]
    pub const fn units(self) -> i64 {
        self.units
    }

    /// The number, without zeros at the end.
    #[must_use]
    pub fn value(self) -> Decimal {
        Decimal::new(self.units, STORED_DECIMALS).normalize()
    }

    /// Whether there are no decimals.
    #[must_use]
    pub const fn is_whole(self) -> bool {
        self.units % UNITS_PER_ONE == 0
    }

    /// Both together, or nothing beyond [`QUANTITY_MAX`].
    #[must_use]
    pub fn checked_add(self, other: Self) -> Option<Self> {
        Self::from_units(self.units.checked_add(other.units)?).ok()
    }

    /// What remains when `other` is taken away; nothing if nothing remains or there was too little.
    #[must_use]
    pub fn checked_sub(self, other: Self) -> Option<Self> {
        Self::from_units(self.units.checked_sub(other.units)?).ok()
    }
}

fn too_large() -> Problem {
    Problem::new(Code::TooLarge).with("max", QUANTITY_MAX)
}

impl fmt::Display for Quantity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.value(), f)
    }
}

impl FromStr for Quantity {
    type Err = Problem;

    fn from_str(text: &str) -> Result<Self, Problem> {
        Self::parse(text)
    }
}

impl Serialize for Quantity {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Quantity {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Self::parse(&String::deserialize(deserializer)?).map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{QUANTITY_MAX, Quantity, UNITS_PER_ONE};
    use crate::problem::Code;

    #[test]
    fn the_borders() {
        for (text, expected) in [
            ("0.0001", Ok(1)),
            ("1000000000", Ok(QUANTITY_MAX * UNITS_PER_ONE)),
            ("1000000000.0000", Ok(QUANTITY_MAX * UNITS_PER_ONE)),
            ("12.5000000", Ok(125_000)),
            ("0", Err(Code::NotPositive)),
            ("-1", Err(Code::NotPositive)),
            ("0.00001", Err(Code::TooManyDecimals)),
            ("1000000000.0001", Err(Code::TooLarge)),
            ("9999999999999999999999999999", Err(Code::TooLarge)),
            ("twelve", Err(Code::NumberMalformed)),
        ] {
            assert_eq!(Quantity::parse(text).map(Quantity::units).map_err(|p| p.code), expected, "{text}");
        }
        assert_eq!(Quantity::from_units(i64::MAX).unwrap_err().code, Code::TooLarge);
        assert_eq!(Quantity::from_units(i64::MIN).unwrap_err().code, Code::NotPositive);
    }

    #[test]
    fn nothing_remains_of_equal_quantities() {
        let three = Quantity::parse("3").unwrap();
        assert_eq!(three.checked_sub(three), None);
        assert_eq!(three.checked_sub(Quantity::ONE), Some(Quantity::parse("2").unwrap()));
        assert_eq!(Quantity::parse("1000000000").unwrap().checked_add(Quantity::ONE), None);
    }

    proptest! {
        #[test]
        fn units_and_text_round_trip(units in 1..=QUANTITY_MAX * UNITS_PER_ONE) {
            let quantity = Quantity::from_units(units).unwrap();
            prop_assert_eq!(Quantity::new(quantity.value()).unwrap().units(), units);
            prop_assert_eq!(Quantity::parse(&quantity.to_string()).unwrap().units(), units);
            prop_assert_eq!(quantity.is_whole(), !quantity.to_string().contains('.'));
        }

        #[test]
        fn never_panics(text in "(?s:.){0,60}") {
            let _ = Quantity::parse(&text);
        }
    }
}
