//! How much each unit of a product is: the one place that converts quantities of it.

use super::{Packaging, Product};
use crate::problem::{Code, Problem};
use crate::quantity::{QUANTITY_MAX, Quantity};
use crate::ratio::Ratio;
use crate::unit::Unit;

/// The units of a product: its own, those with a fixed relation to it, its packagings, and those with a fixed relation to a packaging.
///
/// All of it is exact: a quantity that another unit cannot say is refused, and so is what 128 bits cannot hold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Measures {
    base: Unit,
    packed: Vec<Packed>,
}

/// That one `unit` of a product holds `quantity` of `of`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Packed {
    /// What holds.
    pub unit: Unit,
    /// How much.
    pub quantity: Quantity,
    /// Of what.
    pub of: Unit,
}

impl From<&Packaging> for Packed {
    fn from(packaging: &Packaging) -> Self {
        Self { unit: packaging.unit, quantity: packaging.quantity, of: packaging.of }
    }
}

impl Measures {
    /// Those of a product that is counted in `base` and packed so. What leads nowhere or in a circle is as if it were not there.
    #[must_use]
    pub const fn new(base: Unit, packed: Vec<Packed>) -> Self {
        Self { base, packed }
    }

    /// Those of something that is counted in `base` and not packed.
    #[must_use]
    pub const fn plain(base: Unit) -> Self {
        Self::new(base, Vec::new())
    }

    /// Those of `product` with these packagings.
    #[must_use]
    pub fn of(product: &Product, packagings: &[Packaging]) -> Self {
        Self::new(product.details.unit, packagings.iter().map(Packed::from).collect())
    }

    /// Says that one unit of the product holds so much, too.
    pub fn add(&mut self, packed: Packed) {
        self.packed.push(packed);
    }

    /// Whether something of the product can be counted in `unit`.
    ///
    /// # Errors
    /// [`Code::PackagingUnknown`] for a unit that has nothing to do with it, [`Code::PackagingCycle`], [`Code::TooLarge`].
    pub fn check(&self, unit: Unit) -> Result<(), Problem> {
        self.size(unit).map(|_| ()).map_err(|code| refused(code, unit))
    }

    /// `quantity` of `from` in `to`.
    ///
    /// # Errors
    /// [`Code::PackagingUnknown`] for units that have nothing to do with each other; [`Code::NumberNotExact`] where four decimals cannot
    /// say it; [`Code::WholeNumberNeeded`] for a part of what only comes whole; [`Code::TooLarge`].
    pub fn convert(&self, quantity: Quantity, from: Unit, to: Unit) -> Result<Quantity, Problem> {
        if from == to {
            return Ok(quantity);
        }
        let amount = self.amount(quantity, from, to)?;
        let units = amount.whole().ok_or_else(|| refused(Code::NumberNotExact, to))?;
        let units = i64::try_from(units).map_err(|_| refused(Code::TooLarge, to))?;
        let converted = Quantity::from_units(units)?;
        to.check(converted)?;
        Ok(converted)
    }

    /// How much `quantity` of `from` is, in 1/10 000 of `to`, whether or not a quantity can say it: to compare with others in `to`.
    ///
    /// # Errors
    /// [`Code::PackagingUnknown`] for units that have nothing to do with each other; [`Code::TooLarge`].
    pub(crate) fn amount(&self, quantity: Quantity, from: Unit, to: Unit) -> Result<Ratio, Problem> {
        let rate = self.rate(from, to)?;
        let count = Ratio::new(quantity.units().into(), 1);
        count.and_then(|count| count.times(rate)).ok_or_else(|| refused(Code::TooLarge, from))
    }

    /// How many `to` one `from` is.
    ///
    /// # Errors
    /// As [`Measures::amount`].
    fn rate(&self, from: Unit, to: Unit) -> Result<Ratio, Problem> {
        // A fixed relation holds for whatever is measured, and no packaging contradicts it.
        if from.converts_to(to) {
            return Ratio::new(from.parts_of_step(), to.parts_of_step()).ok_or_else(|| refused(Code::TooLarge, from));
        }
        let size = |unit| self.size(unit).map_err(|code| refused(code, unit));
        size(from)?.divided_by(size(to)?).ok_or_else(|| refused(Code::TooLarge, from))
    }

    /// How large 1/10 000 of `unit` is, in parts of the product's unit.
    pub(super) fn size(&self, unit: Unit) -> Result<Ratio, Code> {
        // A packaging and its relation to another unit are two steps.
        self.size_within(unit, 2 * self.packed.len() + 1)
    }

    /// The same with so many steps to go: more than there are packagings lead in a circle.
    fn size_within(&self, unit: Unit, steps: usize) -> Result<Ratio, Code> {
        if unit.converts_to(self.base) {
            return Ratio::new(unit.parts_of_step(), 1).ok_or(Code::TooLarge);
        }
        if let Some(packed) = self.packed.iter().find(|packed| packed.unit == unit) {
            let rest = steps.checked_sub(1).ok_or(Code::PackagingCycle)?;
            let held = self.size_within(packed.of, rest)?;
            let count = Ratio::new(packed.quantity.units().into(), Quantity::ONE.units().into());
            return count.and_then(|count| count.times(held)).ok_or(Code::TooLarge);
        }
        // A gram, where a kilogram is said to be so many pieces.
        let related = self.packed.iter().find(|packed| packed.unit.converts_to(unit)).ok_or(Code::PackagingUnknown)?;
        let rest = steps.checked_sub(1).ok_or(Code::PackagingCycle)?;
        let fixed = Ratio::new(unit.parts_of_step(), related.unit.parts_of_step());
        let held = self.size_within(related.unit, rest)?;
        fixed.and_then(|fixed| fixed.times(held)).ok_or(Code::TooLarge)
    }

    /// The first of `counted` that `later` measures of the same product would break: what they cannot count any more, and, where it binds
    /// (the second of the pair), what they count otherwise.
    #[must_use]
    pub fn broken_by(&self, later: &Self, counted: &[(Unit, bool)]) -> Option<Unit> {
        let broken = |(unit, binds): &&(Unit, bool)| match (self.size(*unit), later.size(*unit)) {
            (Ok(before), Ok(after)) => *binds && before != after,
            (Ok(_), Err(_)) => true,
            (Err(_), _) => false,
        };
        counted.iter().find(broken).map(|(unit, _)| *unit)
    }
}

fn refused(code: Code, unit: Unit) -> Problem {
    let problem = Problem::new(code).with("unit", unit);
    if code == Code::TooLarge { problem.with("max", QUANTITY_MAX) } else { problem }
}
