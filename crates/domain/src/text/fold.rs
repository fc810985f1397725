//! The form of a text that is searched.

use unicode_normalization::UnicodeNormalization as _;

/// `text` as search compares it: small letters without accents, `đ` as `d`, one blank between words. Folding what is
/// folded changes nothing.
///
/// Only the accents of Latin, Greek and Cyrillic letters go; the vowel signs of Thai or Hindi, which are marks to Unicode
/// as well, stay, because words differ by nothing else.
#[must_use]
pub fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        let before = folded.len();
        if before > 0 {
            folded.push(' ');
        }
        let start = folded.len();
        // Letters are made small before they are taken apart: a capital İ becomes an i and a dot that must go as well.
        folded.extend(word.chars().flat_map(char::to_lowercase).nfd().filter(|c| !is_accent(*c)).map(plain).nfc());
        if folded.len() == start {
            folded.truncate(before);
        }
    }
    folded
}

/// The blocks of combining diacritical marks.
const fn is_accent(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}' | '\u{1ab0}'..='\u{1aff}' | '\u{1dc0}'..='\u{1dff}' | '\u{20d0}'..='\u{20ff}')
}

/// Letters with a stroke do not come apart.
const fn plain(c: char) -> char {
    match c {
        'đ' => 'd',
        'ł' => 'l',
        'ø' => 'o',
        'ς' => 'σ',
        _ => c,
    }
}
