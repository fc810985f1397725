//! The rows of a text as bytes, each with the line on which it begins.
//!
//! Straight over `csv-core`, because a report must name lines as a spreadsheet or editor counts them, whatever ends them and however
//! many are empty, and because a quote that nobody closes must not draw a whole file into memory.

use std::io::Read;

use csv_core::{ReadRecordResult, Reader, ReaderBuilder};
use tradehall_domain::problem::{Code, Problem};

use super::encoding::Text;

/// The longest row, in bytes of UTF-8.
pub const ROW_BYTES_MAX: usize = 1024 * 1024;

/// The most fields of a row.
pub const FIELDS_MAX: usize = 1_000;

/// How much room the first row gets; it grows as needed.
const ROW_BYTES_FIRST: usize = 1024;

/// How many fields the first row has room for.
const FIELDS_FIRST: usize = 32;

/// A source of rows.
pub struct Records<R> {
    source: Text<R>,
    parser: Reader,
    line: u64,
    bytes: Vec<u8>,
    ends: Vec<usize>,
}

/// A row.
#[derive(Debug)]
pub struct Record<'a> {
    /// On which line of the file it begins, counted from 1.
    pub line: u64,
    /// Why its fields cannot be told; then it has none.
    pub problem: Option<Problem>,
    bytes: &'a [u8],
    ends: &'a [usize],
}

impl<R: Read> Records<R> {
    /// The rows of `source`, whose fields are separated by `separator`.
    pub fn new(source: Text<R>, separator: u8) -> Self {
        let parser = ReaderBuilder::new().delimiter(separator).build();
        Self { source, parser, line: 1, bytes: vec![0; ROW_BYTES_FIRST], ends: vec![0; FIELDS_FIRST] }
    }

    /// The next row that is not empty; `None` at the end. One that is longer than [`ROW_BYTES_MAX`] or has more fields than
    /// [`FIELDS_MAX`] is passed over to its end and told as a problem, and so is whatever a quote that nobody closes swallows.
    ///
    /// # Errors
    /// [`Code::Invalid`] when the source fails in the middle.
    pub fn next(&mut self) -> Result<Option<Record<'_>>, Problem> {
        self.skip_empty_lines()?;
        let line = self.line;
        let (mut written, mut ended) = (0, 0);
        let mut problem = None;
        loop {
            let input = self.source.fill().map_err(|_| Problem::new(Code::Invalid))?;
            let (bytes, ends) = (self.bytes.get_mut(written..), self.ends.get_mut(ended..));
            let (result, read, wrote, fields) =
                self.parser.read_record(input, bytes.unwrap_or_default(), ends.unwrap_or_default());
            let breaks = input.iter().take(read).filter(|byte| **byte == b'\n').count();
            self.line += breaks as u64;
            self.source.consume(read);
            written += wrote;
            ended += fields;
            match result {
                ReadRecordResult::InputEmpty => {}
                ReadRecordResult::OutputFull if grow(&mut self.bytes, ROW_BYTES_MAX) => {}
                ReadRecordResult::OutputEndsFull if grow(&mut self.ends, FIELDS_MAX) => {}
                ReadRecordResult::OutputFull => {
                    problem.get_or_insert_with(|| Problem::new(Code::TooLong).with("max", ROW_BYTES_MAX));
                    written = 0;
                }
                ReadRecordResult::OutputEndsFull => {
                    problem.get_or_insert_with(|| Problem::new(Code::TooMany).with("max", FIELDS_MAX));
                    ended = 0;
                }
                ReadRecordResult::End => return Ok(None),
                ReadRecordResult::Record => {
                    let told = usize::from(problem.is_none());
                    let (bytes, ends) = (self.bytes.get(..written * told), self.ends.get(..ended * told));
                    let (bytes, ends) = (bytes.unwrap_or_default(), ends.unwrap_or_default());
                    return Ok(Some(Record { line, problem, bytes, ends }));
                }
            }
        }
    }

    fn skip_empty_lines(&mut self) -> Result<(), Problem> {
        loop {
            match self.source.fill().map_err(|_| Problem::new(Code::Invalid))?.first() {
                Some(b'\n') => self.line += 1,
                Some(b'\r') => {}
                _ => return Ok(()),
            }
            self.source.consume(1);
        }
    }
}

