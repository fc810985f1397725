//! When an agreement that goes on by itself ends next.

use jiff::Timestamp;
use jiff::civil::{Date, date};
use jiff::tz::Offset;
use proptest::prelude::*;

use super::at;
use crate::agreement::{RENEWAL_MONTHS_MAX, months_later};

/// Days of each month in a year (Gregorian calendar, ISO 8601), without any library's help.
fn days(year: i64, month: i64) -> i64 {
    match month {
        2 if (year % 4 == 0 && year % 100 != 0) || year % 400 == 0 => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

/// The reference: counts months one by one.
fn reference(from: Date, anchor: i64, months: i64) -> Date {
    let (mut year, mut month) = (i64::from(from.year()), i64::from(from.month()));
    for _ in 0..months {
        month += 1;
        if month > 12 {
            (year, month) = (year + 1, 1);
        }
    }
    let day = anchor.min(days(year, month));
    date(i16::try_from(year).unwrap(), i8::try_from(month).unwrap(), i8::try_from(day).unwrap())
}

#[test]
fn ends_of_months_come_back() {
    let mut end = at("2027-10-31T17:00:00Z");
    let expected = ["2027-11-30", "2027-12-31", "2028-01-31", "2028-02-29", "2028-03-31", "2028-04-30"];
    for day in expected {
        end = months_later(end, 31, 1).unwrap();
        assert_eq!(end, at(&format!("{day}T17:00:00Z")));
    }
    assert_eq!(months_later(at("2028-02-29T00:00:00Z"), 29, 12), Some(at("2029-02-28T00:00:00Z")));
    assert_eq!(months_later(at("2029-02-28T00:00:00Z"), 29, 36), Some(at("2032-02-29T00:00:00Z")));
    assert_eq!(months_later(Timestamp::MAX, 1, 12), None);
}

proptest! {
    #[test]
    fn as_the_reference_says(
        second in 0_i64..8_000_000_000, months in 1..=RENEWAL_MONTHS_MAX, late in 0_i64..31,
    ) {
        let from = Timestamp::from_second(second).unwrap();
        let civil = Offset::UTC.to_datetime(from);
        // What was agreed falls on that day or, where the month was shorter, on its last.
        let day = i64::from(civil.day());
        let is_last = day == days(i64::from(civil.year()), i64::from(civil.month()));
        let anchor = if is_last { (day + late).min(31) } else { day };
        let next = Offset::UTC.to_datetime(months_later(from, anchor, months).unwrap());
        prop_assert_eq!(next.date(), reference(civil.date(), anchor, months));
        prop_assert_eq!(next.time(), civil.time());
    }

    #[test]
    fn many_steps_are_one(second in 0_i64..4_000_000_000, steps in prop::collection::vec(1_i64..=24, 1..12)) {
        let from = Timestamp::from_second(second).unwrap();
        let anchor = i64::from(Offset::UTC.to_datetime(from).day());
        let mut end = from;
        for months in &steps {
            end = months_later(end, anchor, *months).unwrap();
        }
        prop_assert_eq!(Some(end), months_later(from, anchor, steps.iter().sum()));
    }
}
