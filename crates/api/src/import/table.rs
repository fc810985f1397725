//! CSV files as people and programs write them: comma, semicolon or tab, with or without a byte order mark (RFC 4180 otherwise).

use std::collections::HashMap;
use std::io::BufRead;

use tradehall_domain::problem::{Code, Problem, Problems};

use super::record::Records;

/// Which columns a file has; their order does not matter, nor do their capitals.
#[derive(Debug, Clone, Copy)]
pub struct Columns {
    /// Those that must be there.
    pub required: &'static [&'static str],
    /// Those that may be there; `None` lets in any others, unread.
    pub optional: Option<&'static [&'static str]>,
}

/// A file being read, a row at a time.
pub struct Table<R> {
    records: Records<R>,
    places: HashMap<String, usize>,
    width: usize,
}

/// What stands in the next row.
#[derive(Debug)]
pub enum Next {
    /// A row of as many fields as there are columns.
    Row(Row),
    /// A row that cannot be read, by the line on which it begins.
    Bad(u64, Problems),
}

/// One row.
#[derive(Debug)]
pub struct Row {
    /// On which line of the file it begins, counted from 1.
    pub line: u64,
    cells: HashMap<String, String>,
}

impl<R: BufRead> Table<R> {
    /// Reads the first row, which names the columns.
    ///
    /// # Errors
    /// [`Code::TextNotUtf8`]; [`Code::ColumnMissing`], [`Code::ColumnUnknown`], or [`Code::Duplicate`] for a column that stands twice;
    /// those of [`Records::next`].
    pub fn open(mut source: R, columns: Columns) -> Result<Self, Problems> {
        let start = source.fill_buf().map_err(|_| Problem::new(Code::Invalid))?;
        // UTF-16, as spreadsheets call "Unicode text", begins with these marks or shows as letters with NULs between.
        if start.starts_with(&[0xff, 0xfe]) || start.starts_with(&[0xfe, 0xff]) || start.contains(&0) {
            return Err(Code::TextNotUtf8.into());
        }
        let mark = if start.starts_with(&[0xef, 0xbb, 0xbf]) { 3 } else { 0 };
        let separator = separator(start);
        source.consume(mark);
        let mut records = Records::new(source, separator);
        let mut names = Vec::new();
        if let Some(first) = records.next()? {
            for name in first.fields() {
                let name = std::str::from_utf8(name).map_err(|_| Problem::new(Code::TextNotUtf8))?;
                names.push(name.trim().to_lowercase());
            }
        }
        let places = places(&names, columns)?;
        Ok(Self { records, places, width: names.len() })
    }

    /// The next row; `None` at the end. Empty lines are passed over.
    ///
    /// # Errors
    /// Those of [`Records::next`]: nothing after that can be read.
    pub fn next(&mut self) -> Result<Option<Next>, Problem> {
        let Some(record) = self.records.next()? else { return Ok(None) };
        let line = record.line;
        if record.len() != self.width {
            let problem = Problem::new(Code::RowLength).with("expected", self.width).with("actual", record.len());
            return Ok(Some(Next::Bad(line, problem.into())));
        }
        let mut cells = HashMap::with_capacity(self.places.len());
        let mut problems = Problems::new();
        for (name, place) in &self.places {
            // U+FFFD is what another program leaves where it met bytes that it could not read.
            match std::str::from_utf8(record.field(*place)) {
                Ok(text) if !text.contains('\u{fffd}') => {
                    cells.insert(name.clone(), text.trim().to_owned());
                }
                _ => problems.push(Problem::new(Code::TextNotUtf8).at(name)),
            }
        }
        Ok(Some(match problems.check() {
            Ok(()) => Next::Row(Row { line, cells }),
            Err(problems) => Next::Bad(line, problems),
        }))
    }
}

impl Row {
    /// What stands under `column` without blanks around it; `None` where nothing does, or where there is no such column.
    pub fn text(&self, column: &str) -> Option<&str> {
        self.cells.get(column).map(String::as_str).filter(|text| !text.is_empty())
    }

    /// Whether the file has `column`.
    pub fn has(&self, column: &str) -> bool {
        self.cells.contains_key(column)
    }

    /// What stands under `column`, read by `read`; `None` and a problem noted where nothing stands or what stands is refused.
    pub fn required<T>(
        &self,
        column: &str,
        problems: &mut Problems,
        read: impl FnOnce(&str) -> Result<T, Problem>,
    ) -> Option<T> {
        let text = self.text(column).ok_or_else(|| Problem::new(Code::Required));
        problems.take(column, text.and_then(read))
    }

    /// What stands under `column`, read by `read`; `Some(None)` where nothing stands, `None` and a problem noted where it is refused.
    pub fn optional<T>(
        &self,
        column: &str,
        problems: &mut Problems,
        read: impl FnOnce(&str) -> Result<T, Problem>,
    ) -> Option<Option<T>> {
        problems.take(column, self.text(column).map(read).transpose())
    }
}

