//! Decimal numbers as people and programs write them.

use rust_decimal::Decimal;

use crate::problem::{Code, Problem};

/// How many digits a number may have; every number of so many digits is exact in a [`Decimal`].
pub const DIGITS_MAX: usize = 28;

/// How many decimals money, prices and quantities are kept with.
pub const STORED_DECIMALS: u32 = 4;

/// Reads a number in plain notation: an optional sign, ASCII digits, at most one point with digits on both sides.
///
/// No exponent, no grouping, no blanks: what is accepted has one meaning in every country. Never rounds.
///
/// # Errors
/// [`Code::NumberMalformed`].
pub fn parse_decimal(text: &str) -> Result<Decimal, Problem> {
    read(text).ok_or_else(|| Problem::new(Code::NumberMalformed).with("max", DIGITS_MAX))
}

/// Reads a number of an imported file: as [`parse_decimal`], with blanks around it and a leading point (`.5`) allowed,
/// as database exports write them.
///
/// # Errors
/// [`Code::NumberMalformed`].
pub fn parse_loose(text: &str) -> Result<Decimal, Problem> {
    let text = text.trim();
    let (sign, rest) = split_sign(text);
    if rest.starts_with('.') { parse_decimal(&format!("{sign}0{rest}")) } else { parse_decimal(text) }
}

/// `number` as a count of 1/10 000, or nothing if it has more decimals than that or does not fit 64 bits. Zeros at the
/// end are no decimals: 1.500000 has one.
pub(crate) fn ten_thousandths(number: Decimal) -> Option<i64> {
    let number = number.normalize();
    let missing = STORED_DECIMALS.checked_sub(number.scale())?;
    let units = number.mantissa().checked_mul(10_i128.checked_pow(missing)?)?;
    i64::try_from(units).ok()
}

fn split_sign(text: &str) -> (&str, &str) {
    match text.strip_prefix('-') {
        Some(rest) => ("-", rest),
        None => ("", text.strip_prefix('+').unwrap_or(text)),
    }
}

fn read(text: &str) -> Option<Decimal> {
    let (sign, rest) = split_sign(text);
    let (whole, fraction) = match rest.split_once('.') {
        Some((_, "")) => return None,
        Some(parts) => parts,
        None => (rest, ""),
    };
    if whole.is_empty() || whole.len().checked_add(fraction.len())? > DIGITS_MAX {
        return None;
    }
    let mut mantissa: i128 = 0;
    for digit in whole.bytes().chain(fraction.bytes()) {
        let digit = digit.is_ascii_digit().then_some(digit)?.checked_sub(b'0')?;
        mantissa = mantissa.checked_mul(10)?.checked_add(i128::from(digit))?;
    }
    let scale = u32::try_from(fraction.len()).ok()?;
    Decimal::try_from_i128_with_scale(if sign == "-" { -mantissa } else { mantissa }, scale).ok()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use rust_decimal::Decimal;

    use super::{parse_decimal, parse_loose, ten_thousandths};

    #[test]
    fn plain_numbers_are_read_exactly() {
        for (text, mantissa, scale) in [
            ("0", 0, 0),
            ("-0", 0, 0),
            ("007", 7, 0),
            ("+12.50", 1250, 2),
            ("-0.0001", -1, 4),
            ("9999999999999999999999999999", 9_999_999_999_999_999_999_999_999_999, 0),
            ("0.999999999999999999999999999", 999_999_999_999_999_999_999_999_999, 27),
        ] {
            let read = parse_decimal(text).unwrap();
            assert_eq!((read.mantissa(), read.scale()), (mantissa, scale), "{text}");
        }
        assert!(!parse_decimal("-0").unwrap().is_sign_negative());
    }

    #[test]
    fn anything_else_is_refused() {
        for text in [
            "",
            "-",
            "+",
            ".",
            "1.",
            ".5",
            "-.5",
            "--1",
            "+-1",
            "1e3",
            "1E3",
            "NaN",
            "inf",
            "1_000",
            "1,000",
            "1.2.3",
            " 1",
            "1 ",
            "0x10",
            "١٢",
            "１２",
            "1\0",
            "10000000000000000000000000000",
            "0.0000000000000000000000000001",
        ] {
            assert!(parse_decimal(text).is_err(), "{text:?}");
        }
    }

    #[test]
    fn files_may_leave_out_the_leading_zero() {
        assert_eq!(parse_loose(" .5 ").unwrap(), Decimal::new(5, 1));
        assert_eq!(parse_loose("-.0001").unwrap(), Decimal::new(-1, 4));
        assert_eq!(parse_loose("3").unwrap(), Decimal::from(3));
        for text in [".", "-.", "1.", "..5", "-.-5", ""] {
            assert!(parse_loose(text).is_err(), "{text:?}");
        }
    }

    #[test]
    fn units_drop_only_zeros() {
        assert_eq!(ten_thousandths(Decimal::new(1_500_000, 6)), Some(15_000));
        assert_eq!(ten_thousandths(Decimal::new(-1, 4)), Some(-1));
        assert_eq!(ten_thousandths(Decimal::new(1, 5)), None);
        assert_eq!(ten_thousandths(Decimal::MAX), None);
    }

    proptest! {
        #[test]
        fn never_panics(text in "(?s:.){0,60}") {
            let _ = parse_decimal(&text);
            let _ = parse_loose(&text);
        }

        #[test]
        fn what_is_printed_is_read_back(mantissa in -10_i128.pow(27)..10_i128.pow(27), scale in 0_u32..=26) {
            let number = Decimal::from_i128_with_scale(mantissa, scale);
            prop_assert_eq!(parse_decimal(&number.to_string()).unwrap(), number);
        }
    }
}
