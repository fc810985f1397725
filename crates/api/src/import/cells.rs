//! What stands in a cell.

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use rust_decimal::prelude::ToPrimitive as _;
use tradehall_domain::number::parse_loose;
use tradehall_domain::problem::{Code, Problem, Problems};

/// A whole number.
///
/// # Errors
/// [`Code::NumberMalformed`], or [`Code::TooManyDecimals`] where it is not whole.
pub fn whole(text: &str) -> Result<i64, Problem> {
    let number = parse_loose(text)?;
    if !number.fract().is_zero() {
        return Err(Problem::new(Code::TooManyDecimals).with("max", 0));
    }
    number.to_i64().ok_or_else(|| Problem::new(Code::TooLarge).with("max", i64::MAX))
}

/// A day, which begins at midnight UTC, or a time of RFC 3339.
///
/// # Errors
/// [`Code::DateMalformed`].
pub fn moment(text: &str) -> Result<Timestamp, Problem> {
    if let Ok(time) = text.parse::<Timestamp>() {
        return Timestamp::from_microsecond(time.as_microsecond()).map_err(|_| Code::DateMalformed.into());
    }
    // A day that is part of something longer, such as a local time, is not taken for the day.
    let day: Option<Date> = if text.len() == 10 { text.parse().ok() } else { None };
    let zoned = day.and_then(|day| day.to_zoned(TimeZone::UTC).ok());
    zoned.map(|zoned| zoned.timestamp()).ok_or_else(|| Code::DateMalformed.into())
}

/// `problems` with the first step of their paths, an input field, told as the column that it was read from.
pub fn by_column(problems: Problems, column: impl Fn(&str) -> &'static str) -> Problems {
    let mut told = Problems::new();
    for mut problem in problems {
        if let Some(step) = problem.path.first_mut() {
            *step = column(step).to_owned();
        }
        told.push(problem);
    }
    told
}

#[cfg(test)]
mod tests {
    use super::{moment, whole};

    #[test]
    fn days_and_times() {
        for (text, expected) in [
            ("2026-03-01", Some("2026-03-01T00:00:00Z")),
            ("2026-03-01T09:30:00+07:00", Some("2026-03-01T02:30:00Z")),
            ("01/03/2026", None),
            ("2026-3-1", None),
            ("2026-02-30", None),
            ("2026-03-01 09:30", None),
            ("soon", None),
        ] {
            assert_eq!(moment(text).ok().map(|time| time.to_string()).as_deref(), expected, "{text}");
        }
    }

    #[test]
    fn whole_numbers() {
        assert_eq!(whole(" 17 ").ok(), Some(17));
        assert_eq!(whole("17.00").ok(), Some(17));
        for text in ["17.5", "", "x", "1e3", "99999999999999999999"] {
            assert!(whole(text).is_err(), "{text}");
        }
    }
}
