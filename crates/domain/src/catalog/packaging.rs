//! In what a product is packed, and how much each packaging holds: exact, however the packagings stand within each other.

use std::collections::HashSet;

use rust_decimal::Decimal;

use super::{Measures, Packed};
use crate::gtin::Gtin;
use crate::problem::{Code, Problem, Problems};
use crate::quantity::{QUANTITY_MAX, Quantity};
use crate::ratio::Ratio;
use crate::unit::Unit;

/// How many packagings a product can have.
pub const PACKAGINGS_MAX: usize = 20;

/// One way in which a product is packed: one `unit` holds `quantity` of `of`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Packaging {
    /// What it is called, such as a box; no other packaging of the product is.
    pub unit: Unit,
    /// How much of `of` it holds.
    pub quantity: Quantity,
    /// What it holds: the product's unit, one that converts to it, or another packaging.
    pub of: Unit,
    /// The number under its own barcode.
    pub gtin: Option<Gtin>,
    /// What it weighs with what is in it, in kilograms.
    pub weight_kg: Option<Quantity>,
    /// Length, width and height, in millimetres.
    pub size_mm: Option<[Quantity; 3]>,
}

/// A packaging as it was sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PackagingDraft {
    /// What it is called.
    pub unit: Unit,
    /// How much it holds.
    pub quantity: Decimal,
    /// Of what; of the product's unit when it is left out.
    pub of: Option<Unit>,
    /// Its GTIN.
    pub gtin: Option<String>,
    /// What it weighs, in kilograms.
    pub weight_kg: Option<Decimal>,
    /// Length, width and height, in millimetres.
    pub size_mm: Option<[Decimal; 3]>,
}

/// A product's packagings, in its owner's order. Each leads down to the product's own unit, and no two of them contradict each other.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Packagings {
    base: Unit,
    list: Vec<Packaging>,
}

impl Packagings {
    /// Checks the packagings of a product that is counted in `base`.
    ///
    /// # Errors
    /// [`Code::TooMany`]; for each what is wrong with it: [`Code::Duplicate`], [`Code::PackagingUnknown`], [`Code::PackagingCycle`],
    /// [`Code::PackagingContradicts`], [`Code::TooLarge`].
    pub fn parse(base: Unit, drafts: &[PackagingDraft]) -> Result<Self, Problems> {
        if drafts.len() > PACKAGINGS_MAX {
            return Err(Problem::new(Code::TooMany).with("max", PACKAGINGS_MAX).into());
        }
        let mut problems = Problems::new();
        let mut list = Vec::with_capacity(drafts.len());
        let (mut units, mut gtins) = (HashSet::new(), HashSet::new());
        for (n, draft) in drafts.iter().enumerate() {
            let Some(packaging) = problems.take(n, Packaging::parse(base, draft)) else { continue };
            if !units.insert(packaging.unit) {
                problems.push(Problem::new(Code::Duplicate).at("unit").at(n));
            }
            if packaging.gtin.as_ref().is_some_and(|gtin| !gtins.insert(gtin.clone())) {
                problems.push(Problem::new(Code::Duplicate).at("gtin").at(n));
            }
            list.push(packaging);
        }
        problems.check()?;
        let packagings = Self { base, list };
        packagings.check()?;
        Ok(packagings)
    }

    /// The packagings, in their order.
    pub fn iter(&self) -> impl Iterator<Item = &Packaging> {
        self.list.iter()
    }

    /// How much each unit of the product is, packed so.
    #[must_use]
    pub fn measures(&self) -> Measures {
        Measures::new(self.base, self.list.iter().map(Packed::from).collect())
    }

