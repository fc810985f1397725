//! The rows of a CSV file as bytes, each with the line on which it begins.
//!
//! Straight over `csv-core`, because a report must name lines as a spreadsheet or editor counts them, whatever ends them and however
//! many are empty, and because a quote that nobody closes must not draw a whole file into memory.

use std::io::BufRead;

use csv_core::{ReadRecordResult, Reader, ReaderBuilder};
use tradehall_domain::problem::{Code, Problem};

/// The longest row, in bytes.
pub const ROW_BYTES_MAX: usize = 1024 * 1024;

/// The most fields of a row.
pub const FIELDS_MAX: usize = 1_000;

/// How much room the first row gets; it grows as needed.
const ROW_BYTES_FIRST: usize = 1024;

/// How many fields the first row has room for.
const FIELDS_FIRST: usize = 32;

/// A source of rows.
pub struct Records<R> {
    source: R,
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
    bytes: &'a [u8],
    ends: &'a [usize],
}

impl<R: BufRead> Records<R> {
    /// The rows of `source`, whose fields are separated by `separator`.
    pub fn new(source: R, separator: u8) -> Self {
        let parser = ReaderBuilder::new().delimiter(separator).build();
        Self { source, parser, line: 1, bytes: vec![0; ROW_BYTES_FIRST], ends: vec![0; FIELDS_FIRST] }
    }

    /// The next row that is not empty; `None` at the end.
    ///
    /// # Errors
    /// [`Code::Invalid`] when the source fails in the middle; [`Code::TooLong`] beyond [`ROW_BYTES_MAX`] and [`Code::TooMany`] beyond
    /// [`FIELDS_MAX`].
    pub fn next(&mut self) -> Result<Option<Record<'_>>, Problem> {
        self.skip_empty_lines()?;
        let line = self.line;
        let (mut written, mut ended) = (0, 0);
        loop {
            let input = self.source.fill_buf().map_err(|_| Problem::new(Code::Invalid))?;
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
                ReadRecordResult::OutputFull => grow(&mut self.bytes, ROW_BYTES_MAX, Code::TooLong)?,
                ReadRecordResult::OutputEndsFull => grow(&mut self.ends, FIELDS_MAX, Code::TooMany)?,
                ReadRecordResult::End => return Ok(None),
                ReadRecordResult::Record => {
                    let (bytes, ends) = (self.bytes.get(..written), self.ends.get(..ended));
                    let record = Record { line, bytes: bytes.unwrap_or_default(), ends: ends.unwrap_or_default() };
                    return Ok(Some(record));
                }
            }
        }
    }

    fn skip_empty_lines(&mut self) -> Result<(), Problem> {
        loop {
            match self.source.fill_buf().map_err(|_| Problem::new(Code::Invalid))?.first() {
                Some(b'\n') => self.line += 1,
                Some(b'\r') => {}
                _ => return Ok(()),
            }
            self.source.consume(1);
        }
    }
}

fn grow<T: Clone + Default>(room: &mut Vec<T>, max: usize, code: Code) -> Result<(), Problem> {
    if room.len() >= max {
        return Err(Problem::new(code).with("max", max));
    }
    room.resize((room.len() * 2).min(max), T::default());
    Ok(())
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
    use std::io::BufReader;

    use tradehall_domain::problem::Code;

    use super::{FIELDS_MAX, ROW_BYTES_MAX, Records};

    fn lines(text: &str, buffer: usize) -> Vec<(u64, Vec<String>)> {
        let mut records = Records::new(BufReader::with_capacity(buffer, text.as_bytes()), b',');
        let mut found = Vec::new();
        while let Some(record) = records.next().unwrap() {
            let fields = record.fields().map(|field| String::from_utf8(field.to_vec()).unwrap());
            found.push((record.line, fields.collect()));
        }
        found
    }

    #[test]
    fn lines_are_counted_as_editors_count_them() {
        let rows = |numbers: [u64; 4]| {
            let fields = [&["a", "b"][..], &["1", "2\n3"], &["4", ""], &["", ""]];
            let fields = fields.map(|row| row.iter().map(|field| (*field).to_owned()).collect::<Vec<_>>());
            numbers.into_iter().zip(fields).collect::<Vec<_>>()
        };
        for buffer in [1, 2, 3, 7, 4096] {
            assert_eq!(lines("a,b\n1,\"2\n3\"\n\n\n4,\n,", buffer), rows([1, 2, 6, 7]), "LF, {buffer}");
            assert_eq!(lines("a,b\r\n1,\"2\n3\"\r\n\r\n4,\r\n,\r\n", buffer), rows([1, 2, 5, 6]), "CRLF, {buffer}");
            assert_eq!(lines("\n\r\na,b\n1,\"2\n3\"\n4,\n,\n\n", buffer), rows([3, 4, 6, 7]), "mixed, {buffer}");
        }
        assert_eq!(lines("", 8), []);
        assert_eq!(lines("\n\n", 8), []);
    }

    #[test]
    fn rows_have_a_limit() {
        let open_quote = format!("a\n\"{}", "x".repeat(ROW_BYTES_MAX + 1));
        let wide = ",".repeat(FIELDS_MAX);
        for (text, code) in [(&open_quote, Code::TooLong), (&wide, Code::TooMany)] {
            let mut records = Records::new(text.as_bytes(), b',');
            let mut rows = std::iter::from_fn(|| records.next().map(|row| row.map(|_| ())).transpose());
            assert_eq!(rows.find_map(Result::err).unwrap().code, code);
        }
        assert_eq!(lines(&",".repeat(FIELDS_MAX - 1), 4096)[0].1.len(), FIELDS_MAX);
    }
}
