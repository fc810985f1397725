//! A line that binds, and what was called off of it.

use super::{Agreement, AgreementId, LineTerms};
use crate::id::Id;
use crate::money::Money;
use crate::problem::{Code, Problem};
use crate::quantity::Quantity;

/// A line of an agreement that binds. At every step, what was called off and what remains are the volume together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AgreementLine {
    /// Which line.
    pub id: AgreementLineId,
    /// Of which agreement.
    pub agreement: AgreementId,
    /// Its place in the agreement, from 1.
    pub position: i64,
    /// What was agreed; it never changes.
    pub terms: LineTerms,
    /// How much was called off and not cancelled; `None` for nothing.
    pub called_off: Option<Quantity>,
    /// How much can still be called off; `None` for nothing, and where there is no limit.
    pub remaining: Option<Quantity>,
    /// What the called-off quantity costs, as it was ordered.
    pub called_off_amount: Money,
    /// Counts its changes.
    pub version: i64,
}

/// The id of an [`AgreementLine`].
pub type AgreementLineId = Id<AgreementLine>;

fn units(quantity: Option<Quantity>) -> i64 {
    quantity.map_or(0, Quantity::units)
}

impl AgreementLine {
    /// The lines of `agreement`, with nothing called off.
    #[must_use]
    pub fn open_all(agreement: &Agreement, lines: &[LineTerms]) -> Vec<Self> {
        let open = |(position, terms): (i64, &LineTerms)| Self {
            id: Id::new(),
            agreement: agreement.id,
            position,
            terms: terms.clone(),
            called_off: None,
            remaining: terms.volume,
            called_off_amount: Money::zero(agreement.terms.currency),
            version: 1,
        };
        (1..).zip(lines).map(open).collect()
    }

    /// Whether what was called off and what remains are the volume together.
    #[must_use]
    pub fn is_conserved(&self) -> bool {
        let both = units(self.called_off).checked_add(units(self.remaining));
        self.terms.volume.map_or(self.remaining.is_none(), |volume| both == Some(volume.units()))
    }

    /// Whether the promised least was called off, or none was promised.
    #[must_use]
    pub fn is_met(&self) -> bool {
        self.terms.commitment.is_none_or(|least| self.called_off >= Some(least))
    }

    /// Whether anything can be called off: what remains reaches the least of one call-off. Until then it makes a price.
    #[must_use]
    pub fn is_callable(&self) -> bool {
        self.terms.volume.is_none() || units(self.remaining) >= self.terms.least_units()
    }

    /// Calls off `quantity` and answers what it costs.
    ///
    /// # Errors
    /// A quantity that its unit cannot have; [`Code::BelowOrderMinimum`]; [`Code::OffOrderMultiple`]; [`Code::MoreThanRemains`] with
    /// what remains; [`Code::AmountTooLarge`].
    pub fn call_off(&mut self, quantity: Quantity) -> Result<Money, Problem> {
        let terms = &self.terms;
        terms.unit.check(quantity)?;
        let below = |min: Quantity| Problem::new(Code::BelowOrderMinimum).with("min", min).with("unit", terms.unit);
        if let Some(min) = terms.order_minimum.filter(|min| quantity < *min) {
            return Err(below(min));
        }
        if let Some(multiple) = terms.order_multiple.filter(|multiple| quantity.units() % multiple.units() != 0) {
            return Err(Problem::new(Code::OffOrderMultiple).with("multiple", multiple).with("unit", terms.unit));
        }
        let first = terms.tiers.first().and_then(|tier| tier.min_quantity);
        let price = terms.price_at(quantity).ok_or_else(|| below(first.unwrap_or(quantity)))?;
        if terms.volume.is_some() && units(self.remaining) < quantity.units() {
            let remaining = self.remaining.map(Quantity::value).unwrap_or_default();
            return Err(Problem::new(Code::MoreThanRemains).with("remaining", remaining).with("unit", terms.unit));
        }
        let called_off = match self.called_off {
            None => quantity,
            Some(before) => before.checked_add(quantity).ok_or(Code::Invalid)?,
        };
        let amount = price.extend(quantity)?;
        let total = self.called_off_amount.checked_add(amount)?;
        self.called_off = Some(called_off);
        self.remaining = self.remaining.and_then(|remaining| remaining.checked_sub(quantity));
        self.called_off_amount = total;
        Ok(amount)
    }

    /// Takes back `quantity` that was called off for `amount` and will not be delivered.
    ///
    /// # Errors
    /// [`Code::Invalid`] for more than was called off, which no order has.
    pub fn give_back(&mut self, quantity: Quantity, amount: Money) -> Result<(), Problem> {
        let before = self.called_off.filter(|before| *before >= quantity).ok_or(Code::Invalid)?;
        let total = self.called_off_amount.checked_sub(amount)?;
        if total.is_negative() {
            return Err(Code::Invalid.into());
        }
        if self.terms.volume.is_some() {
            let remaining = match self.remaining {
                None => quantity,
                Some(remaining) => remaining.checked_add(quantity).ok_or(Code::Invalid)?,
            };
            self.remaining = Some(remaining);
        }
        self.called_off = before.checked_sub(quantity);
        self.called_off_amount = total;
        Ok(())
    }
}
