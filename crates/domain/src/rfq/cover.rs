//! How much of what a line asks for is covered, in whatever units it is offered.

use super::RfqLine;
use crate::problem::{Code, Problem};
use crate::quantity::{QUANTITY_MAX, Quantity};
use crate::unit::Unit;

/// A need is met to the precision that one whole is stored with: four decimals.
const PRECISION: i128 = Quantity::ONE.units() as i128;

/// What is offered or awarded for one line of a request, added up without rounding.
///
/// In the unit of an offer, what is asked for may have no quantity that can be written down: 10 pounds are 4.535 923 7
/// kilograms, and a quantity has four decimals. So the quantities next to it on both sides count as **all of it**: a total
/// that differs from the need by less than 0.0001 of the unit that is offered, the coarsest where there are several. In
/// a unit so coarse that this would be more than 1/10 000 of the need (0.0001 tonnes for 150 grams) only that much may
/// differ, and whoever wants to cover the need takes a finer unit. What is asked and offered in the same unit, and what is
/// counted, must match exactly: there the next quantity is a whole step away.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cover {
    unit: Unit,
    /// In the parts of `unit`, as the two below.
    need: i128,
    given: i128,
    /// The coarsest step that was added.
    step: i128,
}

impl Cover {
    /// Nothing yet of what `line` asks for.
    #[must_use]
    pub fn nothing(line: &RfqLine) -> Self {
        Self { unit: line.unit, need: line.unit.parts(line.quantity), given: 0, step: 1 }
    }

    /// Adds `quantity` of `unit`.
    ///
    /// # Errors
    /// [`Code::UnitsDiffer`] when `unit` has no fixed relation to that of the line.
    pub fn add(&mut self, quantity: Quantity, unit: Unit) -> Result<(), Problem> {
        if !unit.converts_to(self.unit) {
            return Err(Problem::new(Code::UnitsDiffer).with("unit", self.unit.code()));
        }
        self.given += unit.parts(quantity);
        self.step = self.step.max(unit.parts_of_step());
        Ok(())
    }

    /// Whether it is all that is asked for.
    #[must_use]
    pub fn is_whole(&self) -> bool {
        self.need - self.given <= self.tolerance(self.step)
    }

    /// Whether it is more than is asked for.
    #[must_use]
    pub fn is_exceeded(&self) -> bool {
        self.given - self.need > self.tolerance(self.step)
    }

    /// The largest quantity of `unit` that is not more than is asked for, nothing where even the smallest would be.
    #[must_use]
    pub fn most(&self, unit: Unit) -> Option<Quantity> {
        let parts = self.need + self.tolerance(unit.parts_of_step());
        let units = parts.checked_div(unit.parts_of_step())?.min(i128::from(QUANTITY_MAX) * PRECISION);
        let units = i64::try_from(units).ok()?;
        Quantity::from_units(units - units % unit.step()).ok()
    }

    /// How far a total may be off, whose coarsest step is `step`.
    fn tolerance(&self, step: i128) -> i128 {
        (step - 1).min(self.need / PRECISION)
    }
}
