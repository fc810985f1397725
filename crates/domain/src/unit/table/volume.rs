//! Volume, energy and time.

use super::super::{Dimension, Entry};

/// Against the cubic metre. The gallon of the United States is 231 cubic inches, that of the United Kingdom 4.54609 litres.
pub(super) const VOLUME: &[Entry] = &[
    Entry::measured(Dimension::Volume, "MMQ", "cubic millimetre", "milimét khối", 1, 1_000_000_000),
    Entry::measured(Dimension::Volume, "4G", "microlitre", "micrôlít", 1, 1_000_000_000),
    Entry::measured(Dimension::Volume, "CMQ", "cubic centimetre", "xentimét khối", 1, 1_000_000),
    Entry::measured(Dimension::Volume, "MLT", "millilitre", "mililít", 1, 1_000_000),
    Entry::measured(Dimension::Volume, "CLT", "centilitre", "xentilít", 1, 100_000),
    Entry::measured(Dimension::Volume, "DLT", "decilitre", "đêxilít", 1, 10_000),
    Entry::measured(Dimension::Volume, "DMQ", "cubic decimetre", "đêximét khối", 1, 1_000),
    Entry::measured(Dimension::Volume, "LTR", "litre", "lít", 1, 1_000),
    Entry::measured(Dimension::Volume, "HLT", "hectolitre", "héctôlít", 1, 10),
    Entry::measured(Dimension::Volume, "MTQ", "cubic metre", "mét khối", 1, 1),
    Entry::measured(Dimension::Volume, "K6", "kilolitre", "kilôlít", 1, 1),
    Entry::measured(Dimension::Volume, "MAL", "megalitre", "mêgalít", 1_000, 1),
    Entry::measured(Dimension::Volume, "INQ", "cubic inch", "inch khối", 16_387_064, 1_000_000_000_000),
    Entry::measured(Dimension::Volume, "FTQ", "cubic foot", "foot khối", 28_316_846_592, 1_000_000_000_000),
    Entry::measured(Dimension::Volume, "YDQ", "cubic yard", "yard khối", 764_554_857_984, 1_000_000_000_000),
    Entry::measured(
        Dimension::Volume,
        "OZA",
        "fluid ounce (US)",
        "aoxơ lỏng (Mỹ)",
        295_735_295_625,
        10_000_000_000_000_000,
    ),
    Entry::measured(Dimension::Volume, "PTL", "liquid pint (US)", "panh (Mỹ)", 473_176_473, 1_000_000_000_000),
    Entry::measured(Dimension::Volume, "QTL", "liquid quart (US)", "lít Anh (Mỹ)", 946_352_946, 1_000_000_000_000),
    Entry::measured(Dimension::Volume, "GLL", "gallon (US)", "galông (Mỹ)", 3_785_411_784, 1_000_000_000_000),
    Entry::measured(Dimension::Volume, "BLL", "barrel (US)", "thùng dầu (159 lít)", 158_987_294_928, 1_000_000_000_000),
    Entry::measured(Dimension::Volume, "OZI", "fluid ounce (UK)", "aoxơ lỏng (Anh)", 284_130_625, 10_000_000_000_000),
    Entry::measured(Dimension::Volume, "PTI", "pint (UK)", "panh (Anh)", 56_826_125, 100_000_000_000),
    Entry::measured(Dimension::Volume, "QTI", "quart (UK)", "quart (Anh)", 11_365_225, 10_000_000_000),
    Entry::measured(Dimension::Volume, "GLI", "gallon (UK)", "galông (Anh)", 454_609, 100_000_000),
    // Gas at a stated temperature and pressure, pure alcohol, timber measure: each its own.
    Entry::own(Dimension::Volume, "NM3", "normalised cubic metre", "mét khối chuẩn (0 °C)"),
    Entry::own(Dimension::Volume, "SM3", "standard cubic metre", "mét khối tiêu chuẩn (15 °C)"),
    Entry::own(Dimension::Volume, "LPA", "litre of pure alcohol", "lít cồn nguyên chất"),
    Entry::own(Dimension::Volume, "BFT", "board foot", "foot ván"),
    Entry::own(Dimension::Volume, "WCD", "cord", "coóc gỗ"),
    Entry::own(Dimension::Volume, "BUA", "bushel (US)", "giạ (Mỹ)"),
    Entry::own(Dimension::Volume, "BUI", "bushel (UK)", "giạ (Anh)"),
];

/// Against the joule.
pub(super) const ENERGY: &[Entry] = &[
    Entry::measured(Dimension::Energy, "JOU", "joule", "jun", 1, 1),
    Entry::measured(Dimension::Energy, "KJO", "kilojoule", "kilôjun", 1_000, 1),
    Entry::measured(Dimension::Energy, "3B", "megajoule", "mêgajun", 1_000_000, 1),
    Entry::measured(Dimension::Energy, "GV", "gigajoule", "gigajun", 1_000_000_000, 1),
    Entry::measured(Dimension::Energy, "WHR", "watt hour", "oát giờ", 3_600, 1),
    Entry::measured(Dimension::Energy, "KWH", "kilowatt hour", "kilôoát giờ", 3_600_000, 1),
    Entry::measured(Dimension::Energy, "MWH", "megawatt hour", "mêgaoát giờ", 3_600_000_000, 1),
    Entry::measured(Dimension::Energy, "GWH", "gigawatt hour", "gigaoát giờ", 3_600_000_000_000, 1),
];

/// Against the second. Months and years differ in length and convert to nothing.
pub(super) const TIME: &[Entry] = &[
    Entry::measured(Dimension::Time, "SEC", "second", "giây", 1, 1),
    Entry::measured(Dimension::Time, "MIN", "minute", "phút", 60, 1),
    Entry::measured(Dimension::Time, "HUR", "hour", "giờ", 3_600, 1),
    Entry::measured(Dimension::Time, "DAY", "day", "ngày", 86_400, 1),
    Entry::measured(Dimension::Time, "WEE", "week", "tuần", 604_800, 1),
    Entry::own(Dimension::Time, "MON", "month", "tháng"),
    Entry::own(Dimension::Time, "QAN", "quarter of a year", "quý"),
    Entry::own(Dimension::Time, "SAN", "half year", "nửa năm"),
    Entry::own(Dimension::Time, "ANN", "year", "năm"),
];
