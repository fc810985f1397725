//! How much can be ordered at once.

use crate::problem::{Code, Problem};
use crate::quantity::Quantity;
use crate::unit::Unit;

/// The quantities that can be ordered at once, each with the unit that it counts. `None` is no limit.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct OrderTerms {
    /// The least.
    pub minimum: Option<(Quantity, Unit)>,
    /// What quantities are multiples of.
    pub multiple: Option<(Quantity, Unit)>,
    /// The most.
    pub maximum: Option<(Quantity, Unit)>,
}

impl OrderTerms {
    /// Terms that all count `unit`.
    #[must_use]
    pub fn of(unit: Unit, minimum: Option<Quantity>, multiple: Option<Quantity>, maximum: Option<Quantity>) -> Self {
        let counted = |quantity: Option<Quantity>| quantity.map(|quantity| (quantity, unit));
        Self { minimum: counted(minimum), multiple: counted(multiple), maximum: counted(maximum) }
    }

    /// These, and what they leave open as `further` says.
    #[must_use]
    pub fn or(self, further: &Self) -> Self {
        Self {
            minimum: self.minimum.or(further.minimum),
            multiple: self.multiple.or(further.multiple),
            maximum: self.maximum.or(further.maximum),
        }
    }

    /// Whether `quantity` of `unit`, which converts to the units of the terms, can be ordered.
    ///
    /// # Errors
    /// [`Code::BelowOrderMinimum`], [`Code::AboveOrderMaximum`] or [`Code::OffOrderMultiple`], the first of them.
    pub fn check(&self, quantity: Quantity, unit: Unit) -> Result<(), Problem> {
        let asked = unit.parts(quantity);
        let parts = |(quantity, unit): (Quantity, Unit)| unit.parts(quantity);
        let refused = |code, name, (quantity, unit): (Quantity, Unit)| {
            Err(Problem::new(code).with(name, quantity).with("unit", unit))
        };
        match (self.minimum, self.maximum, self.multiple) {
            (Some(minimum), ..) if asked < parts(minimum) => refused(Code::BelowOrderMinimum, "min", minimum),
            (_, Some(maximum), _) if asked > parts(maximum) => refused(Code::AboveOrderMaximum, "max", maximum),
            (.., Some(multiple)) if asked % parts(multiple) != 0 => {
                refused(Code::OffOrderMultiple, "multiple", multiple)
            }
            _ => Ok(()),
        }
    }
}
