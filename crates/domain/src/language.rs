//! The languages that people are answered in.

use serde::{Deserialize, Serialize};

use crate::named::Named;

/// A language of messages and mails. Codes and enum values are never translated.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Hash, Serialize, Deserialize)]
pub enum Language {
    /// English, the default.
    #[default]
    English,
    /// Vietnamese.
    Vietnamese,
}

impl Named for Language {
    const SET: &'static str = "Language";
    const ABOUT: &'static str = "A language of messages and mails. Codes and enum values are never translated.";
    const ALL: &'static [Self] = &[Self::English, Self::Vietnamese];

    fn name(self) -> &'static str {
        match self {
            Self::English => "EN",
            Self::Vietnamese => "VI",
        }
    }

    fn meaning(self) -> &'static str {
        match self {
            Self::English => "English, the default.",
            Self::Vietnamese => "Vietnamese.",
        }
    }
}

impl Language {
    /// The first language of an `Accept-Language` header (RFC 9110 §12.5.4) that is spoken here. Weights are honoured.
    #[must_use]
    pub fn negotiate(accept: &str) -> Self {
        let mut best: Option<(u16, Self)> = None;
        for range in accept.split(',').take(16) {
            let mut parts = range.split(';');
            let tag = parts.next().unwrap_or_default().trim().to_ascii_lowercase();
            let language = match tag.split('-').next() {
                Some("vi") => Self::Vietnamese,
                Some("en" | "*") => Self::English,
                _ => continue,
            };
            let weight = parts.find_map(|p| p.trim().strip_prefix("q=")).map_or(1000, per_mille);
            if weight > 0 && best.is_none_or(|(w, _)| weight > w) {
                best = Some((weight, language));
            }
        }
        best.map(|(_, language)| language).unwrap_or_default()
    }
}

/// `0.8` as 800; anything that is no weight counts as refused.
fn per_mille(weight: &str) -> u16 {
    let (whole, fraction) = weight.trim().split_once('.').unwrap_or((weight.trim(), ""));
    let digits: String = fraction.chars().chain("000".chars()).take(3).collect();
    match (whole, digits.parse::<u16>()) {
        ("0", Ok(thousandths)) => thousandths,
        ("1", Ok(_)) => 1000,
        _ => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::Language::{self, English, Vietnamese};

    #[test]
    fn the_preferred_language_wins() {
        for (header, expected) in [
            ("", English),
            ("vi", Vietnamese),
            ("vi-VN,vi;q=0.9,en;q=0.8", Vietnamese),
            ("en;q=0.4, vi;q=0.5", Vietnamese),
            ("fr, de;q=0.9", English),
            ("vi;q=0, en;q=0.1", English),
            ("vi;q=rubbish", English),
        ] {
            assert_eq!(Language::negotiate(header), expected, "{header}");
        }
    }
}
