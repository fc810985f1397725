//! The numbers under which tax offices know a trader.

mod asia;
mod europe;
mod rule;
#[cfg(test)]
mod tests;
mod vietnam;

use std::fmt;

use serde::{Deserialize, Serialize};

pub use vietnam::VietnameseTaxpayer;

use crate::country::Country;
use crate::problem::{Code, Problem};

/// The longest tax code, as it is written without blanks.
pub const TAX_CODE_MAX: usize = 20;

/// The tax code of a trader in a country: the number that stands on invoices.
///
/// In Vietnam it is the mã số thuế; in the European Union and its neighbours the VAT identification number, with its prefix
/// (directive 2006/112/EC article 215); elsewhere what the country's invoices ask for. Countries that are not known here may
/// use any 4 to 20 letters and digits.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "Wire", into = "Wire")]
pub struct TaxCode {
    country: Country,
    text: Box<str>,
}

impl TaxCode {
    /// Reads a tax code of `country`: in capitals or not, with or without the prefix of its VAT number, with blanks, dots,
    /// hyphens and strokes wherever people write them.
    ///
    /// # Errors
    /// [`Code::TaxCodeMalformed`] with the form that would be right (`9` a digit, `A` a letter, `X` either), or
    /// [`Code::TaxCodeCheckDigit`].
    pub fn parse(country: Country, text: &str) -> Result<Self, Problem> {
        let written = text.chars().filter(|c| !c.is_whitespace() && !matches!(c, '.' | '-' | '/'));
        // Read no further than what shows that it is too long.
        let plain: String = written.take(TAX_CODE_MAX + 1).map(|c| c.to_ascii_uppercase()).collect();
        let read = rule::of(country).map_or_else(|| any_form(&plain), |rule| rule.read(&plain));
        read.map(|text| Self { country, text: text.into() }).map_err(|problem| problem.with("country", country))
    }

    /// The country whose tax office issued it.
    #[must_use]
    pub const fn country(&self) -> Country {
        self.country
    }

    /// The code in capitals, without blanks or signs between.
    #[must_use]
    pub const fn as_str(&self) -> &str {
        &self.text
    }

    /// Whom a Vietnamese tax code stands for; nothing for other countries.
    #[must_use]
    pub fn kind(&self) -> Option<VietnameseTaxpayer> {
        (self.country == Country::VIETNAM).then(|| vietnam::taxpayer(&self.text)).flatten()
    }
}

fn any_form(plain: &str) -> Result<String, Problem> {
    if (4..=TAX_CODE_MAX).contains(&plain.len()) && plain.bytes().all(|b| b.is_ascii_alphanumeric()) {
        return Ok(plain.to_owned());
    }
    Err(Problem::new(Code::TaxCodeMalformed).with("form", format!("XXXX … {}", "X".repeat(TAX_CODE_MAX))))
}

impl fmt::Display for TaxCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.text)
    }
}

/// A tax code means nothing without its country, so both are sent.
#[derive(Serialize, Deserialize)]
struct Wire {
    country: Country,
    code: String,
}

impl From<TaxCode> for Wire {
    fn from(tax_code: TaxCode) -> Self {
        Self { country: tax_code.country, code: tax_code.text.into() }
    }
}

impl TryFrom<Wire> for TaxCode {
    type Error = Problem;

    fn try_from(wire: Wire) -> Result<Self, Problem> {
        Self::parse(wire.country, &wire.code)
    }
}
