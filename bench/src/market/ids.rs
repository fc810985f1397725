//! Ids that are computed from numbers: `0190kkkk-0000-7000-8000-nnnnnnnnnnnn`, kind and number in hexadecimal.
//!
//! `bench/sql` builds the same ids with `lpad(to_hex(…), 12, '0')`.

use tradehall_domain::id::Id;
use uuid::Uuid;

/// What an id identifies.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// An organization.
    Organization = 1,
    /// A venue, numbered as its owner.
    Venue = 2,
    /// A request.
    Rfq = 3,
    /// A line of a request, see [`line_number`].
    RfqLine = 4,
    /// A quote, see [`quote_number`].
    Quote = 5,
    /// The version of a quote, numbered as the quote.
    QuoteVersion = 6,
    /// A line of a quote, numbered as a line of a request is, by the quote's number.
    QuoteLine = 7,
    /// A product of the shop.
    Product = 8,
    /// A price list of the shop; the general one has the number 0.
    PriceList = 9,
}

/// How many sellers quote on a request that is read in detail.
pub const SELLERS_OF_DETAIL: u64 = 10;

/// How many sellers quote on, and win, a request that is awarded.
pub const SELLERS_OF_AWARD: u64 = 4;

/// The id of that kind and number.
pub const fn id<T>(kind: Kind, number: u64) -> Id<T> {
    let prefix = (0x0190_0000_0000_7000_8000 + ((kind as u128) << 48)) << 48;
    Id::from_uuid(Uuid::from_u128(prefix + number as u128))
}

/// The number of the line at `position`, from 1, of what has the number `parent`.
pub const fn line_number(parent: u64, position: u64) -> u64 {
    parent * 64 + position
}

/// The number of the quote of the seller at `place`, from 0, on a request.
pub const fn quote_number(rfq: u64, place: u64) -> u64 {
    rfq * 16 + place
}

#[cfg(test)]
mod tests {
    use super::{Kind, id};

    #[test]
    fn an_id_shows_its_kind_and_number() {
        let line: tradehall_domain::rfq::RfqLineId = id(Kind::RfqLine, 0xBEEF);
        assert_eq!(line.to_string(), "01900004-0000-7000-8000-00000000beef");
    }
}
