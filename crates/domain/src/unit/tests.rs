use std::collections::BTreeSet;

use proptest::prelude::*;
use rust_decimal::Decimal;

use super::{Dimension, Unit};
use crate::currency::Currency;
use crate::language::Language;
use crate::money::UnitPrice;
use crate::number::parse_decimal;
use crate::quantity::{QUANTITY_MAX, Quantity};

fn unit(code: &str) -> Unit {
    Unit::parse(code).unwrap()
}

#[test]
fn codes_are_unique_and_names_are_given() {
    let codes: BTreeSet<_> = Unit::all().map(Unit::code).collect();
    assert_eq!(codes.len(), Unit::all().count());
    for language in [Language::English, Language::Vietnamese] {
        let names: BTreeSet<_> = Unit::all().map(|unit| unit.name(language)).collect();
        assert_eq!(names.len(), codes.len(), "two units share a name");
    }
    for unit in Unit::all() {
        assert!((2..=3).contains(&unit.code().len()), "{unit}");
        assert_eq!(Unit::parse(unit.code()), Ok(unit));
        assert_eq!(
            unit.code().starts_with('X') && unit.code().len() == 3,
            unit.dimension() == Dimension::Package,
            "{unit}"
        );
    }
}

#[test]
fn former_codes_are_understood() {
    for (written, meant) in [
        ("kgm", "KGM"),
        ("BX", "XBX"),
        ("CT", "XCT"),
        ("RO", "XRO"),
        ("PK", "XPK"),
        ("TN", "XTN"),
        ("PCE", "H87"),
        ("HAR", "H18"),
    ] {
        assert_eq!(unit(written).code(), meant);
    }
    assert_eq!(unit("PR").dimension(), Dimension::Count, "a pair, not a plastic receptacle");
    for unknown in ["", "X", "XXBX", "KG", "PC", "IN", "LT", "MT", "KGM ", "☃", "\0"] {
        assert!(Unit::parse(unknown).is_err(), "{unknown:?}");
    }
}

#[test]
fn pieces_are_whole_and_kilograms_are_not() {
    for (quantity, code, possible) in [
        ("3", "C62", true),
        ("2.5", "C62", false),
        ("0.5", "XCT", false),
        ("0.5", "DZN", true),
        ("0.3", "DZN", false),
        ("1.5", "MIL", true),
        ("0.0001", "MIL", false),
        ("1.5", "PR", false),
        ("2.5", "KGM", true),
        ("0.25", "E49", true),
    ] {
        assert_eq!(unit(code).check(Quantity::parse(quantity).unwrap()).is_ok(), possible, "{quantity} {code}");
    }
}

#[test]
fn prices_compare_across_fixed_relations_only() {
    for (price, from, to, expected) in [
        ("0.0125", "GRM", "KGM", Some("12.5")),
        ("12.5", "KGM", "TNE", Some("12500")),
        ("18", "DZN", "C62", Some("1.5")),
        ("1.5", "H87", "DZN", Some("18")),
        ("2", "MTR", "CMT", Some("0.02")),
        ("3.048", "FOT", "MTR", Some("10")),
        ("1", "GLL", "INQ", None),
        ("231", "GLL", "INQ", Some("1")),
        ("128", "GLL", "OZA", Some("1")),
        ("160", "GLI", "OZI", Some("1")),
        ("42", "BLL", "GLL", Some("1")),
        ("16", "LBR", "ONZ", Some("1")),
        ("7000", "LBR", "GRN", Some("1")),
        ("14", "STI", "LBR", Some("1")),
        ("2000", "STN", "LBR", Some("1")),
        ("2240", "LTN", "LBR", Some("1")),
        ("112", "CWI", "LBR", Some("1")),
        ("20", "APZ", "DWT", Some("1")),
        ("43560", "ACR", "FTK", Some("1")),
        ("640", "MIK", "ACR", Some("1")),
        ("27", "YDQ", "FTQ", Some("1")),
        ("1728", "FTQ", "INQ", Some("1")),
        ("3.6", "KWH", "3B", Some("1")),
        ("5", "XCT", "XCT", Some("5")),
    ] {
        let compared = UnitPrice::new(parse_decimal(price).unwrap(), Currency::USD).unwrap().per_unit(
            unit(from),
            unit(to),
            Decimal::ONE,
        );
        match expected {
            Some(expected) => assert_eq!(compared, Some(parse_decimal(expected).unwrap()), "{price} {from} {to}"),
            None => assert!(compared.unwrap() < Decimal::ONE, "not exact, but still a figure to rank by"),
        }
    }
    for (from, to) in [("XCT", "C62"), ("KGM", "LTR"), ("MON", "DAY"), ("PR", "C62"), ("58", "KGM"), ("SET", "KT")] {
        assert_eq!(Unit::price_factor(unit(from), unit(to)), None, "{from} {to}");
    }
}