    fn check(&self) -> Result<(), Problems> {
        let mut problems = Problems::new();
        let measures = self.measures();
        for (n, packaging) in self.list.iter().enumerate() {
            let is_too_large = |problem: Problem| problem.code == Code::TooLarge;
            match measures.size(packaging.unit) {
                Err(code) => problems.push(Problem::new(code).with("unit", packaging.of).at("of").at(n)),
                Ok(_) if measures.convert(Quantity::ONE, packaging.unit, self.base).is_err_and(is_too_large) => {
                    problems.push(Problem::new(Code::TooLarge).with("max", QUANTITY_MAX).at("quantity").at(n));
                }
                Ok(size) if self.contradicts(&measures, packaging.unit, size) => {
                    let problem = Problem::new(Code::PackagingContradicts).with("unit", packaging.unit);
                    problems.push(problem.at("quantity").at(n));
                }
                Ok(_) => {}
            }
        }
        problems.check()
    }

    /// Whether another packaging, whose unit has a fixed relation to this one, says otherwise.
    fn contradicts(&self, measures: &Measures, unit: Unit, size: Ratio) -> bool {
        let related = self.list.iter().filter(|other| other.unit != unit && other.unit.converts_to(unit));
        related.into_iter().any(|other| {
            let fixed = Ratio::new(unit.parts_of_step(), other.unit.parts_of_step());
            measures.size(other.unit).ok().and_then(|other| size.divided_by(other)) != fixed
        })
    }
}

