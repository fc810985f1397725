//! Mass, length and area.
//!
//! Customary units are the exact ones of the international yard and pound agreement of 1959 and the United Kingdom's
//! Weights and Measures Act 1985.

use super::super::{Dimension, Entry};

/// Against the kilogram.
pub(super) const MASS: &[Entry] = &[
    Entry::measured(Dimension::Mass, "MC", "microgram", "micrôgam", 1, 1_000_000_000),
    Entry::measured(Dimension::Mass, "MGM", "milligram", "miligam", 1, 1_000_000),
    Entry::measured(Dimension::Mass, "GRM", "gram", "gam", 1, 1_000),
    Entry::measured(Dimension::Mass, "HGM", "hectogram", "lạng (100 g)", 1, 10),
    Entry::measured(Dimension::Mass, "KGM", "kilogram", "kilôgam", 1, 1),
    Entry::measured(Dimension::Mass, "DTN", "decitonne", "tạ (100 kg)", 100, 1),
    Entry::measured(Dimension::Mass, "TNE", "tonne", "tấn", 1_000, 1),
    Entry::measured(Dimension::Mass, "KTN", "kilotonne", "nghìn tấn", 1_000_000, 1),
    Entry::measured(Dimension::Mass, "CTM", "metric carat", "cara", 2, 10_000),
    Entry::measured(Dimension::Mass, "GRN", "grain", "gren", 6_479_891, 100_000_000_000),
    Entry::measured(Dimension::Mass, "DWT", "pennyweight", "pennyweight", 155_517_384, 100_000_000_000),
    Entry::measured(Dimension::Mass, "ONZ", "ounce", "aoxơ", 28_349_523_125, 1_000_000_000_000),
    Entry::measured(Dimension::Mass, "APZ", "troy ounce", "aoxơ vàng", 311_034_768, 10_000_000_000),
    Entry::measured(Dimension::Mass, "LBR", "pound", "pao", 45_359_237, 100_000_000),
    Entry::measured(Dimension::Mass, "STI", "stone (UK)", "stone (Anh)", 635_029_318, 100_000_000),
    Entry::measured(Dimension::Mass, "CWA", "hundredweight (US)", "tạ Mỹ", 45_359_237, 1_000_000),
    Entry::measured(Dimension::Mass, "CWI", "hundredweight (UK)", "tạ Anh", 5_080_234_544, 100_000_000),
    Entry::measured(Dimension::Mass, "STN", "short ton (US)", "tấn Mỹ", 90_718_474, 100_000),
    Entry::measured(Dimension::Mass, "LTN", "long ton (UK)", "tấn Anh", 10_160_469_088, 10_000_000),
    // Weighed with or without wrapping, or as what is left when dry: not to be compared with plain kilograms.
    Entry::own(Dimension::Mass, "58", "net kilogram", "kilôgam tịnh"),
    Entry::own(Dimension::Mass, "E4", "gross kilogram", "kilôgam cả bì"),
    Entry::own(Dimension::Mass, "KSD", "kilogram of substance 90 % dry", "kilôgam chất khô 90 %"),
    Entry::own(Dimension::Mass, "E28", "air dry ton", "tấn khô gió"),
];

/// Against the metre.
pub(super) const LENGTH: &[Entry] = &[
    Entry::measured(Dimension::Length, "C45", "nanometre", "nanômét", 1, 1_000_000_000),
    Entry::measured(Dimension::Length, "4H", "micrometre", "micrômét", 1, 1_000_000),
    Entry::measured(Dimension::Length, "MMT", "millimetre", "milimét", 1, 1_000),
    Entry::measured(Dimension::Length, "CMT", "centimetre", "xentimét", 1, 100),
    Entry::measured(Dimension::Length, "DMT", "decimetre", "đêximét", 1, 10),
    Entry::measured(Dimension::Length, "MTR", "metre", "mét", 1, 1),
    Entry::measured(Dimension::Length, "HMT", "hectometre", "héctômét", 100, 1),
    Entry::measured(Dimension::Length, "KMT", "kilometre", "kilômét", 1_000, 1),
    Entry::measured(Dimension::Length, "INH", "inch", "inch", 254, 10_000),
    Entry::measured(Dimension::Length, "FOT", "foot", "phút (foot)", 3_048, 10_000),
    Entry::measured(Dimension::Length, "YRD", "yard", "yard", 9_144, 10_000),
    Entry::measured(Dimension::Length, "SMI", "mile", "dặm", 1_609_344, 1_000),
    Entry::measured(Dimension::Length, "NMI", "nautical mile", "hải lý", 1_852, 1),
    // Of material of one width: what it is worth depends on that width.
    Entry::own(Dimension::Length, "LM", "linear metre", "mét dài"),
    Entry::own(Dimension::Length, "LF", "linear foot", "foot dài"),
];

/// Against the square metre.
pub(super) const AREA: &[Entry] = &[
    Entry::measured(Dimension::Area, "MMK", "square millimetre", "milimét vuông", 1, 1_000_000),
    Entry::measured(Dimension::Area, "CMK", "square centimetre", "xentimét vuông", 1, 10_000),
    Entry::measured(Dimension::Area, "DMK", "square decimetre", "đêximét vuông", 1, 100),
    Entry::measured(Dimension::Area, "MTK", "square metre", "mét vuông", 1, 1),
    Entry::measured(Dimension::Area, "H16", "are", "a (100 m²)", 100, 1),
    Entry::measured(Dimension::Area, "H18", "hectare", "hécta", 10_000, 1),
    Entry::measured(Dimension::Area, "KMK", "square kilometre", "kilômét vuông", 1_000_000, 1),
    Entry::measured(Dimension::Area, "INK", "square inch", "inch vuông", 64_516, 100_000_000),
    Entry::measured(Dimension::Area, "FTK", "square foot", "foot vuông", 9_290_304, 100_000_000),
    Entry::measured(Dimension::Area, "YDK", "square yard", "yard vuông", 83_612_736, 100_000_000),
    Entry::measured(Dimension::Area, "SQR", "roofing square", "ô lợp mái (100 foot vuông)", 9_290_304, 1_000_000),
    Entry::measured(Dimension::Area, "ACR", "acre", "mẫu Anh", 40_468_564_224, 10_000_000),
    Entry::measured(Dimension::Area, "MIK", "square mile", "dặm vuông", 2_589_988_110_336, 1_000_000),
];
