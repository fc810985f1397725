//! Currencies.

mod table;

use crate::problem::{Code, Problem};
use crate::wire::as_text;

/// What is known of a currency.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
struct Entry {
    code: &'static str,
    decimals: u32,
}

/// A currency of ISO 4217 that money is paid in today; metals, testing codes and units of bond markets are left out.
///
/// Currencies are ordered by their codes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Currency(&'static Entry);

impl Currency {
    /// Vietnamese đồng, without decimals.
    pub const VND: Self = Self(&Entry { code: "VND", decimals: 0 });
    /// United States dollar.
    pub const USD: Self = Self(&Entry { code: "USD", decimals: 2 });
    /// Euro.
    pub const EUR: Self = Self(&Entry { code: "EUR", decimals: 2 });

    /// The currency of an alphabetic code, in capitals or not.
    ///
    /// # Errors
    /// [`Code::UnknownCurrency`].
    pub fn parse(text: &str) -> Result<Self, Problem> {
        let code = text.to_ascii_uppercase();
        let found = table::CURRENCIES.binary_search_by(|entry| entry.code.cmp(&code));
        found
            .ok()
            .and_then(|position| table::CURRENCIES.get(position))
            .map(Self)
            .ok_or_else(|| Code::UnknownCurrency.into())
    }

    /// Every currency, by code.
    pub fn all() -> impl ExactSizeIterator<Item = Self> {
        table::CURRENCIES.iter().map(Self)
    }

    /// The three letters.
    #[must_use]
    pub const fn code(self) -> &'static str {
        self.0.code
    }

    /// How many decimals its amounts have: the minor unit of ISO 4217, from 0 to 4.
    #[must_use]
    pub const fn decimals(self) -> u32 {
        self.0.decimals
    }
}

as_text!(Currency, code);

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{Currency, table};
    use crate::number::STORED_DECIMALS;

    #[test]
    fn the_table_is_sorted_and_fits_what_is_stored() {
        assert!(table::CURRENCIES.is_sorted_by(|one, next| one.code < next.code));
        for currency in Currency::all() {
            assert!(
                currency.code().len() == 3 && currency.code().bytes().all(|b| b.is_ascii_uppercase()),
                "{currency}"
            );
            assert!(currency.decimals() <= STORED_DECIMALS, "{currency}");
            assert_eq!(Currency::parse(currency.code()), Ok(currency));
        }
    }

    #[test]
    fn minor_units() {
        for (code, decimals) in [("VND", 0), ("JPY", 0), ("KRW", 0), ("USD", 2), ("EUR", 2), ("KWD", 3), ("CLF", 4)] {
            assert_eq!(Currency::parse(code).unwrap().decimals(), decimals, "{code}");
        }
        assert_eq!(Currency::parse("vnd"), Ok(Currency::VND));
        for named in [Currency::VND, Currency::USD, Currency::EUR] {
            assert_eq!(Currency::parse(named.code()), Ok(named));
        }
        for unknown in ["", "US", "USDT", "XXX", "XAU", "DEM", " USD", "ÚSD"] {
            assert!(Currency::parse(unknown).is_err(), "{unknown}");
        }
    }

    proptest! {
        #[test]
        fn never_panics(text in "(?s:.){0,60}") {
            let _ = Currency::parse(&text);
        }
    }
}
