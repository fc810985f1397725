//! What keeps a product from being counted in another unit.

use crate::problem::{Code, Problem};
use crate::unit::Unit;

/// What is said of a product in its unit.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Counted {
    /// Its packagings lead down to its unit, or to one with a fixed relation to it.
    pub packed: bool,
    /// It is a component of a kit, so many of its units each, or a kit itself, of so much to one of its units.
    pub in_kit: bool,
}

impl Counted {
    /// Whether a product that is counted in `from` can be counted in `to`. The conflicts of catalog versions say the same.
    ///
    /// # Errors
    /// [`Code::UnitsDiffer`] where packagings would lead to nothing; [`Code::UnitInKit`] where a kit would be made of something else.
    pub fn check(self, from: Unit, to: Unit) -> Result<(), Problem> {
        if self.packed && !to.converts_to(from) {
            return Err(Problem::new(Code::UnitsDiffer).with("unit", from));
        }
        if self.in_kit && to != from {
            return Err(Code::UnitInKit.into());
        }
        Ok(())
    }
}
