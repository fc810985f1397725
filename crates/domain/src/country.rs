//! Countries.

mod table;

use crate::problem::{Code, Problem};
use crate::wire::as_text;

/// What is known of a country.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
struct Entry {
    code: &'static str,
    name: &'static str,
}

/// A country or territory of ISO 3166-1, by its alpha-2 code. Countries are ordered by their codes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Country(&'static Entry);

impl Country {
    /// Vietnam.
    pub const VIETNAM: Self = Self(&Entry { code: "VN", name: "Vietnam" });

    /// The country of an alpha-2 code, in capitals or not. Codes that are only reserved, such as `UK` and `EU`, name none.
    ///
    /// # Errors
    /// [`Code::UnknownCountry`].
    pub fn parse(text: &str) -> Result<Self, Problem> {
        let code = text.to_ascii_uppercase();
        let found = table::COUNTRIES.binary_search_by(|entry| entry.code.cmp(&code));
        found
            .ok()
            .and_then(|position| table::COUNTRIES.get(position))
            .map(Self)
            .ok_or_else(|| Code::UnknownCountry.into())
    }

    /// Every country, by code.
    pub fn all() -> impl ExactSizeIterator<Item = Self> {
        table::COUNTRIES.iter().map(Self)
    }

    /// The two letters.
    #[must_use]
    pub const fn code(self) -> &'static str {
        self.0.code
    }

    /// The usual short name in English. Other languages are named by clients, who have the Unicode CLDR for it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        self.0.name
    }
}

as_text!(Country, code);

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{Country, table};

    #[test]
    fn the_table_is_sorted_and_complete() {
        assert!(table::COUNTRIES.is_sorted_by(|one, next| one.code < next.code));
        assert_eq!(Country::all().len(), 249, "ISO 3166-1 assigns 249 codes");
        for country in Country::all() {
            assert!(country.code().len() == 2 && country.code().bytes().all(|b| b.is_ascii_uppercase()), "{country}");
            assert_eq!(Country::parse(country.code()), Ok(country));
        }
        assert_eq!(Country::parse("vn"), Ok(Country::VIETNAM));
        for unknown in ["", "V", "VNM", "UK", "EU", "XX", "ZZ", " VN"] {
            assert!(Country::parse(unknown).is_err(), "{unknown}");
        }
    }

    proptest! {
        #[test]
        fn never_panics(text in "(?s:.){0,60}") {
            let _ = Country::parse(&text);
        }
    }
}
