//! Check digits: the arithmetic that finds a mistyped number.
//!
//! Every function answers nothing for text that is not of the digits it reckons with.

/// The digits of `text` times `weights`, added up; as many digits as weights.
pub(crate) fn weighted(text: &str, weights: &[u32]) -> Option<u32> {
    if text.len() != weights.len() {
        return None;
    }
    text.chars().zip(weights).map(|(c, weight)| Some(c.to_digit(10)? * weight)).sum()
}

/// The last digit, and what stands before it.
pub(crate) fn split_last(text: &str) -> Option<(&str, u32)> {
    let (at, last) = text.char_indices().next_back()?;
    Some((text.get(..at)?, last.to_digit(10)?))
}

/// The check digit of GS1 General Specifications §7.9.1 that follows `text`: every other digit threefold, from the right.
///
/// It finds every single wrong digit, and swapped neighbours unless they differ by five.
pub(crate) fn gs1(text: &str) -> Option<u32> {
    let sum = text.chars().rev().zip([3, 1].into_iter().cycle()).map(|(c, weight)| Some(c.to_digit(10)? * weight));
    Some((10 - sum.sum::<Option<u32>>()? % 10) % 10)
}

/// Whether `text` ends in its check digit by the formula of Luhn (ISO/IEC 7812-1 annex B).
pub(crate) fn luhn(text: &str) -> Option<bool> {
    luhn_mod(text, 10).map(|sum| sum == 0)
}

/// The Luhn sum of `text` in letters and digits, by `base`: zero where the last one is its check character.
pub(crate) fn luhn_mod(text: &str, base: u32) -> Option<u32> {
    let terms = text.chars().rev().zip([1, 2].into_iter().cycle()).map(|(c, factor)| {
        let product = c.to_digit(base)? * factor;
        Some(product / base + product % base)
    });
    Some(terms.sum::<Option<u32>>()? % base)
}

/// Whether `text` ends in its check digit by ISO/IEC 7064 MOD 11,10.
pub(crate) fn mod_11_10(text: &str) -> Option<bool> {
    let (digits, check) = split_last(text)?;
    let mut product = 10;
    for c in digits.chars() {
        let sum = (product + c.to_digit(10)?) % 10;
        product = (if sum == 0 { 10 } else { sum }) * 2 % 11;
    }
    Some((product + check) % 10 == 1)
}
