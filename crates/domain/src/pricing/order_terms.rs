//! How much can be ordered at once.

use std::cmp::Ordering;

use crate::catalog::Measures;
use crate::problem::{Code, Problem};
use crate::quantity::Quantity;
use crate::ratio::Ratio;
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

    /// Whether `quantity` of `unit`, of a product with these measures, can be ordered.
    ///
    /// # Errors
    /// [`Code::BelowOrderMinimum`], [`Code::AboveOrderMaximum`] or [`Code::OffOrderMultiple`], the first of them. A limit that cannot be
    /// reckoned in `unit` refuses every quantity.
    pub fn check(&self, quantity: Quantity, unit: Unit, measures: &Measures) -> Result<(), Problem> {
        let amount = |quantity, of| measures.amount(quantity, of, unit).ok();
        let asked = amount(quantity, unit);
        let compared =
            |(limit, of): (Quantity, Unit)| asked.zip(amount(limit, of)).map(|(asked, limit)| asked.cmp(&limit));
        let is_below = |limit| compared(limit).is_none_or(Ordering::is_lt);
        let is_above = |limit| compared(limit).is_none_or(Ordering::is_gt);
        let is_off = |(multiple, of)| {
            let times = asked.zip(amount(multiple, of)).and_then(|(asked, multiple)| asked.divided_by(multiple));
            times.and_then(Ratio::whole).is_none()
        };
        let refused = |code, name, (quantity, unit): (Quantity, Unit)| {
            Err(Problem::new(code).with(name, quantity).with("unit", unit))
        };
        match (self.minimum, self.maximum, self.multiple) {
            (Some(minimum), ..) if is_below(minimum) => refused(Code::BelowOrderMinimum, "min", minimum),
            (_, Some(maximum), _) if is_above(maximum) => refused(Code::AboveOrderMaximum, "max", maximum),
            (.., Some(multiple)) if is_off(multiple) => refused(Code::OffOrderMultiple, "multiple", multiple),
            _ => Ok(()),
        }
    }
}
