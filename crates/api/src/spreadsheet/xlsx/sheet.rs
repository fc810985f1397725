//! One sheet, read row by row.

use std::io::BufReader;

use quick_xml::events::BytesStart;
use tradehall_domain::problem::{Code, Problem};

use super::cell::{column, letters, moment, number, unescaped};
use crate::spreadsheet::package::{Package, Part, damaged};
use crate::spreadsheet::record::{FIELDS_MAX, ROW_BYTES_MAX};
use crate::spreadsheet::rows::{Record, Source};
use crate::spreadsheet::workbook::Context;
use crate::spreadsheet::xml::{Piece, Xml, attribute};

/// The last row that a sheet can have.
const ROW_LAST: u64 = 1_048_576;

/// A sheet being read. Of cells that were merged, the first one has the text and the others none, as the file has it.
pub struct Sheet {
    xml: Xml<BufReader<Part<Box<dyn Source>>>>,
    context: Context,
    row: u64,
}

/// A cell being read.
#[derive(Default)]
struct Open {
    place: usize,
    kind: String,
    format: usize,
    value: String,
    has_formula: bool,
}

impl Sheet {
    /// Begins to read the part that holds a sheet.
    pub fn open(package: Package, part: &str, context: Context) -> Result<Self, Problem> {
        Ok(Self { xml: Xml::new(package.into_part(part)?, part), context, row: 0 })
    }

    /// The next row, which may have nothing in it; `None` at the end.
    pub fn next(&mut self) -> Result<Option<Record>, Problem> {
        loop {
            match self.xml.next()? {
                Piece::Begin(tag, is_empty) if tag.local_name().as_ref() == b"row" => {
                    self.row = attribute(&tag, "r").and_then(|row| row.parse().ok()).unwrap_or(self.row + 1);
                    if self.row > ROW_LAST {
                        return Err(damaged(self.xml.name()));
                    }
                    if !is_empty {
                        return self.cells().map(Some);
                    }
                }
                Piece::Done => return Ok(None),
                _ => {}
            }
        }
    }

    /// The cells up to the end of the row.
    fn cells(&mut self) -> Result<Record, Problem> {
        let mut cells: Vec<Result<String, Problem>> = Vec::new();
        let mut problem = None;
        let (mut open, mut in_value, mut bytes, mut next) = (Open::default(), false, 0, 0);
        loop {
            match self.xml.next()? {
                Piece::Begin(tag, is_empty) => match tag.local_name().as_ref() {
                    b"c" => {
                        open = begun(&tag, next);
                        next = open.place + 1;
                    }
                    b"v" | b"t" => in_value = !is_empty,
                    b"f" => open.has_formula = true,
                    _ => {}
                },
                Piece::Text(text) if in_value => {
                    bytes += text.len();
                    if bytes <= ROW_BYTES_MAX {
                        open.value.push_str(&text);
                    } else {
                        problem.get_or_insert_with(|| Problem::new(Code::TooLong).with("max", ROW_BYTES_MAX));
                    }
                }
                Piece::Text(_) => {}
                Piece::End(name) => match name.as_slice() {
                    b"v" | b"t" => in_value = false,
                    b"c" => {
                        let cell = read(&std::mem::take(&mut open), &self.context, self.row);
                        if cell.as_ref().is_ok_and(String::is_empty) {
                            continue;
                        }
                        let place = next - 1;
                        if place >= FIELDS_MAX {
                            problem.get_or_insert_with(|| Problem::new(Code::TooMany).with("max", FIELDS_MAX));
                            continue;
                        }
                        if cells.len() <= place {
                            cells.resize(place + 1, Ok(String::new()));
                        }
                        if let Some(slot) = cells.get_mut(place) {
                            *slot = cell;
                        }
                    }
                    b"row" => {
                        return Ok(Record { line: self.row, cells: problem.map_or(Ok(cells), Err) });
                    }
                    _ => {}
                },
                Piece::Done => return Err(damaged(self.xml.name())),
            }
        }
    }
}

/// A cell that stands where it says, else behind the last one.
fn begun(tag: &BytesStart<'_>, next: usize) -> Open {
    Open {
        place: attribute(tag, "r").and_then(|reference| column(&reference)).unwrap_or(next),
        kind: attribute(tag, "t").unwrap_or_default(),
        format: attribute(tag, "s").and_then(|format| format.parse().ok()).unwrap_or(0),
        ..Open::default()
    }
}

/// The cell's text: what a formula was worth when the file was saved; a number as it was typed; a day as ISO 8601 writes it.
fn read(cell: &Open, context: &Context, row: u64) -> Result<String, Problem> {
    let name = || format!("{}{row}", letters(cell.place));
    if cell.has_formula && cell.value.is_empty() && cell.kind != "str" {
        return Err(Problem::new(Code::FormulaWithoutValue).with("cell", name()));
    }
    match cell.kind.as_str() {
        "s" => {
            let text = cell.value.parse().ok().and_then(|n| context.strings.get(n));
            text.map(unescaped).ok_or_else(|| damaged(&name()))
        }
        "str" | "inlineStr" => Ok(unescaped(&cell.value)),
        "b" => Ok(if cell.value == "1" { "TRUE" } else { "FALSE" }.to_owned()),
        "e" => Err(Problem::new(Code::CellError).with("cell", name()).with("error", &cell.value)),
        "d" => Ok(cell.value.clone()),
        _ if cell.value.is_empty() => Ok(String::new()),
        _ if context.formats.is_date(cell.format) => {
            moment(&cell.value, context.since_1904).ok_or_else(|| Problem::new(Code::DateMalformed))
        }
        _ => Ok(number(&cell.value)),
    }
}
