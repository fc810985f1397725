//! The number by which people know an order.

use jiff::Timestamp;
use jiff::tz::Offset;

use super::OrderId;
use crate::problem::{Code, Problem};
use crate::wire::as_text;

/// The number by which people know an order: `PO-2026-0K3M-9QXT-4B2D`.
///
/// After the year stand 60 bits in the letters and digits of Crockford's base 32, which has no I, L, O and U, so that a number
/// survives handwriting and the telephone: 25 bits count the seconds since the year began (UTC), 35 bits are chance. Numbers
/// therefore sort by age.
///
/// They are not counted 1, 2, 3, for two reasons. A counter per buyer is one row that every placing transaction would wait
/// for. And its reading is a secret: whoever gets two orders a month apart would know how many went to others in between
/// (the "German tank problem"). The price is that two orders of one buyer in the same second collide with a chance of 1 in
/// 34 000 million; the database's unique rule then undoes the later one whole.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct OrderNumber(Box<str>);

/// Crockford's digits, by value.
const DIGITS: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/// How many digits follow the year.
const TAIL: usize = 12;

/// How many bits are chance.
const CHANCE_BITS: u32 = 35;

impl OrderNumber {
    /// The number of the order `id`, placed at `now`. The same order has the same number.
    #[must_use]
    pub(super) fn of(id: OrderId, now: Timestamp) -> Self {
        let time = Offset::UTC.to_datetime(now);
        let days = i64::from(time.day_of_year()) - 1;
        let hours = days * 24 + i64::from(time.hour());
        let seconds = (hours * 60 + i64::from(time.minute())) * 60 + i64::from(time.second());
        // A version 7 UUID ends in 32 bits of chance after the low bits of a counter, which tell ids of one moment apart.
        let chance = id.uuid().as_u128() & ((1 << CHANCE_BITS) - 1);
        let bits = (u128::from(seconds.unsigned_abs()) << CHANCE_BITS) | chance;
        let tail = (0..TAIL).rev().map(|place| digit(bits >> (5 * place)));
        Self::written(time.year().unsigned_abs(), tail)
    }

    /// The number that `text` means: blanks, hyphens and the case do not matter, O is read as 0, I and L as 1.
    ///
    /// # Errors
    /// [`Code::OrderNumberMalformed`].
    pub fn parse(text: &str) -> Result<Self, Problem> {
        read(text).ok_or_else(|| Code::OrderNumberMalformed.into())
    }

    /// The number as it is printed.
    #[must_use]
    pub const fn as_str(&self) -> &str {
        &self.0
    }

    fn written(year: u16, tail: impl Iterator<Item = char>) -> Self {
        let mut text = format!("PO-{year:04}");
        for (place, digit) in tail.enumerate() {
            if place % 4 == 0 {
                text.push('-');
            }
            text.push(digit);
        }
        Self(text.into())
    }
}

as_text!(OrderNumber, as_str);

fn digit(bits: u128) -> char {
    let value = usize::try_from(bits & 31).unwrap_or_default();
    DIGITS.get(value).copied().map_or('0', char::from)
}

fn read(text: &str) -> Option<OrderNumber> {
    // Longer than any way to write one: not read at all.
    if text.len() > 64 {
        return None;
    }
    let mut digits = text.chars().filter(|c| !matches!(c, '-' | ' ')).map(|c| match c.to_ascii_uppercase() {
        'O' => '0',
        'I' | 'L' => '1',
        c => c,
    });
    if (digits.next()?, digits.next()?) != ('P', '0') {
        return None;
    }
    let mut year = 0_u16;
    for _ in 0..4 {
        year = year * 10 + u16::try_from(digits.next()?.to_digit(10)?).ok()?;
    }
    let tail: Vec<char> = digits.collect();
    let known = |c: &char| u8::try_from(*c).is_ok_and(|byte| DIGITS.contains(&byte));
    (tail.len() == TAIL && tail.iter().all(known)).then(|| OrderNumber::written(year, tail.into_iter()))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::OrderNumber;
    use crate::id::Id;
    use crate::problem::Code;

    fn number(id: u128, at: &str) -> String {
        OrderNumber::of(Id::from_uuid(uuid::Uuid::from_u128(id)), at.parse().unwrap()).to_string()
    }

    #[test]
    fn the_form() {
        assert_eq!(number(0, "2026-01-01T00:00:00Z"), "PO-2026-0000-0000-0000");
        assert_eq!(number(1, "2026-01-01T00:00:01.9Z"), "PO-2026-0000-1000-0001");
        // The last second of a leap year fits its five digits, and only the last 35 bits of the id show.
        assert_eq!(number(u128::MAX, "2028-12-31T23:59:59Z"), "PO-2028-Y517-ZZZZ-ZZZZ");
    }

    #[test]
    fn people_write_it_as_they_like() {
        let meant = OrderNumber::parse("PO-2026-0K3M-1QXT-4B2D").unwrap();
        for text in ["po20260k3m1qxt4b2d", " PO 2026 OK3M LQXT 4B2D ", "p0-2026-0k3miqxt-4b2d"] {
            assert_eq!(OrderNumber::parse(text), Ok(meant.clone()), "{text}");
        }
        for text in ["", "PO", "PO-2026", "PO-2026-0K3M-1QXT-4B2", "PO-2026-0K3M-1QXT-4B2DD", "PO-2026-UK3M-1QXT-4B2D"]
        {
            assert_eq!(OrderNumber::parse(text).unwrap_err().code, Code::OrderNumberMalformed, "{text}");
        }
        assert!(OrderNumber::parse(&"P".repeat(1_000_000)).is_err());
    }

    #[test]
    fn ids_of_one_moment_give_different_numbers() {
        let now = "2026-03-02T08:00:00Z".parse().unwrap();
        let numbers: std::collections::HashSet<_> = (0..10_000).map(|_| OrderNumber::of(Id::new(), now)).collect();
        assert_eq!(numbers.len(), 10_000);
    }

    proptest! {
        #[test]
        fn what_is_made_is_read_back_and_sorts_by_age(
            ids in any::<(u128, u128)>(), one in 0_i64..200_000_000_000, later in 1_i64..1_000_000_000,
        ) {
            let of = |id, second| {
                OrderNumber::of(Id::from_uuid(uuid::Uuid::from_u128(id)), jiff::Timestamp::from_second(second).unwrap())
            };
            let (first, second) = (of(ids.0, one), of(ids.1, one + later));
            prop_assert_eq!(OrderNumber::parse(first.as_str()), Ok(first.clone()));
            prop_assert!(first < second, "{} {}", first, second);
        }

        #[test]
        fn never_panics(text in "(?s:.){0,80}") {
            let _ = OrderNumber::parse(&text);
        }
    }
}
