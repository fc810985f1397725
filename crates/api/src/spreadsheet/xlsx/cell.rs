//! What a cell's value is as text.

use jiff::civil::{DateTime, date};
use jiff::{SignedDuration, ToSpan as _};

/// A number as people write it: without an exponent, with the 15 significant digits that spreadsheets keep, so that 0.1 + 0.2 is
/// 0.3. What is no number stays as it is and is refused where it is read.
pub fn number(raw: &str) -> String {
    let Ok(value) = raw.parse::<f64>() else { return raw.to_owned() };
    // Whole numbers and short decimals stand as they were typed.
    if !raw.contains(['e', 'E']) && raw.len() <= 15 {
        return raw.to_owned();
    }
    if !value.is_finite() {
        return raw.to_owned();
    }
    let rounded: f64 = format!("{value:.14e}").parse().unwrap_or(value);
    rounded.to_string()
}

/// The day, or the day and time, that a number of days since 1900 or 1904 stands for, in the form of ISO 8601; nothing for what no
/// calendar has. Times are whole seconds.
pub fn moment(raw: &str, since_1904: bool) -> Option<String> {
    let days: f64 = raw.parse().ok()?;
    if !(0.0..=2_958_466.0).contains(&days) {
        return None;
    }
    let whole = days.floor();
    let seconds = ((days - whole) * 86_400.0).round();
    #[expect(clippy::cast_possible_truncation, reason = "both are within the bounds checked above")]
    let (whole, seconds) = (whole as i64, seconds as i64);
    let first = match (since_1904, whole) {
        (true, _) => date(1904, 1, 1),
        // Day 60 is the 29th of February 1900, which never was: before it, days are one later.
        (false, 0..60) => date(1899, 12, 31),
        (false, _) => date(1899, 12, 30),
    };
    let day = first.checked_add(whole.days()).ok()?;
    if seconds == 0 {
        return Some(day.to_string());
    }
    let time: DateTime = day.at(0, 0, 0, 0).checked_add(SignedDuration::from_secs(seconds)).ok()?;
    Some(format!("{time}Z"))
}

/// A text with the characters that XML cannot hold, which workbooks write as `_x000D_` (ISO/IEC 29500-1 §22.9.2.19).
pub fn unescaped(text: &str) -> String {
    if !text.contains("_x") {
        return text.to_owned();
    }
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("_x") {
        out.push_str(before);
        let code = after.get(..4).filter(|_| after.get(4..5) == Some("_"));
        match code.and_then(|code| u32::from_str_radix(code, 16).ok()).and_then(char::from_u32) {
            Some(character) => {
                out.push(character);
                rest = after.get(5..).unwrap_or_default();
            }
            None => {
                out.push_str("_x");
                rest = after;
            }
        }
    }
    out.push_str(rest);
    out
}

/// The place of a column by its letters: A is 0.
pub fn column(reference: &str) -> Option<usize> {
    let letters = reference.bytes().take_while(u8::is_ascii_uppercase);
    let place = letters.take(4).fold(0_usize, |sum, letter| sum * 26 + usize::from(letter - b'A') + 1);
    place.checked_sub(1)
}

/// The letters of a column.
pub fn letters(mut place: usize) -> String {
    let mut letters = Vec::new();
    loop {
        letters.push(b'A' + u8::try_from(place % 26).unwrap_or(0));
        match (place / 26).checked_sub(1) {
            Some(next) => place = next,
            None => break,
        }
    }
    letters.reverse();
    String::from_utf8(letters).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::{column, letters, moment, number, unescaped};

    #[test]
    fn numbers_are_as_they_were_typed() {
        for (raw, text) in [
            ("12", "12"),
            ("0.30000000000000004", "0.3"),
            ("1.0000000000000001E-2", "0.01"),
            ("1E5", "100000"),
            ("99.990000000000009", "99.99"),
            ("4006381333931", "4006381333931"),
            ("-7.5", "-7.5"),
        ] {
            assert_eq!(number(raw), text, "{raw}");
        }
    }

    #[test]
    fn days_are_counted_as_spreadsheets_count_them() {
        for (raw, since_1904, text) in [
            ("46082", false, Some("2026-03-01")),
            ("46082.395833333336", false, Some("2026-03-01T09:30:00Z")),
            ("44620", true, Some("2026-03-01")),
            ("1", false, Some("1900-01-01")),
            ("61", false, Some("1900-03-01")),
            ("-1", false, None),
            ("1e300", false, None),
            ("x", false, None),
        ] {
            assert_eq!(moment(raw, since_1904).as_deref(), text, "{raw}");
        }
    }

    #[test]
    fn columns_have_letters() {
        for (place, name) in [(0, "A"), (25, "Z"), (26, "AA"), (701, "ZZ"), (702, "AAA"), (16_383, "XFD")] {
            assert_eq!((letters(place).as_str(), column(&format!("{name}7"))), (name, Some(place)));
        }
        assert_eq!(column("7"), None);
    }

    #[test]
    fn escaped_characters_come_back() {
        assert_eq!(unescaped("a_x000D_b_xZZZZ__x"), "a\rb_xZZZZ__x");
        assert_eq!(unescaped("_x0041_đ_x1"), "Ađ_x1");
    }
}
