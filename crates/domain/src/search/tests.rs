use super::{Kind, Level, Place, Question, Reader, Value, entries, pieces, private_entries, spellings};
use crate::catalog::{PartNumber, PartNumberDraft, PartNumberKind, ProductDetails, ProductDraft};
use crate::id::Id;
use crate::organization::OrganizationId;
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

#[test]
fn each_number_is_for_those_who_may_know_it() {
    let (owner, buyer): (OrganizationId, OrganizationId) = (Id::new(), Id::new());
    let number = |kind, number: &str| {
        let customer = (kind == PartNumberKind::Customer).then_some(buyer);
        let draft = PartNumberDraft { kind, customer, issuer: None, number: number.to_owned() };
        PartNumber::record(&draft, (Id::new(), owner), owner).unwrap()
    };
    let numbers = [
        number(PartNumberKind::Customer, "KHO-7"),
        number(PartNumberKind::Predecessor, "ALT-1"),
        number(PartNumberKind::Competitor, "SKF-6204"),
    ];
    let shown = entries(&product("1", "thing"), &[], &numbers);
    assert_eq!(shown.get("skf6204"), Some(&Level::new(Kind::Whole, Place::Reference)));
    assert!(["kho7", "kho", "alt1", "alt"].iter().all(|text| !shown.contains_key(*text)));
    let private = private_entries(&numbers);
    let level = |reader, text: &str| private.get(&(reader, text.to_owned())).copied();
    let whole = |place| Some(Level::new(Kind::Whole, place));
    assert_eq!(level(Reader::Holder(buyer), "kho7"), whole(Place::Number));
    assert_eq!(level(Reader::Owner(owner), "kho7"), whole(Place::Reference));
    assert_eq!(level(Reader::Owner(owner), "al"), Some(Level::new(Kind::Prefix, Place::Reference)));
    let known: Vec<_> = private.keys().filter(|(reader, _)| *reader == Reader::Knower).map(|(_, text)| text).collect();
    assert_eq!(known, ["alt1"], "a predecessor is not told by a beginning");
    assert!(private.keys().all(|(reader, text)| *reader != Reader::Holder(buyer) || !text.starts_with("alt")));
}

#[test]
fn a_number_of_many_pieces_is_asked_for_as_a_whole_too() {
    let question = Question::parse("BL-M8-40").unwrap();
    assert!(question.words().iter().all(|word| word.joined.iter().any(|joined| joined == "blm840")));
    assert_eq!(Question::parse("BL-M8").unwrap().words()[0].joined, ["blm8"]);
}

#[test]
fn words_keep_their_marks_beside_what_they_are_compared_by() {
    let pair = |folded: &str, written: &str| (folded.to_owned(), written.to_owned());
    let expected = [pair("thep", "thép"), pair("hop", "hộp"), pair("m8", "m8"), pair("1.5", "1.5")];
    assert_eq!(spellings("Thép HỘP M8 × 1,5")[..3], expected[..3]);
    assert!(spellings("Thép HỘP M8 × 1,5").contains(&expected[3]));
    assert_eq!(spellings("The\u{301}p"), [pair("thep", "thép")], "marks that stand apart");
}
