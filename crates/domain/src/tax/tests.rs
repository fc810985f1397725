use std::collections::BTreeSet;

use proptest::prelude::*;

use super::{TaxCode, VietnameseTaxpayer, rule};
use crate::country::Country;
use crate::named::Named;
use crate::problem::Code;

fn parse(country: &str, text: &str) -> Result<TaxCode, Code> {
    TaxCode::parse(Country::parse(country).unwrap(), text).map_err(|problem| problem.code)
}

/// Published numbers of companies, and what they are kept as.
const RIGHT: &[(&str, &str, &str)] = &[
    ("VN", "0300588569", "0300588569"),
    ("VN", "0100109106-001", "0100109106001"),
    ("VN", "001 085 012 345", "001085012345"),
    ("AT", "ATU13585627", "ATU13585627"),
    ("BE", "0428.759.497", "BE0428759497"),
    ("BG", "175074752", "BG175074752"),
    ("CH", "CHE-107.787.577 IVA", "CHE107787577IVA"),
    ("CY", "10259033P", "CY10259033P"),
    ("CZ", "CZ 25123891", "CZ25123891"),
    ("DE", "de 136 695 976", "DE136695976"),
    ("DK", "DK13585628", "DK13585628"),
    ("EE", "100931558", "EE100931558"),
    ("ES", "B-58378431", "ESB58378431"),
    ("FI", "20774740", "FI20774740"),
    ("FR", "FR 40 303 265 045", "FR40303265045"),
    ("GB", "980 7806 84", "GB980780684"),
    ("GR", "EL094259216", "EL094259216"),
    ("HR", "33392005961", "HR33392005961"),
    ("HU", "12892312", "HU12892312"),
    ("IE", "6433435F", "IE6433435F"),
    ("IT", "00743110157", "IT00743110157"),
    ("LT", "119511515", "LT119511515"),
    ("LU", "15027442", "LU15027442"),
    ("LV", "40003521600", "LV40003521600"),
    ("MT", "11679112", "MT11679112"),
    ("NL", "004495445B01", "NL004495445B01"),
    ("NO", "995525828 MVA", "NO995525828MVA"),
    ("PL", "856-734-62-15", "PL8567346215"),
    ("PT", "501964843", "PT501964843"),
    ("RO", "18547290", "RO18547290"),
    ("SE", "556188840401", "SE556188840401"),
    ("SI", "50223054", "SI50223054"),
    ("SK", "2022749619", "SK2022749619"),
    ("AU", "83 914 571 673", "83914571673"),
    ("CN", "91110000600037341L", "91110000600037341L"),
    ("IN", "27AAPFU0939F1ZV", "27AAPFU0939F1ZV"),
    ("JP", "5835678256246", "5835678256246"),
    ("KR", "124-81-00998", "1248100998"),
    ("SG", "200002222N", "200002222N"),
    ("SG", "T01FC6132D", "T01FC6132D"),
    ("TH", "1-2345-45678-78-1", "1234545678781"),
    ("US", "91-1144442", "911144442"),
    ("BR", "16.727.230/0001-97", "16727230000197"),
];

#[test]
fn published_codes_are_read() {
    for (country, written, kept) in RIGHT {
        let code = parse(country, written);
        assert_eq!(code.as_ref().map(TaxCode::as_str).map_err(|c| c.name()), Ok(*kept), "{country} {written}");
        // Reading what is kept changes nothing.
        assert_eq!(parse(country, kept), code);
    }
}

#[test]
fn every_country_has_one_rule_and_an_example() {
    let countries: BTreeSet<_> = rule::all().map(|rule| rule.country).collect();
    assert_eq!(countries.len(), rule::all().count());
    for country in countries {
        assert!(Country::parse(country).is_ok(), "{country}");
        assert!(RIGHT.iter().any(|(example, ..)| *example == country), "{country} has no example");
    }
}

#[test]
fn forms_are_kept_to() {
    for (country, text) in [
        ("VN", ""),
        ("VN", "030058856"),
        ("VN", "03005885690"),
        ("VN", "0300588569-000"),
        ("VN", "0300588569-1"),
        ("VN", "VN0300588569"),
        ("VN", "０３００５８８５６９"),
        // No serial number, no province 097, no sex 4.
        ("VN", "0100000000"),
        ("VN", "097085012345"),
        ("VN", "001485012345"),
        ("DE", "12345678"),
        ("DE", "AT136695976"),
        ("FR", "IO303265045"),
        ("ES", "123456789"),
        ("GB", "GD12"),
        ("NL", "004495445A01"),
        ("SE", "556188840402"),
        ("US", "00-1234567"),
        ("CN", "91110000I00037341L"),
        ("BR", "123"),
        ("BR", "123456789012345678901"),
        ("BR", "1234_5678"),
    ] {
        assert_eq!(parse(country, text), Err(Code::TaxCodeMalformed), "{country} {text}");
    }
}

