use super::{Kind, Level, Place, Question, Value, entries, pieces};
use crate::catalog::{ProductDetails, ProductDraft};
use crate::unit::Unit;

fn product(number: &str, name: &str) -> ProductDetails {
    let draft = ProductDraft {
        number: number.to_owned(),
        name: name.to_owned(),
        description: None,
        gtin: None,
        mpn: None,
        brand: None,
        unit: Unit::parse("C62").unwrap(),
        category: None,
        attributes: Vec::new(),
    };
    ProductDetails::parse(&draft).unwrap()
}

fn meets(number: &str, name: &str, question: &str) -> bool {
    let entries = entries(&product(number, name), &[], &[]);
    let question = Question::parse(question).unwrap();
    question
        .words()
        .iter()
        .all(|word| entries.contains_key(&word.text) || word.joined.iter().any(|joined| entries.contains_key(joined)))
}

#[test]
fn part_numbers_find_each_other() {
    let forms = ["BC-M8x40", "bcm8x40", "M8 x 40", "BC M8X40", "M8×40", "bc-m8", "8x40", "BC.M8x40"];
    for stored in ["BC-M8x40", "BC M8 x 40", "bcm8x40", "BC/M8/X40"] {
        for asked in forms {
            assert!(meets(stored, "thing", asked), "{asked} does not find {stored}");
        }
        for other in ["BC-M8x50", "M6 x 40", "bcm8x401", "8x5"] {
            assert!(!meets(stored, "thing", other), "{other} finds {stored}");
        }
    }
}

#[test]
fn words_meet_with_and_without_marks_and_blanks() {
    for asked in ["bulong", "bu lông", "BU LONG", "bul", "đai ốc", "dai oc", "daioc", "m10", "M10x1,5"] {
        assert!(meets("1", "Bu lông và đai ốc M10x1.5", asked), "{asked}");
    }
    assert!(!meets("1", "Bu lông M10", "m1 x"), "nothing is invented");
}

#[test]
fn kinds_count_before_places() {
    let exact = Level::new(Kind::Exact, Place::Description);
    let prefix = Level::new(Kind::Prefix, Place::Number);
    assert!(exact < prefix && exact.points() > prefix.points());
    assert_eq!(exact.mistyped(1), Some(Level::new(Kind::OneOff, Place::Description)));
    assert!(!prefix.is_exact() && exact.is_exact());
}

#[test]
fn no_error_is_forgiven_in_a_number() {
    let forgiven = |text: &str| Question::parse(text).unwrap().words()[0].errors_forgiven();
    assert_eq!([forgiven("ong"), forgiven("thep"), forgiven("stainless"), forgiven("m8x40")], [0, 1, 2, 0]);
}

#[test]
fn values_read_as_numbers_where_they_are() {
    assert_eq!(Value::of("1.5"), Value::Number(15_000));
    assert_eq!(Value::of("Thép"), Value::Text("thep".to_owned()));
    assert_eq!(pieces("Ø 1,5–2 ½ m²"), ["o", "1.5", "2", "½", "m²"]);
}
