use proptest::prelude::*;

use super::{Name, Prose, ShortText, Text, fold};
use crate::problem::Code;

#[test]
fn the_borders_are_counted_in_characters() {
    type Word = Text<2, 4>;
    for (text, expected) in [
        ("đai ", Ok("đai")),
        ("  ốc\u{a0}\n", Ok("ốc")),
        ("ống.", Ok("ống.")),
        ("đ", Err(Code::TooShort)),
        ("   ", Err(Code::TooShort)),
        ("thép đ", Err(Code::TooLong)),
        ("a\nb", Err(Code::ControlCharacter)),
        ("a\tb", Err(Code::ControlCharacter)),
        ("a\0b", Err(Code::ControlCharacter)),
        ("a\u{202e}b", Err(Code::ControlCharacter)),
        ("a\u{85}b", Err(Code::ControlCharacter)),
    ] {
        let parsed = Word::parse(text);
        assert_eq!(parsed.as_ref().map(Word::as_str).map_err(|p| p.code), expected, "{text:?}");
    }
    let problem = Word::parse("").unwrap_err();
    assert_eq!(problem.figures, [("min", "2".to_owned())]);
    assert_eq!(ShortText::parse(&"đ".repeat(60)).unwrap().as_str().len(), 120);
    assert_eq!(ShortText::parse(&"đ".repeat(61)).unwrap_err().figures, [("max", "60".to_owned())]);
}

#[test]
fn prose_keeps_its_lines() {
    assert_eq!(Prose::<20>::parse(" one\r\ntwo\rthree\t4 ").unwrap().as_str(), "one\ntwo\nthree\t4");
    assert_eq!(Prose::<20>::parse("one\u{b}two").unwrap_err().code, Code::ControlCharacter);
    assert_eq!(Prose::<3>::parse("four").unwrap_err().code, Code::TooLong);
    assert_eq!(Prose::<3>::parse("\n\n").unwrap_err().code, Code::TooShort);
    // A line break is one character however it was typed.
    assert!(Prose::<3>::parse("a\r\nb").is_ok());
}

#[test]
fn nothing_enters_by_serde_that_parse_refuses() {
    assert_eq!(serde_json::from_str::<Name>(r#"" Thép ""#).unwrap().as_str(), "Thép");
    assert!(serde_json::from_str::<Name>(r#""a\u0000b""#).is_err());
    assert_eq!(serde_json::to_string(&Name::parse("Thép").unwrap()).unwrap(), r#""Thép""#);
}

#[test]
fn folding_takes_the_accents_away() {
    for (text, folded) in [
        ("Thép đặc  Đai ốc", "thep dac dai oc"),
        ("CÔNG TY CỔ PHẦN ĐƯỜNG SẮT", "cong ty co phan duong sat"),
        // The same word with composed and with combining accents.
        ("Nguyễn", "nguyen"),
        ("Nguye\u{302}\u{303}n", "nguyen"),
        ("\tƯỚC \u{a0} lượng\n", "uoc luong"),
        ("Müller & Søn, Łódź", "muller & son, lodz"),
        ("İstanbul", "istanbul"),
        ("Κόσμος ΚΌΣΜΟΣ", "κοσμοσ κοσμοσ"),
        ("น้ำตาล", "น้ำตาล"),
        ("鋼鉄 ボルト", "鋼鉄 ボルト"),
        (" \u{301} a", "a"),
        ("", ""),
    ] {
        assert_eq!(fold(text), folded, "{text}");
    }
}

#[test]
fn every_character_folds_once_and_for_all() {
    for c in '\0'..=char::MAX {
        let once = fold(&format!("a{c}b"));
        assert_eq!(fold(&once), once, "{c:?}");
    }
}

proptest! {
    #[test]
    fn folding_is_idempotent(text in "(?s:.){0,60}") {
        let once = fold(&text);
        prop_assert_eq!(fold(&once), once);
    }

    #[test]
    fn what_is_parsed_parses_to_itself(text in "(?s:.){0,60}") {
        if let Ok(name) = Name::parse(&text) {
            prop_assert_eq!(Name::parse(name.as_str()), Ok(name));
        }
        if let Ok(prose) = Prose::<4000>::parse(&text) {
            prop_assert_eq!(Prose::parse(prose.as_str()), Ok(prose));
        }
    }
}
