//! The Vietnamese tax code, mã số thuế (MST).

use super::TaxCode;
use super::rule::Rule;
use crate::check_digit::{split_last, weighted};
use crate::country::Country;

/// Whom a Vietnamese tax code stands for: Circular 86/2024/TT-BTC article 5.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum VietnameseTaxpayer {
    /// Ten digits: an organization. Households in business kept such a code until July 2025.
    Company,
    /// Thirteen digits: a branch or other dependent unit, under the code of its organization.
    Branch {
        /// The organization.
        parent: TaxCode,
    },
    /// Twelve digits: a person or a household, whose tax code is the personal identification number since July 2025.
    Person,
}

pub(super) const RULES: &[Rule] =
    &[Rule::new("VN", "", &["dddddddddd", "ddddddddddddd", "dddddddddddd"]).checked(check)];

/// Weights of the first nine of ten digits; with 1 for the check digit itself, all sums are 10 by modulus 11.
const WEIGHTS: &[u32] = &[31, 29, 23, 19, 17, 13, 7, 5, 3];

const COMPANY_DIGITS: usize = 10;

fn check(code: &str) -> Option<bool> {
    match code.split_at_checked(COMPANY_DIGITS) {
        Some((company, "")) => check_company(company),
        // Two digits more than a company has: a personal identification number.
        Some((_, rest)) if rest.len() == 2 => is_personal(code).then_some(true),
        Some((_, "000")) | None => None,
        Some((company, _)) => check_company(company),
    }
}

/// By modulus 11 all of the weights differ from zero and each from its neighbour, so this finds every single wrong digit and
/// every two neighbours that were swapped. A number whose check digit would be 10 is never issued.
fn check_company(code: &str) -> Option<bool> {
    let (before, check) = split_last(code)?;
    // The first two digits are the province, the next seven a serial number that starts at one.
    if before.ends_with("0000000") {
        return None;
    }
    Some(10 - weighted(before, WEIGHTS)? % 11 == check)
}

/// A personal identification number has no check digit, only a form: Decree 137/2015/ND-CP article 13 and Circular
/// 07/2016/TT-BCA article 7. Three digits are the province (001 to 096) or, for a birth registered abroad, the country (above
/// 100); one is century and sex, 0 to 3 for those born before 2100; two are the year of birth; six are random.
fn is_personal(code: &str) -> bool {
    let place = code.get(..3).and_then(|place| place.parse::<u16>().ok());
    let century = code.get(3..4).unwrap_or_default();
    place.is_some_and(|place| matches!(place, 1..=96 | 101..)) && matches!(century, "0" | "1" | "2" | "3")
}

/// Whom a code that was read stands for.
pub(super) fn taxpayer(code: &str) -> Option<VietnameseTaxpayer> {
    let (company, rest) = code.split_at_checked(COMPANY_DIGITS)?;
    Some(match rest.len() {
        0 => VietnameseTaxpayer::Company,
        2 => VietnameseTaxpayer::Person,
        _ => VietnameseTaxpayer::Branch { parent: TaxCode { country: Country::VIETNAM, text: company.into() } },
    })
}
