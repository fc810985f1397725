use jiff::Timestamp;
use proptest::prelude::*;

use rust_decimal::Decimal;

use super::*;
use crate::id::Id;
use crate::problem::Code;
use crate::unit::Unit;

fn option(code: &str) -> OptionDraft {
    OptionDraft { code: code.to_owned(), label: None, labels: Vec::new() }
}

fn definition(code: &str, kind: AttributeKind) -> DefinitionDraft {
    DefinitionDraft {
        code: code.to_owned(),
        label: None,
        labels: Vec::new(),
        kind,
        unit: (kind == AttributeKind::Number).then(|| Unit::parse("MMT").unwrap()),
        options: if kind == AttributeKind::Enum { vec![option("M8"), option("M10")] } else { Vec::new() },
        traits: Vec::new(),
    }
}

fn bolt() -> ProductType {
    let definitions = EACH_KIND.map(|(code, kind)| definition(code, kind)).to_vec();
    let draft = ProductTypeDraft { code: "B".to_owned(), name: "Bolt".to_owned(), names: Vec::new(), definitions };
    ProductType::define(&draft, Id::new(), Timestamp::UNIX_EPOCH).unwrap().0
}

/// One of each kind, by the name that products give it.
const EACH_KIND: [(&str, AttributeKind); 5] = [
    ("note", AttributeKind::Text),
    ("length", AttributeKind::Number),
    ("thread", AttributeKind::Enum),
    ("coated", AttributeKind::Boolean),
    ("since", AttributeKind::Date),
];

fn attributes(pairs: &[(&str, &str, Option<&str>)]) -> Attributes {
    let draft = |(name, value, unit): &(&str, &str, Option<&str>)| AttributeDraft {
        name: (*name).to_owned(),
        value: (*value).to_owned(),
        unit: unit.map(|unit| Unit::parse(unit).unwrap()),
        ..AttributeDraft::default()
    };
    Attributes::parse(&pairs.iter().map(draft).collect::<Vec<_>>()).unwrap()
}

#[test]
fn numbers_are_converted_exactly_or_not_at_all() {
    let number = |value: &str, unit: &str| {
        let canonical = bolt().canonical(&attributes(&[("length", value, Some(unit))]));
        canonical.map(|all| all.iter().next().unwrap().value.to_string()).map_err(|problems| {
            let codes: Vec<_> = problems.iter().map(|problem| problem.code).collect();
            codes[0]
        })
    };
    assert_eq!(number("4", "CMT"), Ok("40".to_owned()));
    assert_eq!(number("1", "INH"), Ok("25.4".to_owned()));
    assert_eq!(number("0.0500", "MTR"), Ok("50".to_owned()));
    assert_eq!(number("1", "KGM"), Err(Code::UnitsDiffer));
    assert_eq!(number("one", "MMT"), Err(Code::NumberMalformed));
    assert_eq!(number("1.000000000000000000000000001", "INH"), Err(Code::NumberNotExact));
}

proptest! {
    #[test]
    fn what_is_in_a_types_form_stays_as_it_is(
        note in "[a-zA-Z ]{1,9}x", length in 1_i64..1_000_000, unit in prop_oneof![Just("MMT"), Just("CMT"), Just("MTR"), Just("INH")],
        thread in prop_oneof![Just("m8"), Just("M10")], coated in prop_oneof![Just("YES"), Just("khong"), Just("true")],
        other in "[q-z]{1,5}",
    ) {
        let bolt = bolt();
        let length = Decimal::new(length, 3).to_string();
        let all = [("NOTE", note.as_str(), None), ("Length", &length, Some(unit)), ("thread", thread, None),
                   ("coated", coated, None), ("since", "2026-02-28", None), ("free", &other, None)];
        let once = bolt.canonical(&attributes(&all)).unwrap();
        prop_assert_eq!(&bolt.canonical(&once).unwrap(), &once);
        prop_assert!(bolt.keeps(&bolt, &once));
    }
}
