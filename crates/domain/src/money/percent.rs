//! A share of something, in percent.

use std::fmt;

use rust_decimal::Decimal;

use crate::number::{STORED_DECIMALS, ten_thousandths};
use crate::problem::{Code, Problem};

/// A percentage above 0 and below 100, with up to four decimals.
///
/// Neither end can be: nothing off is no discount, and nobody sells for nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Percent {
    /// In 1/10 000 of a percent.
    units: i64,
}

/// The whole, in 1/10 000 of a percent.
const WHOLE: i64 = 100 * 10_i64.pow(STORED_DECIMALS);

impl Percent {
    /// `value` percent. Zeros at the end do not count as decimals.
    ///
    /// # Errors
    /// [`Code::NotPositive`], [`Code::TooLarge`] or [`Code::TooManyDecimals`]; nothing is rounded.
    pub fn new(value: Decimal) -> Result<Self, Problem> {
        if value <= Decimal::ZERO {
            return Err(Code::NotPositive.into());
        }
        if value >= Decimal::ONE_HUNDRED {
            return Err(too_large());
        }
        let units = ten_thousandths(value);
        Self::from_units(units.ok_or_else(|| Problem::new(Code::TooManyDecimals).with("max", STORED_DECIMALS))?)
    }

    /// The percentage stored as `units` of 1/10 000 of a percent.
    ///
    /// # Errors
    /// [`Code::NotPositive`] or [`Code::TooLarge`].
    pub fn from_units(units: i64) -> Result<Self, Problem> {
        match units {
            ..=0 => Err(Code::NotPositive.into()),
            WHOLE.. => Err(too_large()),
            _ => Ok(Self { units }),
        }
    }

    /// What remains of the whole when it is taken off: numerator and denominator.
    pub(super) fn rest(self) -> (i128, i128) {
        (i128::from(WHOLE - self.units), i128::from(WHOLE))
    }

    /// In 1/10 000 of a percent, for storing.
    #[must_use]
    pub const fn units(self) -> i64 {
        self.units
    }

    /// The number of percent, without zeros at the end.
    #[must_use]
    pub fn value(self) -> Decimal {
        Decimal::new(self.units, STORED_DECIMALS).normalize()
    }
}

fn too_large() -> Problem {
    Problem::new(Code::TooLarge).with("max", Decimal::new(WHOLE - 1, STORED_DECIMALS))
}

impl fmt::Display for Percent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.value(), f)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use rust_decimal::{Decimal, RoundingStrategy};

    use super::{Percent, WHOLE};
    use crate::currency::Currency;
    use crate::money::UnitPrice;
    use crate::number::parse_decimal;
    use crate::problem::Code;

    #[test]
    fn the_borders() {
        for (text, expected) in [
            ("0.0001", Ok(1)),
            ("99.9999", Ok(WHOLE - 1)),
            ("12.50000", Ok(125_000)),
            ("0", Err(Code::NotPositive)),
            ("-5", Err(Code::NotPositive)),
            ("100", Err(Code::TooLarge)),
            ("1.00001", Err(Code::TooManyDecimals)),
        ] {
            let read = Percent::new(parse_decimal(text).unwrap());
            assert_eq!(read.map(Percent::units).map_err(|problem| problem.code), expected, "{text}");
        }
    }

    proptest! {
        #[test]
        fn a_discount_is_what_decimals_say_it_is(units in 1..WHOLE, price in 0..1_000_000_000_000_i64) {
            let percent = Percent::from_units(units).unwrap();
            let price = UnitPrice::from_units(price, Currency::USD).unwrap();
            let factor = (Decimal::ONE_HUNDRED - percent.value()) / Decimal::ONE_HUNDRED;
            let expected =
                (price.amount() * factor).round_dp_with_strategy(4, RoundingStrategy::MidpointAwayFromZero);
            match price.less(percent) {
                Some(less) => prop_assert_eq!(less.amount(), expected),
                None => prop_assert!(expected.is_zero()),
            }
        }
    }
}