#[test]
fn the_sentence_says_what_would_be_right() {
    let problem = TaxCode::parse(Country::parse("AT").unwrap(), "123").unwrap_err();
    let sentence = problem.message(crate::language::Language::English);
    assert_eq!(sentence, "A tax code of AT has the form ATU99999999.");
}

#[test]
fn a_branch_knows_its_company() {
    assert_eq!(parse("VN", "0100109106").unwrap().kind(), Some(VietnameseTaxpayer::Company));
    assert_eq!(
        parse("VN", "0100109106-001").unwrap().kind(),
        Some(VietnameseTaxpayer::Branch { parent: parse("VN", "0100109106").unwrap() })
    );
    assert_eq!(parse("VN", "001085012345").unwrap().kind(), Some(VietnameseTaxpayer::Person));
    assert_eq!(parse("DE", "136695976").unwrap().kind(), None);
}

/// Where the weights and the modulus allow it, no single wrong digit passes.
#[test]
fn single_wrong_digits_are_found() {
    // FR, GB and JP find most: a modulus shares factors with what a digit can change, or there are two right remainders.
    for country in ["VN", "DE", "IT", "DK", "FI", "HR", "PL", "BE", "LU", "SK", "CH", "NO", "AU", "CN", "IN", "KR"] {
        for (_, _, kept) in RIGHT.iter().filter(|(example, _, kept)| *example == country && kept.len() != 12) {
            for place in 0..kept.len().min(if country == "VN" { 10 } else { usize::MAX }) {
                for digit in b'0'..=b'9' {
                    let mut wrong = kept.as_bytes().to_vec();
                    if !wrong[place].is_ascii_digit() || wrong[place] == digit {
                        continue;
                    }
                    wrong[place] = digit;
                    let wrong = String::from_utf8(wrong).unwrap();
                    assert!(parse(country, &wrong).is_err(), "{country} {wrong} for {kept}");
                }
            }
        }
    }
}

/// A number that the tax office could issue.
fn issued() -> impl Strategy<Value = String> {
    "[0-9]{9}".prop_filter_map("the check digit would be 10", |nine| {
        (0..10).map(|check| format!("{nine}{check}")).find(|code| parse("VN", code).is_ok())
    })
}

proptest! {
    /// Of ten numbers that differ in the last digit only, at most one is right.
    #[test]
    fn there_is_one_check_digit(nine in "[0-9]{9}") {
        let right = (0..10).filter(|check| parse("VN", &format!("{nine}{check}")).is_ok()).count();
        prop_assert!(right <= 1);
    }

    #[test]
    fn a_vietnamese_code_finds_every_wrong_digit(code in issued(), place in 0_usize..10, shift in 1_u8..10) {
        let mut wrong = code.into_bytes();
        wrong[place] = b'0' + (wrong[place] - b'0' + shift) % 10;
        prop_assert!(parse("VN", std::str::from_utf8(&wrong).unwrap()).is_err());
    }

    #[test]
    fn a_vietnamese_code_finds_every_swap_of_neighbours(code in issued(), place in 0_usize..9) {
        let mut wrong = code.into_bytes();
        prop_assume!(wrong[place] != wrong[place + 1]);
        wrong.swap(place, place + 1);
        prop_assert!(parse("VN", std::str::from_utf8(&wrong).unwrap()).is_err());
    }

    #[test]
    fn never_panics(
        country in prop::sample::select(Country::all().collect::<Vec<_>>()),
        text in "(?s:.){0,60}|[0-9A-Z]{0,22}|[0-9]{8,14}",
    ) {
        if let Ok(code) = TaxCode::parse(country, &text) {
            prop_assert_eq!(TaxCode::parse(country, code.as_str()), Ok(code.clone()));
            let sent = serde_json::to_string(&code).unwrap();
            prop_assert_eq!(serde_json::from_str::<TaxCode>(&sent).unwrap(), code);
        }
    }
}
