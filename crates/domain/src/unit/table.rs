//! The units that trade here uses, out of the 2 100 of UN/ECE Recommendation 20 (revision 17, with Recommendation 21).

mod count;
mod measure;
mod package;
mod volume;

use std::collections::HashMap;
use std::sync::LazyLock;

use super::Entry;

static BY_CODE: LazyLock<HashMap<&'static str, &'static Entry>> =
    LazyLock::new(|| all().map(|entry| (entry.code, entry)).collect());

/// Codes that were withdrawn but are still printed, and today's.
const FORMER: &[(&str, &str)] = &[("HAR", "H18"), ("ARE", "H16"), ("PCE", "H87")];

/// Packages that Recommendation 20 once listed without an X and are still written so. Only these: a bare `KG` would be a
/// keg, `PC` a parcel, `IN` an ingot and `LT` a lot, and whoever writes them means something else.
const WITHOUT_X: &[&str] =
    &["BE", "BG", "BO", "BX", "CR", "CS", "CT", "CY", "DR", "JR", "PA", "PK", "PX", "RL", "RO", "SA", "TB", "TN", "TU"];

/// Every unit.
pub(super) fn all() -> impl Iterator<Item = &'static Entry> {
    [
        count::COUNT,
        count::SERVICE,
        measure::MASS,
        measure::LENGTH,
        measure::AREA,
        volume::VOLUME,
        volume::ENERGY,
        volume::TIME,
        package::PACKAGE,
    ]
    .into_iter()
    .flatten()
}

/// The unit of `code`, in capitals.
pub(super) fn find(code: &str) -> Option<&'static Entry> {
    if WITHOUT_X.contains(&code) {
        return BY_CODE.get(format!("X{code}").as_str()).copied();
    }
    let former = FORMER.iter().find(|(former, _)| *former == code).map(|(_, today)| *today);
    BY_CODE.get(former.unwrap_or(code)).copied()
}
