//! Which formats of cells show a number as a date.

use std::collections::HashSet;

use tradehall_domain::problem::Problem;

use crate::spreadsheet::package::Package;
use crate::spreadsheet::xml::{Piece, Xml, attribute};

/// How many formats are known; spreadsheets allow about 65 000.
const FORMATS_MAX: usize = 70_000;

const STYLES: &str = "xl/styles.xml";

/// Formats of cells by their number.
#[derive(Debug, Default)]
pub struct Formats {
    are_dates: Vec<bool>,
}

impl Formats {
    /// Reads the formats; a workbook without styles has none.
    pub fn read(package: &mut Package) -> Result<Self, Problem> {
        let mut formats = Self::default();
        if !package.has(STYLES) {
            return Ok(formats);
        }
        let mut dates: HashSet<u32> = HashSet::new();
        let mut in_cells = false;
        let mut xml = Xml::new(package.part(STYLES)?, STYLES);
        loop {
            match xml.next()? {
                Piece::Begin(tag, is_empty) => match tag.local_name().as_ref() {
                    b"numFmt" if dates.len() < FORMATS_MAX => {
                        let id = attribute(&tag, "numFmtId").and_then(|id| id.parse::<u32>().ok());
                        let shows_date = attribute(&tag, "formatCode").is_some_and(|code| is_date(&code));
                        dates.extend(id.filter(|_| shows_date));
                    }
                    b"cellXfs" => in_cells = !is_empty,
                    b"xf" if in_cells && formats.are_dates.len() < FORMATS_MAX => {
                        let id: u32 = attribute(&tag, "numFmtId").and_then(|id| id.parse().ok()).unwrap_or(0);
                        formats.are_dates.push(is_built_in_date(id) || dates.contains(&id));
                    }
                    _ => {}
                },
                Piece::End(name) if name == b"cellXfs" => in_cells = false,
                Piece::Done => return Ok(formats),
                _ => {}
            }
        }
    }

    /// Whether cells of that format show dates.
    pub fn is_date(&self, n: usize) -> bool {
        self.are_dates.get(n).copied().unwrap_or(false)
    }
}

/// The numbers that every workbook knows (ISO/IEC 29500-1 §18.8.30), with those of East Asian locales.
const fn is_built_in_date(id: u32) -> bool {
    matches!(id, 14..=22 | 27..=36 | 45..=47 | 50..=58)
}

/// Whether a format has a place for a year, a month, a day, an hour or a second, outside of quotes and brackets.
fn is_date(code: &str) -> bool {
    let (mut quoted, mut bracketed, mut escaped) = (false, false, false);
    for c in code.chars() {
        match c {
            _ if escaped => escaped = false,
            '\\' | '_' | '*' => escaped = true,
            '"' => quoted = !quoted,
            _ if quoted => {}
            '[' => bracketed = true,
            ']' => bracketed = false,
            'y' | 'Y' | 'm' | 'M' | 'd' | 'D' | 'h' | 'H' | 's' | 'S' if !bracketed => return true,
            // Only the first of the parts for positive, negative, zero and text.
            ';' => return false,
            _ => {}
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::is_date;

    #[test]
    fn formats_of_dates_are_known_by_their_letters() {
        for (code, expected) in [
            ("yyyy-mm-dd", true),
            ("[$-42A]dd/mm/yyyy;@", true),
            ("h:mm", true),
            ("0.00", false),
            ("#,##0 \"days\"", false),
            ("[Red]0", false),
            ("0\\d", false),
            ("General", false),
            ("@", false),
        ] {
            assert_eq!(is_date(code), expected, "{code}");
        }
    }
}
