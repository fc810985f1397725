//! The texts that the cells of a workbook share: the one thing of a workbook that has to be held whole.

use tradehall_domain::problem::{Code, Problem};

use crate::spreadsheet::package::Package;
use crate::spreadsheet::xml::{Piece, Xml};

/// How many bytes the shared texts of one workbook may have together: 64 MiB.
const STRINGS_BYTES_MAX: usize = 64 * 1024 * 1024;

/// How many there may be.
const STRINGS_MAX: usize = 4_000_000;

const STRINGS: &str = "xl/sharedStrings.xml";

/// Texts by their number, one behind the other in one piece of memory.
#[derive(Debug, Default)]
pub struct Strings {
    texts: String,
    ends: Vec<u32>,
}

impl Strings {
    /// Reads the texts; a workbook of numbers has none.
    pub fn read(package: &mut Package) -> Result<Self, Problem> {
        let mut strings = Self::default();
        if !package.has(STRINGS) {
            return Ok(strings);
        }
        let mut xml = Xml::new(package.part(STRINGS)?, STRINGS);
        let (mut in_text, mut in_reading) = (false, false);
        loop {
            match xml.next()? {
                Piece::Begin(tag, is_empty) => match tag.local_name().as_ref() {
                    b"t" => in_text = !is_empty,
                    // How a Japanese text is pronounced is no part of it.
                    b"rPh" => in_reading = !is_empty,
                    b"si" if is_empty => strings.close()?,
                    _ => {}
                },
                Piece::Text(text) if in_text && !in_reading => strings.push(&text)?,
                Piece::Text(_) => {}
                Piece::End(name) => match name.as_slice() {
                    b"t" => in_text = false,
                    b"rPh" => in_reading = false,
                    b"si" => strings.close()?,
                    _ => {}
                },
                Piece::Done => return Ok(strings),
            }
        }
    }

    fn push(&mut self, text: &str) -> Result<(), Problem> {
        if self.texts.len() + text.len() > STRINGS_BYTES_MAX {
            return Err(Problem::new(Code::FileExpands).with("part", STRINGS).with("max", STRINGS_BYTES_MAX));
        }
        self.texts.push_str(text);
        Ok(())
    }

    fn close(&mut self) -> Result<(), Problem> {
        if self.ends.len() >= STRINGS_MAX {
            return Err(Problem::new(Code::TooMany).with("max", STRINGS_MAX));
        }
        self.ends.push(u32::try_from(self.texts.len()).unwrap_or(u32::MAX));
        Ok(())
    }

    /// The text of that number; nothing where there is none.
    pub fn get(&self, n: usize) -> Option<&str> {
        let end = usize::try_from(*self.ends.get(n)?).ok()?;
        let start = match n.checked_sub(1) {
            Some(before) => usize::try_from(*self.ends.get(before)?).ok()?,
            None => 0,
        };
        self.texts.get(start..end)
    }
}
