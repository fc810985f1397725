//! Exact amounts: every quantity of a unit as a whole number of parts that all units it converts to share.
//!
//! A third of a dozen has no end in decimals and ten pounds in kilograms have seven, so amounts in two units are never
//! compared or added as decimals, only as whole numbers of such parts.

use rust_decimal::Decimal;

use super::{Dimension, Unit, greatest_common_divisor};
use crate::quantity::Quantity;

impl Dimension {
    /// Into how many parts the base unit is cut so that each unit of the dimension is a whole number of them: what the
    /// denominators of its units have in common.
    pub(super) const fn parts(self) -> u64 {
        match self {
            Self::Mass => 1_000_000_000_000,
            Self::Length => 1_000_000_000,
            Self::Area => 100_000_000,
            Self::Volume => 10_000_000_000_000_000,
            Self::Count | Self::Energy | Self::Time | Self::Service | Self::Package => 1,
        }
    }
}

impl Unit {
    /// Whether the two have a fixed relation.
    #[must_use]
    pub fn converts_to(self, other: Self) -> bool {
        self == other || (self.dimension() == other.dimension() && self.0.size.is_some() && other.0.size.is_some())
    }

    /// The first unit that it has a fixed relation to, which is the same for all of those: two units convert to each other where this is
    /// one and the same.
    #[must_use]
    pub fn kin(self) -> Self {
        Self::all().find(|other| other.converts_to(self)).unwrap_or(self)
    }

    /// How many parts 1/10 000 of the unit has, the finest step that a [`Quantity`] is stored in. Compares with the parts
    /// of units it [converts to](Self::converts_to) alone.
    pub(crate) fn parts_of_step(self) -> i128 {
        let Some(size) = &self.0.size else { return 1 };
        // The denominator divides the parts (tests try every unit), so nothing is lost.
        i128::from(size.numerator) * i128::from(self.dimension().parts() / size.denominator.max(1))
    }

    /// How many parts `quantity` of the unit has: below 10³³ for any unit, so that a hundred thousand of them can be added.
    pub(crate) fn parts(self, quantity: Quantity) -> i128 {
        i128::from(quantity.units()) * self.parts_of_step()
    }

    /// The smallest quantity that can exist, in 1/10 000 of the unit: one piece of what is counted, so 2 500 of a dozen.
    pub(crate) fn step(self) -> i64 {
        let one = Quantity::ONE.units();
        match (self.0.dimension, &self.0.size) {
            (Dimension::Count, Some(size)) => {
                let shared = greatest_common_divisor(one.unsigned_abs().into(), size.numerator.into());
                i64::try_from(shared).map_or(one, |shared| one / shared.max(1))
            }
            (Dimension::Count | Dimension::Package, _) => one,
            _ => 1,
        }
    }

    /// `amount` of this unit in `other`, nothing where the two have no fixed relation. Only to show: what 28 digits cannot
    /// say is rounded.
    #[must_use]
    pub fn convert(self, amount: Decimal, other: Self) -> Option<Decimal> {
        // A price for each `other` grows as the amount of `self` that one `other` holds, which is what an amount shrinks by.
        let (up, down) = Self::price_factor(other, self)?;
        amount.checked_mul(up)?.checked_div(down).map(|amount| amount.normalize())
    }
}