/// Doubles the room, up to `max`. Answers whether there is more of it.
fn grow<T: Clone + Default>(room: &mut Vec<T>, max: usize) -> bool {
    let before = room.len();
    room.resize((before * 2).min(max), T::default());
    room.len() > before
}

impl Record<'_> {
    /// How many fields it has.
    pub const fn len(&self) -> usize {
        self.ends.len()
    }

    /// What stands in the field at `place`; nothing beyond the last.
    pub fn field(&self, place: usize) -> &[u8] {
        let end = |place: usize| self.ends.get(place).copied().unwrap_or(0);
        let start = place.checked_sub(1).map_or(0, end);
        self.bytes.get(start..end(place)).unwrap_or_default()
    }

    /// The fields, in their order.
    pub fn fields(&self) -> impl Iterator<Item = &[u8]> {
        (0..self.len()).map(|place| self.field(place))
    }
}

#[cfg(test)]
mod tests {
    use std::io::Cursor;

    use tradehall_domain::import::TextEncoding;
    use tradehall_domain::problem::Code;

    use super::{FIELDS_MAX, ROW_BYTES_MAX, Records, Text};

    /// Each row by its line and fields, or why these cannot be told.
    fn rows(text: &str) -> Vec<(u64, Result<Vec<String>, Code>)> {
        let source = Text::open(Cursor::new(text.as_bytes()), Some(TextEncoding::Utf8)).unwrap().0;
        let mut records = Records::new(source, b',');
        let mut found = Vec::new();
        while let Some(record) = records.next().unwrap() {
            let fields = record.fields().map(|field| String::from_utf8(field.to_vec()).unwrap()).collect();
            found.push((record.line, record.problem.as_ref().map_or(Ok(fields), |problem| Err(problem.code))));
        }
        found
    }

    #[test]
    fn lines_are_counted_as_editors_count_them() {
        let expected = |numbers: [u64; 4]| {
            let fields = [&["a", "b"][..], &["1", "2\n3"], &["4", ""], &["", ""]];
            let fields = fields.map(|row| Ok(row.iter().map(|field| (*field).to_owned()).collect::<Vec<_>>()));
            numbers.into_iter().zip(fields).collect::<Vec<_>>()
        };
        assert_eq!(rows("a,b\n1,\"2\n3\"\n\n\n4,\n,"), expected([1, 2, 6, 7]), "LF");
        assert_eq!(rows("a,b\r\n1,\"2\n3\"\r\n\r\n4,\r\n,\r\n"), expected([1, 2, 5, 6]), "CRLF");
        assert_eq!(rows("\n\r\na,b\n1,\"2\n3\"\n4,\n,\n\n"), expected([3, 4, 6, 7]), "mixed");
        assert_eq!(rows(""), []);
        assert_eq!(rows("\n\n"), []);
    }

    #[test]
    fn what_is_too_long_is_passed_over() {
        let long = format!("a\n{}\nb\n", "x".repeat(ROW_BYTES_MAX + 1));
        let one = |text: &str| Ok(vec![text.to_owned()]);
        assert_eq!(rows(&long), [(1, one("a")), (2, Err(Code::TooLong)), (3, one("b"))]);
        let wide = format!("{}\nb\n", ",".repeat(FIELDS_MAX));
        assert_eq!(rows(&wide), [(1, Err(Code::TooMany)), (2, one("b"))]);
        let open_quote = format!("a\n\"{}\nb\n", "x".repeat(ROW_BYTES_MAX + 1));
        assert_eq!(rows(&open_quote), [(1, one("a")), (2, Err(Code::TooLong))]);
        assert_eq!(
            rows(&",".repeat(FIELDS_MAX - 1)).first().map(|row| row.1.as_ref().map(Vec::len)),
            Some(Ok(FIELDS_MAX))
        );
    }
}
