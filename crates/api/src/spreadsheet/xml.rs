//! The XML of a workbook's parts, read as a stream of bounded pieces.

use std::io::{BufRead, Read};

use quick_xml::Reader;
use quick_xml::events::{BytesRef, BytesStart, Event};
use tradehall_domain::problem::Problem;

use super::package::{damaged, told};

/// How many bytes may stand between two tags: more than any cell of a workbook holds.
const PIECE_BYTES_MAX: usize = 1024 * 1024;

/// A part's XML.
pub struct Xml<R> {
    name: String,
    reader: Reader<Bounded<R>>,
    buffer: Vec<u8>,
}

/// Something in a part.
pub enum Piece {
    /// An element begins; whether it ends at once.
    Begin(BytesStart<'static>, bool),
    /// The element of that local name ends.
    End(Vec<u8>),
    /// Text in an element.
    Text(String),
    /// The part ends.
    Done,
}

impl<R: BufRead> Xml<R> {
    /// The XML that `source`, the part called `name`, holds.
    pub fn new(source: R, name: &str) -> Self {
        let mut reader = Reader::from_reader(Bounded { source, checked: 0, since_tag: 0, last: 0, begun: false });
        reader.config_mut().check_end_names = false;
        Self { name: name.to_owned(), reader, buffer: Vec::new() }
    }

    /// What comes next.
    ///
    /// # Errors
    /// What is wrong with the part.
    pub fn next(&mut self) -> Result<Piece, Problem> {
        loop {
            self.buffer.clear();
            return Ok(match self.reader.read_event_into(&mut self.buffer) {
                Ok(Event::Start(tag)) => Piece::Begin(tag.into_owned(), false),
                Ok(Event::Empty(tag)) => Piece::Begin(tag.into_owned(), true),
                Ok(Event::End(end)) => Piece::End(end.local_name().as_ref().to_vec()),
                Ok(Event::Text(text)) => Piece::Text(text.decode().map_err(|_| damaged(&self.name))?.into_owned()),
                Ok(Event::GeneralRef(reference)) => {
                    Piece::Text(resolved(&reference).ok_or_else(|| damaged(&self.name))?.to_string())
                }
                Ok(Event::Eof) => Piece::Done,
                Ok(_) => continue,
                Err(quick_xml::Error::Io(error)) => return Err(told(&error, &self.name)),
                Err(_) => return Err(damaged(&self.name)),
            });
        }
    }

    /// What the part is called.
    pub fn name(&self) -> &str {
        &self.name
    }
}

/// The value of an attribute by its local name, its references resolved; nothing where there is none.
pub fn attribute(tag: &BytesStart<'_>, name: &str) -> Option<String> {
    let found =
        tag.attributes().with_checks(false).flatten().find(|one| one.key.local_name().as_ref() == name.as_bytes());
    let value = found?;
    let text = std::str::from_utf8(&value.value).ok()?;
    quick_xml::escape::unescape(text).ok().map(std::borrow::Cow::into_owned)
}

fn resolved(reference: &BytesRef<'_>) -> Option<char> {
    if let Ok(Some(character)) = reference.resolve_char_ref() {
        return Some(character);
    }
    match reference.decode().ok()?.as_ref() {
        "lt" => Some('<'),
        "gt" => Some('>'),
        "amp" => Some('&'),
        "quot" => Some('"'),
        "apos" => Some('\''),
        _ => None,
    }
}

/// Bytes of XML in which no piece is longer than [`PIECE_BYTES_MAX`]. No declaration of a document type passes, nor a comment or a
/// section of character data, which could be as long as they like: the parts of a workbook have
/// none of them.
struct Bounded<R> {
    source: R,
    /// How many of the bytes that come next were looked at already.
    checked: usize,
    since_tag: usize,
    last: u8,
    /// Whether the place is behind where a declaration of XML can stand.
    begun: bool,
}

impl<R: BufRead> Read for Bounded<R> {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        let bytes = self.fill_buf()?;
        let count = bytes.len().min(buffer.len());
        for (to, from) in buffer.iter_mut().zip(bytes) {
            *to = *from;
        }
        self.consume(count);
        Ok(count)
    }
}

impl<R: BufRead> BufRead for Bounded<R> {
    fn fill_buf(&mut self) -> std::io::Result<&[u8]> {
        let bytes = self.source.fill_buf()?;
        let refused = || Err(std::io::Error::from(std::io::ErrorKind::InvalidData));
        let fresh = bytes.get(self.checked..).unwrap_or_default();
        for (n, piece) in fresh.split(|byte| *byte == b'<').enumerate() {
            let after_tag = n > 0 || self.last == b'<';
            if n > 0 {
                self.since_tag = 0;
            }
            match piece.first() {
                Some(b'!') if after_tag => return refused(),
                Some(b'?') if after_tag && self.begun => return refused(),
                Some(b'?') | None => {}
                Some(_) => self.begun |= after_tag,
            }
            self.since_tag += piece.len();
            if self.since_tag > PIECE_BYTES_MAX {
                return refused();
            }
        }
        self.last = fresh.last().copied().unwrap_or(self.last);
        self.checked = bytes.len();
        Ok(bytes)
    }

    fn consume(&mut self, count: usize) {
        self.checked = self.checked.saturating_sub(count);
        self.source.consume(count);
    }
}
