//! The data set's own codes of units.

use std::collections::HashMap;

use tradehall_domain::problem::{Code, Problem};
use tradehall_domain::unit::Unit;

use super::offer::Offers;
use super::target::Target as _;
use crate::app::Error;
use crate::import::cells::whole;
use crate::import::table::{Next, Table};

/// The codes of `unit_measures.csv` and what they are in UN/ECE Recommendation 20. Degrees, densities and percentages, which nobody
/// sells by, have none.
const CODES: &[(&str, &str)] = &[
    ("BOX", "XBX"),
    ("BTL", "XBO"),
    ("CAN", "XCI"),
    ("CAR", "XCT"),
    ("CBM", "MTQ"),
    ("CCM", "CMQ"),
    ("CDM", "DMQ"),
    ("CM", "CMT"),
    ("CM2", "CMK"),
    ("CR", "XCR"),
    ("CS", "XCS"),
    ("CTN", "XCN"),
    ("DM", "DMT"),
    ("DZ", "DZN"),
    ("EA", "EA"),
    ("FT3", "FTQ"),
    ("G", "GRM"),
    ("GAL", "GLL"),
    ("IN", "INH"),
    ("KG", "KGM"),
    ("KM", "KMT"),
    ("L", "LTR"),
    ("LB", "LBR"),
    ("M", "MTR"),
    ("M2", "MTK"),
    ("M3", "MTQ"),
    ("MG", "MGM"),
    ("ML", "MLT"),
    ("MM", "MMT"),
    ("OZ", "ONZ"),
    ("PAK", "XPK"),
    ("PAL", "XPX"),
    ("PC", "H87"),
    ("PT", "PTL"),
];

/// In what a product is counted that nobody offers: pieces.
pub(super) const DEFAULT: &str = "C62";

/// The unit of one of the data set's codes.
///
/// # Errors
/// [`Code::UnknownUnit`].
pub(super) fn parse(code: &str) -> Result<Unit, Problem> {
    let found = CODES.iter().find(|(own, _)| *own == code).ok_or(Code::UnknownUnit)?;
    Unit::parse(found.1)
}

/// In which unit each product is offered; where vendors differ, in the first one's.
///
/// # Errors
/// When the file cannot be read.
pub(super) fn of_products(offers: &mut Table) -> Result<HashMap<i64, Unit>, Error> {
    let mut units = HashMap::new();
    while let Some(next) = offers.next().map_err(|problem| problem.at(Offers::FILE))? {
        // Rows that cannot be read are refused when their turn comes.
        if let Next::Row(row) = next
            && let (Some(Ok(product)), Some(Ok(unit))) =
                (row.text("product_id").map(whole), row.text("unit_code").map(parse))
        {
            units.entry(product).or_insert(unit);
        }
    }
    Ok(units)
}

#[cfg(test)]
mod tests {
    use super::{CODES, DEFAULT, Unit, parse};

    #[test]
    fn every_code_is_a_unit() {
        for (own, code) in CODES {
            assert_eq!(parse(own).unwrap().code(), *code);
        }
        assert!(Unit::parse(DEFAULT).is_ok());
        for code in ["C", "KGV", "PCT", "KT", "", "XXX"] {
            assert!(parse(code).is_err(), "{code}");
        }
    }
}