/// What separates the fields of the first line: of the three that are in use, the one that stands there most often outside quotes.
fn separator(start: &[u8]) -> u8 {
    let mut quoted = false;
    let mut counts = [(b',', 0), (b';', 0), (b'\t', 0)];
    for byte in start {
        match byte {
            b'"' => quoted = !quoted,
            b'\n' | b'\r' if !quoted => break,
            _ if quoted => {}
            byte => counts.iter_mut().filter(|(known, _)| known == byte).for_each(|(_, count)| *count += 1),
        }
    }
    // The first of equals: a file of one column has none of them and is as good as separated by commas.
    counts.into_iter().rev().max_by_key(|(_, count)| *count).map_or(b',', |(separator, _)| separator)
}

fn places(names: &[String], columns: Columns) -> Result<HashMap<String, usize>, Problems> {
    let mut problems = Problems::new();
    let mut places = HashMap::new();
    for (place, name) in names.iter().enumerate() {
        let known = columns.required.contains(&name.as_str())
            || columns.optional.is_none_or(|optional| optional.contains(&name.as_str()));
        if !known {
            let all: Vec<_> = columns.required.iter().chain(columns.optional.unwrap_or_default()).copied().collect();
            problems.push(Problem::new(Code::ColumnUnknown).with("column", name).with("known", all.join(", ")));
        } else if places.insert(name.clone(), place).is_some() {
            problems.push(Problem::new(Code::Duplicate).at(name));
        }
    }
    for column in columns.required {
        if !places.contains_key(*column) {
            problems.push(Problem::new(Code::ColumnMissing).with("column", column));
        }
    }
    problems.check()?;
    Ok(places)
}

#[cfg(test)]
mod tests {
    use super::{Columns, Next, Table, separator};
    use tradehall_domain::problem::Code;

    const COLUMNS: Columns = Columns { required: &["code", "price"], optional: Some(&["note"]) };

    /// A row by its line, code and note, or why it was refused.
    type Seen = Result<(u64, String, Option<String>), (u64, Code)>;

    fn read(bytes: &[u8]) -> Result<Vec<Seen>, Code> {
        let mut table = Table::open(bytes, COLUMNS).map_err(|problems| problems.iter().next().unwrap().code)?;
        let mut rows = Vec::new();
        while let Some(next) = table.next().unwrap() {
            rows.push(match next {
                Next::Row(row) => {
                    Ok((row.line, row.text("code").unwrap().to_owned(), row.text("note").map(str::to_owned)))
                }
                Next::Bad(line, problems) => Err((line, problems.iter().next().unwrap().code)),
            });
        }
        Ok(rows)
    }

    #[test]
    fn the_separator_is_found_outside_quotes() {
        for (start, expected) in [
            ("a,b;c,d\n;;;;", b','),
            ("a;b;c\n", b';'),
            ("\"a;b;c\",d\n", b','),
            ("a\tb,c\td", b'\t'),
            ("alone", b','),
            ("", b','),
        ] {
            assert_eq!(separator(start.as_bytes()), expected, "{start}");
        }
    }

    #[test]
    fn rows_are_read_whatever_wrote_them() {
        let expected = Ok(vec![Ok((2, "CS".to_owned(), None)), Ok((4, "Đai\nốc".to_owned(), Some("x".to_owned())))]);
        assert_eq!(read("code,price,note\nCS ,1,\n\n\"Đai\nốc\",2,x\n".as_bytes()), expected);
        assert_eq!(read("\u{feff}Code ; PRICE;note\r\nCS ;1;\r\n\r\n\"Đai\nốc\";2;x".as_bytes()), expected);
    }

    #[test]
    fn wrong_encodings_are_named() {
        let utf16: Vec<u8> = "code,price\nA,1".encode_utf16().flat_map(u16::to_le_bytes).collect();
        assert_eq!(read(&utf16), Err(Code::TextNotUtf8));
        assert_eq!(read(&[&[0xff, 0xfe][..], &utf16].concat()), Err(Code::TextNotUtf8));
        assert_eq!(read(b"code,pr\xefx\n"), Err(Code::TextNotUtf8));
        let latin = read(b"code,price\nM\xfctter,1\nA,1\n").unwrap();
        assert_eq!(latin, [Err((2, Code::TextNotUtf8)), Ok((3, "A".to_owned(), None))]);
        assert_eq!(read("code,price\nM\u{fffd}tter,1\n".as_bytes()).unwrap(), [Err((2, Code::TextNotUtf8))]);
    }

    #[test]
    fn columns_are_checked_before_rows() {
        for (text, code) in [
            ("", Code::ColumnMissing),
            ("code\nA", Code::ColumnMissing),
            ("code,price,pirce\n", Code::ColumnUnknown),
            ("code,price,Code\n", Code::Duplicate),
        ] {
            assert_eq!(read(text.as_bytes()), Err(code), "{text}");
        }
        assert_eq!(read(b"code,price\nA\nB,1,2\n").unwrap(), [Err((2, Code::RowLength)), Err((3, Code::RowLength))]);
    }
}
