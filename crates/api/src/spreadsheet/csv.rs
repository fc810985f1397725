//! Text files of rows (RFC 4180), as people and programs write them.

use tradehall_domain::import::{Separator, TextEncoding};
use tradehall_domain::problem::{Code, Problem};

use super::encoding::Text;
use super::record::Records;
use super::rows::{Record, Source};
use super::separator::likely;

/// A text being read.
pub struct Csv {
    records: Records<Box<dyn Source>>,
}

impl Csv {
    /// Begins to read a text, and answers what separates its cells and what it is written in.
    pub fn open(
        source: Box<dyn Source>,
        separator: Option<Separator>,
        encoding: Option<TextEncoding>,
    ) -> Result<(Self, Separator, TextEncoding), Problem> {
        let (mut text, encoding) = Text::open(source, encoding).map_err(|_| Problem::new(Code::Invalid))?;
        let separator = match separator {
            Some(separator) => separator,
            None => likely(text.fill().map_err(|_| Problem::new(Code::Invalid))?),
        };
        Ok((Self { records: Records::new(text, separator.byte()) }, separator, encoding))
    }

    /// The next row that is no empty line; `None` at the end.
    pub fn next(&mut self) -> Result<Option<Record>, Problem> {
        let Some(row) = self.records.next()? else { return Ok(None) };
        let cells = match &row.problem {
            None => Ok(row.fields().map(read).collect()),
            Some(problem) => Err(problem.clone()),
        };
        Ok(Some(Record { line: row.line, cells }))
    }
}

/// The text of a field. U+FFFD is what a program leaves where it met bytes that it could not read.
fn read(bytes: &[u8]) -> Result<String, Problem> {
    match std::str::from_utf8(bytes) {
        Ok(text) if !text.contains('\u{fffd}') => Ok(undefused(text).to_owned()),
        _ => Err(Code::TextNotUtf8.into()),
    }
}

/// Whether a spreadsheet would take a text for a formula, or for what an earlier one was made harmless with.
fn is_formula(text: &str) -> bool {
    text.trim_start_matches('\'').starts_with(['=', '+', '-', '@', '\t', '\r'])
}

/// A text as it is written where a spreadsheet would otherwise run it: with an apostrophe before it (OWASP, "CSV injection").
pub fn defused(text: &str) -> std::borrow::Cow<'_, str> {
    if is_formula(text) { format!("'{text}").into() } else { text.into() }
}

/// The text again.
fn undefused(text: &str) -> &str {
    match text.strip_prefix('\'') {
        Some(rest) if is_formula(rest) => rest,
        _ => text,
    }
}

#[cfg(test)]
mod tests {
    use std::io::Cursor;

    use super::{Code, Csv, Separator, TextEncoding, defused, undefused};

    /// The cells of a row with its line, or why each cannot be read.
    type Line = (u64, Vec<Result<String, Code>>);

    /// Every line of a file.
    fn read(bytes: Vec<u8>, encoding: Option<TextEncoding>) -> (Vec<Line>, TextEncoding) {
        let (mut csv, _, found) = Csv::open(Box::new(Cursor::new(bytes)), None, encoding).unwrap();
        let mut rows = Vec::new();
        while let Some(record) = csv.next().unwrap() {
            let cells = record.cells.unwrap().into_iter().map(|cell| cell.map_err(|problem| problem.code));
            rows.push((record.line, cells.collect()));
        }
        (rows, found)
    }

    fn ok(cells: &[&str]) -> Vec<Result<String, Code>> {
        cells.iter().map(|cell| Ok((*cell).to_owned())).collect()
    }

    #[test]
    fn a_text_is_read_in_whatever_it_is_written() {
        let text = "số;tên\r\n1;Đai ốc thép\r\n";
        let rows = vec![(1, ok(&["số", "tên"])), (2, ok(&["1", "Đai ốc thép"]))];
        let units: Vec<u16> = text.encode_utf16().collect();
        let little: Vec<u8> = units.iter().flat_map(|unit| unit.to_le_bytes()).collect();
        let big: Vec<u8> = units.iter().flat_map(|unit| unit.to_be_bytes()).collect();
        for (bytes, encoding) in [
            (text.as_bytes().to_vec(), TextEncoding::Utf8),
            ([b"\xef\xbb\xbf", text.as_bytes()].concat(), TextEncoding::Utf8),
            ([b"\xff\xfe", little.as_slice()].concat(), TextEncoding::Utf16Le),
            ([b"\xfe\xff", big.as_slice()].concat(), TextEncoding::Utf16Be),
            (little, TextEncoding::Utf16Le),
            (big, TextEncoding::Utf16Be),
        ] {
            assert_eq!(read(bytes, None), (rows.clone(), encoding));
        }
    }

    #[test]
    fn code_pages_are_told_apart() {
        // "tên;Đai ốc thép, ống dẫn" and "name;Müller, Café, così" as old programs write them.
        let vietnamese = b"t\xean\n\xd0ai \xf4\xecc th\xe9p, \xf4\xecng d\xe2\xden\n".to_vec();
        let (rows, found) = read(vietnamese, None);
        assert_eq!(found, TextEncoding::Windows1258);
        let composed: String =
            unicode_normalization::UnicodeNormalization::nfc(rows[1].1[0].clone().unwrap().as_str()).collect();
        assert_eq!(composed, "Đai ốc thép");
        let western = b"name;x\nM\xfcller, Caf\xe9, cos\xec;1\n".to_vec();
        let (rows, found) = read(western, None);
        assert_eq!((found, &rows[1].1[0]), (TextEncoding::Windows1252, &Ok("Müller, Café, così".to_owned())));
    }

    #[test]
    fn a_bad_byte_in_utf_8_is_bad_in_its_row_alone() {
        let (rows, found) = read("tên\nĐai ốc\nM".bytes().chain(*b"\xfctter\nA\n").collect(), None);
        assert_eq!(found, TextEncoding::Utf8);
        assert_eq!(rows[2].1, [Err(Code::TextNotUtf8)]);
        assert_eq!(rows[3].1, ok(&["A"]));
        let (rows, _) = read(b"M\xfctter\n".to_vec(), Some(TextEncoding::Utf8));
        assert_eq!(rows[0].1, [Err(Code::TextNotUtf8)]);
    }

    #[test]
    fn the_separator_is_found_out() {
        let open = |text: &'static str| Csv::open(Box::new(Cursor::new(text)), None, None).unwrap().1;
        assert_eq!(open("a\tb\n"), Separator::Tab);
    }

    #[test]
    fn formulas_are_defused_and_come_back() {
        for (text, written) in [
            ("=1+1", "'=1+1"),
            ("@a", "'@a"),
            ("-5", "'-5"),
            ("'=x", "''=x"),
            ("''", "''"),
            ("O'Neill", "O'Neill"),
            ("'quoted'", "'quoted'"),
            ("", ""),
        ] {
            assert_eq!((defused(text).as_ref(), undefused(written)), (written, text));
        }
    }
}
