//! Units of measure and of packing, and which prices can be compared.

mod exact;
mod table;
#[cfg(test)]
mod tests;

use rust_decimal::Decimal;

use crate::language::Language;
use crate::money::UnitPrice;
use crate::problem::{Code, Problem};
use crate::quantity::Quantity;
use crate::wire::as_text;

/// What a unit measures.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Dimension {
    /// Counted things.
    Count,
    /// Mass, against the kilogram.
    Mass,
    /// Length, against the metre.
    Length,
    /// Area, against the square metre.
    Area,
    /// Volume, against the cubic metre.
    Volume,
    /// Energy, against the joule.
    Energy,
    /// Time, against the second.
    Time,
    /// Work and performances.
    Service,
    /// Packages, whatever they hold.
    Package,
}

/// How large a unit is: exactly `numerator / denominator` of its dimension's base unit.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
struct Size {
    numerator: u64,
    denominator: u64,
}

/// What is known of a unit.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
struct Entry {
    code: &'static str,
    english: &'static str,
    vietnamese: &'static str,
    dimension: Dimension,
    /// Nothing for a unit that has no fixed relation to others.
    size: Option<Size>,
}

impl Entry {
    const fn own(dimension: Dimension, code: &'static str, english: &'static str, vietnamese: &'static str) -> Self {
        Self { code, english, vietnamese, dimension, size: None }
    }

    const fn measured(
        dimension: Dimension,
        code: &'static str,
        english: &'static str,
        vietnamese: &'static str,
        numerator: u64,
        denominator: u64,
    ) -> Self {
        Self { code, english, vietnamese, dimension, size: Some(Size { numerator, denominator }) }
    }

    const fn counted(code: &'static str, english: &'static str, vietnamese: &'static str, ones: u64) -> Self {
        Self::measured(Dimension::Count, code, english, vietnamese, ones, 1)
    }

    const fn whole(code: &'static str, english: &'static str, vietnamese: &'static str) -> Self {
        Self::own(Dimension::Count, code, english, vietnamese)
    }

    const fn package(code: &'static str, english: &'static str, vietnamese: &'static str) -> Self {
        Self::own(Dimension::Package, code, english, vietnamese)
    }
}

/// A unit of UN/ECE Recommendation 20, by its common code: `C62`, `KGM`, `XCT`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Unit(&'static Entry);

impl Unit {
    /// The unit of a common code, in capitals or not. Withdrawn codes that are still printed find today's: `CT` is `XCT`,
    /// `PCE` is `H87`.
    ///
    /// # Errors
    /// [`Code::UnknownUnit`].
    pub fn parse(text: &str) -> Result<Self, Problem> {
        table::find(&text.to_ascii_uppercase()).map(Self).ok_or_else(|| Code::UnknownUnit.into())
    }

    /// Every unit, by dimension.
    pub fn all() -> impl Iterator<Item = Self> {
        table::all().map(Self)
    }

    /// The common code.
    #[must_use]
    pub const fn code(self) -> &'static str {
        self.0.code
    }

    /// The name for people, in the singular.
    #[must_use]
    pub const fn name(self, language: Language) -> &'static str {
        match language {
            Language::English => self.0.english,
            Language::Vietnamese => self.0.vietnamese,
        }
    }

    /// What it measures.
    #[must_use]
    pub const fn dimension(self) -> Dimension {
        self.0.dimension
    }

    /// Whether `quantity` of this unit can exist: what is counted comes whole. Half a dozen is six pieces and can, half a
    /// carton cannot.
    ///
    /// # Errors
    /// [`Code::WholeNumberNeeded`].
    pub fn check(self, quantity: Quantity) -> Result<(), Problem> {
        if quantity.units() % self.step() == 0 {
            return Ok(());
        }
        Err(Problem::new(Code::WholeNumberNeeded).with("unit", self.code()))
    }

    /// What a price for each `from` is multiplied and divided by to be a price for each `to`, in lowest terms; nothing
    /// where the two have no fixed relation.
    ///
    /// From a price for a gram to one for a kilogram that is 1000 and 1.
    #[must_use]
    pub fn price_factor(from: Self, to: Self) -> Option<(Decimal, Decimal)> {
        if from == to {
            return Some((Decimal::ONE, Decimal::ONE));
        }
        if from.dimension() != to.dimension() {
            return None;
        }
        let (one, other) = (from.0.size.as_ref()?, to.0.size.as_ref()?);
        let up = u128::from(other.numerator).checked_mul(u128::from(one.denominator))?;
        let down = u128::from(other.denominator).checked_mul(u128::from(one.numerator))?;
        let common = greatest_common_divisor(up, down);
        Some((whole(up.checked_div(common)?)?, whole(down.checked_div(common)?)?))
    }
}

impl UnitPrice {
    /// This price for each `from` as a price for each `to` in a currency of which the price's own is worth `worth`: only to
    /// compare offers by, never stored or charged. Exact where 28 digits can say it (a price for a dozen as one for a piece
    /// may need thirds). It is divided once, at the end, so that prices that are the same come out the same.
    #[must_use]
    pub fn per_unit(self, from: Unit, to: Unit, worth: Decimal) -> Option<Decimal> {
        let (up, down) = Unit::price_factor(from, to)?;
        let price = self.amount();
        let exact = price.checked_mul(up).and_then(|price| price.checked_mul(worth)?.checked_div(down));
        let price = exact.or_else(|| price.checked_div(down)?.checked_mul(up)?.checked_mul(worth));
        price.map(|price| price.normalize())
    }
}

fn greatest_common_divisor(one: u128, other: u128) -> u128 {
    let (mut large, mut small) = (one, other);
    while let Some(rest) = large.checked_rem(small) {
        (large, small) = (small, rest);
    }
    large
}

fn whole(number: u128) -> Option<Decimal> {
    Decimal::try_from_i128_with_scale(i128::try_from(number).ok()?, 0).ok()
}

as_text!(Unit, code);