impl Packaging {
    fn parse(base: Unit, draft: &PackagingDraft) -> Result<Self, Problems> {
        let mut problems = Problems::new();
        let of = draft.of.unwrap_or(base);
        let quantity = problems.take("quantity", Quantity::new(draft.quantity));
        if let Some(quantity) = quantity {
            problems.take("quantity", of.check(quantity));
        }
        if draft.unit.converts_to(base) {
            problems.push(Problem::new(Code::PackagingContradicts).with("unit", draft.unit).at("unit"));
        }
        let gtin = problems.take("gtin", draft.gtin.as_deref().map(Gtin::parse).transpose());
        let weight_kg = problems.take("weightKg", draft.weight_kg.map(Quantity::new).transpose());
        let size = draft.size_mm.map(|[length, width, height]| {
            let mut side = |field: &str, value| problems.take(field, Quantity::new(value));
            Some([side("lengthMm", length)?, side("widthMm", width)?, side("heightMm", height)?])
        });
        let parts = quantity.zip(gtin).zip(weight_kg);
        let ((quantity, gtin), weight_kg) = problems.finish(parts)?;
        Ok(Self { unit: draft.unit, quantity, of, gtin, weight_kg, size_mm: size.flatten() })
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{Code, Decimal, Packaging, PackagingDraft, Packagings, Quantity, Unit};

    fn unit(code: &str) -> Unit {
        Unit::parse(code).unwrap()
    }

    fn draft(unit_code: &str, quantity: i64, of: Option<&str>) -> PackagingDraft {
        PackagingDraft {
            unit: unit(unit_code),
            quantity: quantity.into(),
            of: of.map(unit),
            gtin: None,
            weight_kg: None,
            size_mm: None,
        }
    }

    fn refused(drafts: &[PackagingDraft]) -> Vec<(String, Code)> {
        let problems = Packagings::parse(unit("C62"), drafts).unwrap_err();
        problems.iter().map(|problem| (problem.path.join("."), problem.code)).collect()
    }

    fn number(text: &str) -> Quantity {
        Quantity::parse(text).unwrap()
    }

    #[test]
    fn packagings_lead_down_to_the_unit() {
        let drafts = [draft("XBX", 12, None), draft("XCT", 10, Some("XBX")), draft("XPX", 40, Some("XCT"))];
        let packagings = Packagings::parse(unit("C62"), &drafts).unwrap();
        let convert = |quantity: &str, from: &str, to: &str| {
            packagings
                .measures()
                .convert(number(quantity), unit(from), unit(to))
                .map(|q| q.to_string())
                .map_err(|p| p.code)
        };
        assert_eq!(convert("1", "XPX", "C62"), Ok("4800".to_owned()));
        assert_eq!(convert("240", "C62", "XCT"), Ok("2".to_owned()));
        assert_eq!(convert("1", "XBX", "DZN"), Ok("1".to_owned()));
        assert_eq!(convert("1", "C62", "XCT"), Err(Code::NumberNotExact));
        assert_eq!(convert("6", "C62", "XBX"), Err(Code::WholeNumberNeeded));
        assert_eq!(convert("1", "KGM", "C62"), Err(Code::PackagingUnknown));
        assert_eq!(convert("1000000000", "XPX", "C62"), Err(Code::TooLarge));
    }

    #[test]
    fn a_weight_of_so_many_pieces_is_one_of_its_grams_too() {
        let packagings = Packagings::parse(unit("C62"), &[draft("KGM", 500, None)]).unwrap();
        assert_eq!(packagings.measures().convert(number("20"), unit("GRM"), unit("C62")), Ok(number("10")));
        let twice = [draft("KGM", 500, None), draft("GRM", 1, None)];
        assert_eq!(refused(&twice)[0], ("0.quantity".to_owned(), Code::PackagingContradicts));
    }

    #[test]
    fn circles_and_contradictions_are_refused() {
        let circle = [draft("XBX", 1, Some("XCT")), draft("XCT", 1, Some("XBX"))];
        let cycle = |n: usize| (format!("{n}.of"), Code::PackagingCycle);
        assert_eq!(refused(&circle), [cycle(0), cycle(1)]);
        assert_eq!(refused(&[draft("XBX", 2, Some("XBX"))]), [cycle(0)]);
        assert_eq!(refused(&[draft("DZN", 10, None)]), [("0.unit".to_owned(), Code::PackagingContradicts)]);
        assert_eq!(refused(&[draft("XBX", 2, Some("XPX"))]), [("0.of".to_owned(), Code::PackagingUnknown)]);
        assert_eq!(refused(&[draft("XBX", 2, None), draft("XBX", 3, None)]), [("1.unit".to_owned(), Code::Duplicate)]);
        assert_eq!(refused(&[draft("XBX", 0, None)]), [("0.quantity".to_owned(), Code::NotPositive)]);
        let huge = [draft("XBX", 1_000_000_000, None), draft("XCT", 2, Some("XBX"))];
        assert_eq!(refused(&huge), [("1.quantity".to_owned(), Code::TooLarge)]);
        assert_eq!(refused(&vec![draft("XBX", 1, None); 21]), [(String::new(), Code::TooMany)]);
    }

    const LEVELS: [&str; 4] = ["XBX", "XCT", "XPX", "XPK"];

    proptest! {
        #[test]
        fn what_is_converted_comes_back(counts in proptest::collection::vec(1_i64..200, 4), quantity in 1_i64..100) {
            let list: Vec<_> = LEVELS.iter().enumerate().map(|(n, level)| {
                let of = n.checked_sub(1).map(|n| LEVELS[n]);
                draft(level, counts[n], of)
            }).collect();
            prop_assume!(counts.iter().product::<i64>() * quantity < 1_000_000_000);
            let packagings = Packagings::parse(unit("C62"), &list).unwrap();
            let whole = Quantity::new(Decimal::from(quantity)).unwrap();
            for from in LEVELS {
                let pieces = packagings.measures().convert(whole, unit(from), unit("C62")).unwrap();
                prop_assert_eq!(packagings.measures().convert(pieces, unit("C62"), unit(from)), Ok(whole));
                for to in LEVELS {
                    if let Ok(other) = packagings.measures().convert(whole, unit(from), unit(to)) {
                        prop_assert_eq!(packagings.measures().convert(other, unit(to), unit("C62")).unwrap(), pieces);
                    }
                }
            }
        }

        #[test]
        fn whatever_is_listed_is_checked_without_an_end(
            pairs in proptest::collection::vec((0_usize..5, 0_usize..5, 1_i64..50), 0..6),
        ) {
            let units = ["XBX", "XCT", "XPX", "KGM", "GRM"];
            let list: Vec<_> = pairs.iter().map(|(a, b, count)| draft(units[*a], *count, (a != b).then(|| units[*b]))).collect();
            if let Ok(packagings) = Packagings::parse(unit("C62"), &list) {
                for packaging in packagings.iter().map(|Packaging { unit, .. }| *unit) {
                    prop_assert!(packagings.measures().check(packaging).is_ok());
                }
            }
        }
    }
}
