//! Exact fractions: how large one unit is in another.

use std::cmp::Ordering;

/// A fraction above zero in lowest terms. What does not fit is refused, never rounded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Ratio {
    over: i128,
    under: i128,
}

impl Ratio {
    /// `over / under`; nothing unless both are above zero.
    pub(crate) fn new(over: i128, under: i128) -> Option<Self> {
        if over <= 0 || under <= 0 {
            return None;
        }
        let (mut large, mut small) = (over, under);
        while let Some(rest) = large.checked_rem(small) {
            (large, small) = (small, rest);
        }
        Some(Self { over: over.checked_div(large)?, under: under.checked_div(large)? })
    }

    /// Both multiplied; nothing beyond 128 bits.
    pub(crate) fn times(self, other: Self) -> Option<Self> {
        // Shortened crosswise first, so that only what is too large overflows.
        let (one, two) = (Self::new(self.over, other.under)?, Self::new(other.over, self.under)?);
        Self::new(one.over.checked_mul(two.over)?, one.under.checked_mul(two.under)?)
    }

    /// This divided by `other`; nothing beyond 128 bits.
    pub(crate) fn divided_by(self, other: Self) -> Option<Self> {
        self.times(Self { over: other.under, under: other.over })
    }

    /// The whole number that it is; nothing for a fraction.
    pub(crate) fn whole(self) -> Option<i128> {
        (self.under == 1).then_some(self.over)
    }
}

impl Ord for Ratio {
    /// Compared by continued fractions, so that no product is needed and nothing overflows.
    fn cmp(&self, other: &Self) -> Ordering {
        let (mut one, mut two) = ((self.over, self.under), (other.over, other.under));
        loop {
            let whole = |(over, under): (i128, i128)| over.div_euclid(under);
            let rest = |(over, under): (i128, i128)| over.rem_euclid(under);
            match whole(one).cmp(&whole(two)) {
                Ordering::Equal => {}
                unequal => return unequal,
            }
            match (rest(one), rest(two)) {
                (0, 0) => return Ordering::Equal,
                (0, _) => return Ordering::Less,
                (_, 0) => return Ordering::Greater,
                // The larger of two fractions is the one whose reciprocal is smaller.
                (left, right) => (one, two) = ((two.1, right), (one.1, left)),
            }
        }
    }
}

impl PartialOrd for Ratio {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::Ratio;

    fn ratio(over: i128, under: i128) -> Ratio {
        Ratio::new(over, under).unwrap()
    }

    #[test]
    fn what_does_not_fit_is_refused_and_still_compared() {
        let (huge, tiny) = (ratio(i128::MAX, 1), ratio(1, i128::MAX));
        assert_eq!(huge.times(huge), None);
        assert_eq!(huge.times(tiny), Some(ratio(1, 1)));
        assert!(tiny < huge && ratio(i128::MAX, i128::MAX - 1) > ratio(i128::MAX - 1, i128::MAX - 2).min(ratio(1, 1)));
        assert!(ratio(i128::MAX - 1, i128::MAX) < ratio(i128::MAX, i128::MAX - 1));
        assert_eq!((Ratio::new(0, 1), Ratio::new(1, 0), Ratio::new(-1, 1)), (None, None, None));
    }

    proptest! {
        #[test]
        fn fractions_compare_as_their_products(a in 1_i128..10_000, b in 1_i128..10_000, c in 1_i128..10_000, d in 1_i128..10_000) {
            let (one, two) = (ratio(a, b), ratio(c, d));
            prop_assert_eq!(one.cmp(&two), (a * d).cmp(&(c * b)));
            prop_assert_eq!(one.times(two), Ratio::new(a * c, b * d));
            prop_assert_eq!(one.divided_by(two), Ratio::new(a * d, b * c));
            prop_assert_eq!(one.times(two).unwrap().divided_by(two), Some(one));
            prop_assert_eq!(one.whole(), (a % b == 0).then_some(a / b));
        }
    }
}