#[test]
fn factors_undo_each_other_and_chain() {
    let units: Vec<Unit> = Unit::all().collect();
    for &from in &units {
        for &to in &units {
            let Some((up, down)) = Unit::price_factor(from, to) else {
                assert!(Unit::price_factor(to, from).is_none());
                continue;
            };
            assert_eq!(Unit::price_factor(to, from), Some((down, up)), "{from} {to}");
            assert_eq!(from.dimension(), to.dimension());
            assert!(up > Decimal::ZERO && down > Decimal::ZERO);
        }
    }
}

/// What [`Unit::parts_of_step`] promises: no unit loses anything, and nothing that can be asked and offered overflows.
#[test]
fn every_unit_is_a_whole_number_of_parts() {
    let most = Quantity::from_units(QUANTITY_MAX * 10_000).unwrap();
    for one in Unit::all() {
        assert!(one.parts_of_step() > 0 && one.parts(most) < 10_i128.pow(33), "{one}");
        if let Some(size) = &one.0.size {
            assert_eq!(one.dimension().parts() % size.denominator, 0, "{one} is cut too coarsely");
        }
        for other in Unit::all() {
            assert_eq!(one.converts_to(other), Unit::price_factor(one, other).is_some(), "{one} {other}");
            let Some((up, down)) = Unit::price_factor(one, other) else { continue };
            let (one_parts, other_parts) = (one.parts_of_step(), other.parts_of_step());
            assert_eq!(one_parts * up.mantissa(), other_parts * down.mantissa(), "{one} {other}");
            for quantity in [most, Quantity::from_units(1).unwrap()] {
                assert!(one.convert(quantity.value(), other).is_some(), "{quantity} {one} in {other} cannot be shown");
            }
        }
    }
}

#[test]
fn prices_that_are_the_same_compare_the_same() {
    let price = |amount, from, worth| {
        let price = UnitPrice::new(parse_decimal(amount).unwrap(), Currency::USD).unwrap();
        price.per_unit(unit(from), unit("C62"), Decimal::from(worth)).unwrap()
    };
    assert_eq!(price("1", "DZN", 12), price("1", "C62", 1), "a twelfth twelve times is one");
    assert_eq!(price("7", "DZN", 3), price("21", "GRO", 12));
}

proptest! {
    #[test]
    fn never_panics(text in "(?s:.){0,60}") {
        let _ = Unit::parse(&text);
    }

    /// The cheaper of two offers stays the cheaper, whatever unit they are compared in.
    #[test]
    fn comparing_keeps_the_order(
        one in 0_i64..1_000_000_000,
        other in 0_i64..1_000_000_000,
        (from, to) in prop::sample::select(vec![("GRM", "TNE"), ("DZN", "C62"), ("INH", "KMT"), ("OZA", "MTQ")]),
    ) {
        let compared = |units| UnitPrice::from_units(units, Currency::USD).unwrap().per_unit(unit(from), unit(to), Decimal::ONE).unwrap();
        prop_assert_eq!(one.cmp(&other), compared(one).cmp(&compared(other)));
    }
}
