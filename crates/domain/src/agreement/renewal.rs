//! When an agreement that goes on by itself ends next.

use jiff::tz::Offset;
use jiff::{Span, Timestamp};

/// The most months by which an agreement goes on at a time.
pub const RENEWAL_MONTHS_MAX: i64 = 120;

/// The same time of day `months` later, on the day `anchor_day` of the month (1 to 31) or on the last one of a shorter month; by UTC.
///
/// The day is the anchor's and not that of `end`, so that an end on 31 January that fell on 28 February falls on 31 March next, not on
/// the 28th. Nothing beyond the end of time.
#[must_use]
pub fn months_later(end: Timestamp, anchor_day: i64, months: i64) -> Option<Timestamp> {
    let end = Offset::UTC.to_datetime(end);
    let month = end.date().first_of_month().checked_add(Span::new().try_months(months).ok()?).ok()?;
    let day = i8::try_from(anchor_day).ok()?.clamp(1, month.days_in_month());
    let date = month.with().day(day).build().ok()?;
    Offset::UTC.to_timestamp(date.to_datetime(end.time())).ok()
}

/// The day of the month on which `end` falls, by UTC.
pub(super) fn anchor_of(end: Timestamp) -> i64 {
    i64::from(Offset::UTC.to_datetime(end).day())
}
