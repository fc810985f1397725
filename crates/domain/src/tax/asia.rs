//! Tax codes of Asia, Oceania and America.

use super::rule::Rule;
use crate::check_digit::{luhn_mod, split_last, weighted};

pub(super) const RULES: &[Rule] = &[
    Rule::new("AU", "", &["ddddddddddd"]).checked(australia),
    Rule::new("CN", "", &["xxddddddxxxxxxxxxx"]).checked(china),
    Rule::new("IN", "", &["ddaaaaaddddaxax"]).checked(|code| Some(luhn_mod(code, 36)? == 0)),
    Rule::new("JP", "", &["ddddddddddddd"]).checked(japan),
    Rule::new("KR", "", &["dddddddddd"]).checked(korea),
    // Businesses, local companies, and the other entities by the century in which they were registered.
    Rule::new("SG", "", &["dddddddda", "ddddddddda", "Tddaadddda", "Sddaadddda", "Rddaadddda"]),
    Rule::new("TH", "", &["ddddddddddddd"]).checked(thailand),
    // The employer identification number has no check digit, but no campus issues 00.
    Rule::new("US", "", &["ddddddddd"]).checked(|code| (!code.starts_with("00")).then_some(true)),
];

/// The Australian business number: less one in its first digit, the weighted sum is a multiple of 89.
fn australia(code: &str) -> Option<bool> {
    let sum = weighted(code, &[10, 1, 3, 5, 7, 9, 11, 13, 15, 17, 19])?;
    Some(!code.starts_with('0') && sum.checked_sub(10)? % 89 == 0)
}

/// The unified social credit code of GB 32100-2015: 31 characters, I, O, S, V and Z left out; weights are powers of three by
/// modulus 31, which is prime, so that every single wrong character is found.
fn china(code: &str) -> Option<bool> {
    const ALPHABET: &str = "0123456789ABCDEFGHJKLMNPQRTUWXY";
    let mut values = code.chars().map(|c| ALPHABET.find(c));
    let mut sum = 0;
    let mut weight = 1;
    for value in values.by_ref().take(17) {
        sum += value? * weight;
        weight = weight * 3 % 31;
    }
    Some((31 - sum % 31) % 31 == values.next()??)
}

/// The corporate number of the ordinance of the Ministry of Finance, Heisei 26 no. 70: the check digit stands first. By
/// modulus 9 it does not tell a 0 from a 9.
fn japan(code: &str) -> Option<bool> {
    let (check, rest) = code.split_at_checked(1)?;
    let sum = weighted(rest, &[2, 1, 2, 1, 2, 1, 2, 1, 2, 1, 2, 1])?;
    Some(9 - sum % 9 == check.parse::<u32>().ok()?)
}

/// The business registration number; the ninth digit counts fivefold, with its tens added again.
fn korea(code: &str) -> Option<bool> {
    let (rest, check) = split_last(code)?;
    let (_, ninth) = split_last(rest)?;
    let sum = weighted(rest, &[1, 3, 7, 1, 3, 7, 1, 3, 5])? + ninth * 5 / 10;
    Some((10 - sum % 10) % 10 == check)
}

/// The number of a person or juristic person; of two sums that differ by ten only one is told from the other.
fn thailand(code: &str) -> Option<bool> {
    let (rest, check) = split_last(code)?;
    let sum = weighted(rest, &[13, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2])?;
    Some((11 - sum % 11) % 10 == check)
}
