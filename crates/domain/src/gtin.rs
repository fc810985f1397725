//! Global Trade Item Numbers, the numbers under barcodes.

use crate::check_digit;
use crate::problem::{Code, Problem};
use crate::wire::as_text;

/// A GTIN-8, -12, -13 or -14 of the GS1 General Specifications, kept in its 14-digit form, in which all of them are one
/// set of numbers: a UPC is the EAN with a zero before it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Gtin(Box<str>);

impl Gtin {
    /// Reads a number; blanks and hyphens are dropped. Its check digit finds every single wrong digit, and most swapped
    /// neighbours: not those that differ by five.
    ///
    /// # Errors
    /// [`Code::GtinMalformed`] or [`Code::GtinCheckDigit`].
    pub fn parse(text: &str) -> Result<Self, Problem> {
        let digits: String = text.chars().filter(|c| !matches!(c, ' ' | '-')).collect();
        let is_number = digits.bytes().all(|b| b.is_ascii_digit()) && digits.bytes().any(|b| b != b'0');
        if !is_number || !matches!(digits.len(), 8 | 12 | 13 | 14) {
            return Err(Code::GtinMalformed.into());
        }
        match check_digit::split_last(&digits) {
            Some((before, check)) if check_digit::gs1(before) == Some(check) => {
                Ok(Self(format!("{digits:0>14}").into()))
            }
            _ => Err(Code::GtinCheckDigit.into()),
        }
    }

    /// The 14 digits.
    #[must_use]
    pub const fn as_str(&self) -> &str {
        &self.0
    }
}

as_text!(Gtin, as_str);

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::Gtin;
    use crate::check_digit;
    use crate::problem::Code;

    #[test]
    fn all_lengths_are_one_set() {
        for (text, gtin) in [
            ("96385074", "00000096385074"),
            ("036000291452", "00036000291452"),
            ("0036000291452", "00036000291452"),
            ("4 006381 333931", "04006381333931"),
            ("1-00-36000-29145-9", "10036000291459"),
            ("8934588063053", "08934588063053"),
        ] {
            assert_eq!(Gtin::parse(text).unwrap().as_str(), gtin);
        }
    }

    #[test]
    fn what_is_no_gtin() {
        for (text, code) in [
            ("", Code::GtinMalformed),
            ("400638133393", Code::GtinCheckDigit),
            ("4006381333932", Code::GtinCheckDigit),
            ("4006381333", Code::GtinMalformed),
            ("400638133393100", Code::GtinMalformed),
            ("40063813339３1", Code::GtinMalformed),
            ("400638133393A", Code::GtinMalformed),
            ("00000000000000", Code::GtinMalformed),
        ] {
            assert_eq!(Gtin::parse(text).unwrap_err().code, code, "{text}");
        }
    }

    proptest! {
        #[test]
        fn every_single_wrong_digit_is_found(
            body in "[0-9]{7}|[0-9]{11}|[0-9]{12}|[1-9][0-9]{12}",
            place in any::<prop::sample::Index>(),
            shift in 1_u8..10,
        ) {
            prop_assume!(body.bytes().any(|b| b != b'0'));
            let right = format!("{body}{}", check_digit::gs1(&body).unwrap());
            let gtin = Gtin::parse(&right).unwrap();
            prop_assert_eq!(Gtin::parse(gtin.as_str()).unwrap(), gtin);

            let mut wrong = right.into_bytes();
            let place = place.index(wrong.len());
            wrong[place] = b'0' + (wrong[place] - b'0' + shift) % 10;
            prop_assert!(Gtin::parse(std::str::from_utf8(&wrong).unwrap()).is_err());
        }

        #[test]
        fn never_panics(text in "(?s:.){0,60}|[0-9 -]{0,20}") {
            let _ = Gtin::parse(&text);
        }
    }
}
