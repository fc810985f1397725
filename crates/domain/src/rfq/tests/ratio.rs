//! Fractions, as slow and plain as a reference may be. Nothing of the product's own arithmetic is in here.

use std::cmp::Ordering;

use proptest::sample::Index;
use rust_decimal::Decimal;

use crate::unit::Unit;

/// A fraction in lowest terms with a positive denominator.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Ratio(i128, i128);

/// The test's own sizes of units, in kilograms, pieces and litres, each with a letter for what it measures.
const SIZES: &[(&str, char, i128, i128)] = &[
    ("KGM", 'm', 1, 1),
    ("GRM", 'm', 1, 1_000),
    ("TNE", 'm', 1_000, 1),
    ("LBR", 'm', 45_359_237, 100_000_000),
    ("ONZ", 'm', 45_359_237, 1_600_000_000),
    ("C62", 'n', 1, 1),
    ("DZN", 'n', 12, 1),
    ("GRO", 'n', 144, 1),
    ("LTR", 'v', 1, 1),
    ("GLL", 'v', 3_785_411_784, 1_000_000_000),
    ("GLI", 'v', 454_609, 100_000),
];

impl Ratio {
    pub(super) const ZERO: Self = Self(0, 1);

    pub(super) fn new(numerator: i128, denominator: i128) -> Self {
        let (mut one, mut other) = (numerator.abs(), denominator.abs());
        while other != 0 {
            (one, other) = (other, one % other);
        }
        let sign = denominator.signum();
        Self(sign * numerator / one.max(1), sign * denominator / one.max(1))
    }

    pub(super) fn of(number: Decimal) -> Self {
        Self::new(number.mantissa(), 10_i128.pow(number.scale()))
    }

    /// The size of a unit.
    pub(super) fn size(unit: Unit) -> Self {
        let (_, _, numerator, denominator) = SIZES.iter().find(|(code, ..)| *code == unit.code()).unwrap();
        Self::new(*numerator, *denominator)
    }

    pub(super) fn plus(self, other: Self) -> Self {
        Self::new(self.0 * other.1 + other.0 * self.1, self.1 * other.1)
    }

    pub(super) fn minus(self, other: Self) -> Self {
        self.plus(Self(-other.0, other.1))
    }

    pub(super) fn times(self, other: Self) -> Self {
        let (one, two) = (Self::new(self.0, other.1), Self::new(other.0, self.1));
        Self::new(one.0 * two.0, one.1 * two.1)
    }

    pub(super) fn over(self, other: Self) -> Self {
        self.times(Self::new(other.1, other.0))
    }

    /// The largest whole number that is not above.
    pub(super) fn floor(self) -> i64 {
        i64::try_from(self.0.div_euclid(self.1)).unwrap()
    }
}

impl PartialOrd for Ratio {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Ratio {
    fn cmp(&self, other: &Self) -> Ordering {
        // Wholes first, then what is left the other way up: no product that could overflow.
        let (Self(a, b), Self(c, d)) = (*self, *other);
        let rests = (a.rem_euclid(b), c.rem_euclid(d));
        a.div_euclid(b).cmp(&c.div_euclid(d)).then_with(|| match rests {
            (0, _) | (_, 0) => rests.0.cmp(&rests.1),
            (one, two) => Self(d, two).cmp(&Self(b, one)),
        })
    }
}

/// One of the families of units that convert to each other, and one of its units.
pub(super) fn unit_of(family: &Index, unit: &Index) -> Unit {
    let family = family.get(&['m', 'n', 'v'][..]);
    let of_it = SIZES.iter().filter(|(_, of, ..)| of == family);
    *unit.get(&of_it.map(|(code, ..)| Unit::parse(code).unwrap()).collect::<Vec<_>>()[..])
}
