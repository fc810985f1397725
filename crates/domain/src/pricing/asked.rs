//! A question about one product, and what it has to do with a candidate.

use super::candidate::{Candidate, PriceTag, Question};
use super::verdict::PriceVerdict;
use crate::catalog::Measures;
use crate::problem::{Code, Problem};
use crate::quantity::Quantity;
use crate::ratio::Ratio;
use crate::unit::Unit;

/// What is asked, of a product that is measured so.
#[derive(Debug, Clone, Copy)]
pub(super) struct Asked<'a> {
    pub(super) question: &'a Question,
    pub(super) measures: &'a Measures,
}

impl Asked<'_> {
    /// Whether a candidate holds at the time that is asked about.
    pub(super) fn in_force(&self, candidate: &Candidate) -> Result<(), PriceVerdict> {
        match &candidate.valid {
            _ if !candidate.active => Err(PriceVerdict::NotActive),
            valid if valid.is_ahead(self.question.as_of) => Err(PriceVerdict::NotYetValid),
            valid if valid.is_over(self.question.as_of) => Err(PriceVerdict::NoLongerValid),
            _ => Ok(()),
        }
    }

    /// Whether a candidate is for this question at all, and how much its tier is in 1/10 000 of the unit that is asked for.
    pub(super) fn applies(&self, candidate: &Candidate) -> Result<Option<Ratio>, PriceVerdict> {
        self.in_force(candidate)?;
        if let (PriceTag::Fixed(price, _), Some(currency)) = (candidate.tag, self.question.currency)
            && price.currency() != currency
        {
            return Err(PriceVerdict::CurrencyDiffers);
        }
        let Some((tier, unit)) = candidate.tier else { return Ok(None) };
        let tier = self.amount(tier, unit)?;
        if self.amount(self.question.quantity, self.question.unit)? < tier {
            return Err(PriceVerdict::BelowTier);
        }
        Ok(Some(tier))
    }

    /// The quantity that is asked for, counted in `unit`.
    pub(super) fn counted(&self, unit: Unit) -> Result<Quantity, PriceVerdict> {
        let question = self.question;
        self.measures.convert(question.quantity, question.unit, unit).map_err(|problem| verdict(&problem))
    }

    fn amount(&self, quantity: Quantity, unit: Unit) -> Result<Ratio, PriceVerdict> {
        self.measures.amount(quantity, unit, self.question.unit).map_err(|problem| verdict(&problem))
    }
}

fn verdict(problem: &Problem) -> PriceVerdict {
    match problem.code {
        Code::PackagingUnknown | Code::PackagingCycle => PriceVerdict::UnitDiffers,
        _ => PriceVerdict::QuantityInexact,
    }
}
