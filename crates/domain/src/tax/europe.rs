//! VAT identification numbers of the European Union (the forms of VIES, its validation service) and its neighbours.
//!
//! Check digits are reckoned where the authority publishes how; the other countries are known by form.

use super::rule::Rule;
use crate::check_digit::{luhn, mod_11_10, split_last, weighted};

pub(super) const RULES: &[Rule] = &[
    Rule::new("AT", "AT", &["Udddddddd"]),
    Rule::new("BE", "BE", &["0ddddddddd", "1ddddddddd"]).checked(belgium),
    Rule::new("BG", "BG", &["ddddddddd", "dddddddddd"]),
    Rule::new("CY", "CY", &["dddddddda"]),
    Rule::new("CZ", "CZ", &["dddddddd", "ddddddddd", "dddddddddd"]),
    Rule::new("DE", "DE", &["ddddddddd"]).checked(mod_11_10),
    Rule::new("DK", "DK", &["dddddddd"]).checked(|code| Some(weighted(code, &[2, 7, 6, 5, 4, 3, 2, 1])? % 11 == 0)),
    Rule::new("EE", "EE", &["ddddddddd"]),
    Rule::new("ES", "ES", &["addddddda", "dddddddda", "adddddddd"]),
    Rule::new("FI", "FI", &["dddddddd"]).checked(|code| Some(weighted(code, &[7, 9, 10, 5, 8, 4, 2, 1])? % 11 == 0)),
    Rule::new("FR", "FR", &["xxddddddddd"]).checked(france),
    // Greece writes EL, not its ISO code.
    Rule::new("GR", "EL", &["ddddddddd"]).checked(greece),
    Rule::new("HR", "HR", &["ddddddddddd"]).checked(mod_11_10),
    Rule::new("HU", "HU", &["dddddddd"]),
    Rule::new("IE", "IE", &["ddddddda", "dxddddda", "dddddddaa"]),
    Rule::new("IT", "IT", &["ddddddddddd"]).checked(luhn),
    Rule::new("LT", "LT", &["ddddddddd", "dddddddddddd"]),
    Rule::new("LU", "LU", &["dddddddd"]).checked(luxembourg),
    Rule::new("LV", "LV", &["ddddddddddd"]),
    Rule::new("MT", "MT", &["dddddddd"]),
    Rule::new("NL", "NL", &["dddddddddBdd"]),
    Rule::new("PL", "PL", &["dddddddddd"]).checked(poland),
    Rule::new("PT", "PT", &["ddddddddd"]).checked(portugal),
    Rule::new("RO", "RO", &["dd", "ddd", "dddd", "ddddd", "dddddd", "ddddddd", "dddddddd", "ddddddddd", "dddddddddd"]),
    Rule::new("SE", "SE", &["dddddddddd01"]).checked(|code| luhn(code.get(..10)?)),
    Rule::new("SI", "SI", &["dddddddd"]),
    Rule::new("SK", "SK", &["dddddddddd"]).checked(|code| Some(code.parse::<u64>().ok()? % 11 == 0)),
    Rule::new("CH", "CHE", &["ddddddddd", "dddddddddMWST", "dddddddddTVA", "dddddddddIVA"]).checked(switzerland),
    Rule::new("GB", "GB", &["ddddddddd", "dddddddddddd", "GDddd", "HAddd"]).checked(britain),
    Rule::new("NO", "NO", &["ddddddddd", "dddddddddMVA"]).checked(norway),
];

/// The last two digits are 97 less the rest by modulus 97.
fn belgium(code: &str) -> Option<bool> {
    let (rest, check) = code.split_at_checked(8)?;
    Some(97 - rest.parse::<u32>().ok()? % 97 == check.parse::<u32>().ok()?)
}

/// The nine digits are the SIREN of a company, with the check digit of Luhn; a key of two digits checks it again. Keys with
/// letters, and the SIRENs of Monaco that begin with three zeros, follow other rules.
fn france(code: &str) -> Option<bool> {
    let (key, siren) = code.split_at_checked(2)?;
    if key.contains(['I', 'O']) {
        return None;
    }
    let number = siren.parse::<u32>().ok()?;
    let key_fits = key.parse::<u32>().map_or(true, |key| (12 + 3 * (number % 97)) % 97 == key);
    Some(key_fits && (siren.starts_with("000") || luhn(siren)?))
}

fn greece(code: &str) -> Option<bool> {
    let (rest, check) = split_last(code)?;
    Some(weighted(rest, &[256, 128, 64, 32, 16, 8, 4, 2])? % 11 % 10 == check)
}

/// The last two digits are the rest by modulus 89.
fn luxembourg(code: &str) -> Option<bool> {
    let (rest, check) = code.split_at_checked(6)?;
    Some(rest.parse::<u32>().ok()? % 89 == check.parse::<u32>().ok()?)
}

fn poland(code: &str) -> Option<bool> {
    let (rest, check) = split_last(code)?;
    Some(weighted(rest, &[6, 5, 7, 2, 3, 4, 5, 6, 7])? % 11 == check)
}

fn portugal(code: &str) -> Option<bool> {
    let (rest, check) = split_last(code)?;
    Some((11 - weighted(rest, &[9, 8, 7, 6, 5, 4, 3, 2])? % 11) % 11 % 10 == check)
}

/// The enterprise identification number; behind it stands the word for VAT in one of three languages, or nothing.
fn switzerland(code: &str) -> Option<bool> {
    let (rest, check) = split_last(code.get(..9)?)?;
    Some((11 - weighted(rest, &[5, 4, 3, 2, 7, 6, 5, 4])? % 11) % 11 == check)
}

/// Digits 8 and 9 bring the weighted sum of the first seven to a multiple of 97, or since 2010 to 42 more. The three further
/// digits of a branch, and the numbers of government departments and health authorities, have no check digit.
fn britain(code: &str) -> Option<bool> {
    if code.starts_with(['G', 'H']) {
        return Some(true);
    }
    let sum = weighted(code.get(..9)?, &[8, 7, 6, 5, 4, 3, 2, 10, 1])? % 97;
    Some(sum == 0 || sum == 42)
}

fn norway(code: &str) -> Option<bool> {
    let (rest, check) = split_last(code.get(..9)?)?;
    Some((11 - weighted(rest, &[3, 2, 7, 6, 5, 4, 3, 2])? % 11) % 11 == check)
}
