//! Writing tables, a row at a time: nothing is held but what the compressor holds.
//!
//! A workbook is written by hand: a sheet of texts and numbers takes five short parts besides itself, for which a library would bring
//! a second archive writer and hold shared strings or temporary files of its own.

mod archive;
mod sheet;

use std::borrow::Cow;
use std::fs::File;
use std::io::{BufWriter, Result, Write as _};

use sheet::SheetWriter;

use super::csv::defused;

/// What is written into a cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Cell<'a> {
    /// Nothing.
    Empty,
    /// A text.
    Text(Cow<'a, str>),
    /// A number in plain digits.
    Number(String),
}

impl<'a> Cell<'a> {
    /// A text that may be missing.
    pub fn maybe(text: Option<&'a str>) -> Self {
        text.map_or(Self::Empty, |text| Self::Text(text.into()))
    }

    /// A text.
    pub fn text(text: impl Into<Cow<'a, str>>) -> Self {
        Self::Text(text.into())
    }

    /// A number.
    pub fn number(number: impl ToString) -> Self {
        Self::Number(number.to_string())
    }
}

/// A table being written.
pub enum TableWriter {
    /// As text: UTF-8 with a byte order mark, by which spreadsheets know it, and lines as RFC 4180 has them.
    Csv(BufWriter<File>),
    /// As a workbook of one sheet.
    Xlsx(Box<SheetWriter>),
}

impl std::fmt::Debug for TableWriter {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Csv(_) => "TableWriter::Csv",
            Self::Xlsx(_) => "TableWriter::Xlsx",
        })
    }
}

impl TableWriter {
    /// Begins a text in an empty file.
    ///
    /// # Errors
    /// What the file system says.
    pub fn csv(file: File) -> Result<Self> {
        let mut file = BufWriter::new(file);
        file.write_all("\u{feff}".as_bytes())?;
        Ok(Self::Csv(file))
    }

    /// Begins a workbook in an empty file, whose sheet has that name.
    ///
    /// # Errors
    /// What the file system says.
    pub fn xlsx(file: File, sheet: &str) -> Result<Self> {
        Ok(Self::Xlsx(Box::new(SheetWriter::begin(file, sheet)?)))
    }

    /// Writes a row.
    ///
    /// # Errors
    /// What the file system says.
    pub fn row(&mut self, cells: &[Cell<'_>]) -> Result<()> {
        match self {
            Self::Xlsx(sheet) => sheet.row(cells),
            Self::Csv(file) => {
                for (n, cell) in cells.iter().enumerate() {
                    if n > 0 {
                        file.write_all(b",")?;
                    }
                    match cell {
                        Cell::Empty => {}
                        Cell::Number(number) => file.write_all(number.as_bytes())?,
                        Cell::Text(text) => quoted(file, &defused(text))?,
                    }
                }
                file.write_all(b"\r\n")
            }
        }
    }

    /// Ends the table and answers its file.
    ///
    /// # Errors
    /// What the file system says.
    pub fn finish(self) -> Result<File> {
        match self {
            Self::Csv(file) => file.into_inner().map_err(std::io::IntoInnerError::into_error),
            Self::Xlsx(sheet) => sheet.finish(),
        }
    }
}

fn quoted(file: &mut BufWriter<File>, text: &str) -> Result<()> {
    if text.contains(['"', ',', ';', '\t', '\r', '\n']) {
        write!(file, "\"{}\"", text.replace('"', "\"\""))
    } else {
        file.write_all(text.as_bytes())
    }
}

#[cfg(test)]
mod tests {
    use std::fs::File;
    use std::io::{Read as _, Seek as _};

    use super::{Cell, TableWriter};
    use crate::spreadsheet::{Layout, Rows};

    const TEXTS: [&str; 7] = ["0012", "=1+1", "Đai \"ốc\"; thép", "hai\ndòng", "a<b>&'c", "_x0041_", "-5"];

    fn written(mut writer: TableWriter) -> File {
        let cells: Vec<_> = TEXTS.iter().map(|text| Cell::text(*text)).collect();
        writer.row(&cells).unwrap();
        writer.row(&[Cell::number("12.5"), Cell::Empty, Cell::number("922337203685477.5807")]).unwrap();
        let mut file = writer.finish().unwrap();
        file.rewind().unwrap();
        file
    }

    #[test]
    fn what_is_written_is_read_again() {
        let text = written(TableWriter::csv(tempfile::tempfile().unwrap()).unwrap());
        let book = written(TableWriter::xlsx(tempfile::tempfile().unwrap(), "Hàng & giá").unwrap());
        for mut rows in [
            Rows::text(Box::new(text), Layout::default()).unwrap().0,
            Rows::workbook(Box::new(book), Layout { sheet: Some("Hàng & giá"), ..Layout::default() }).unwrap().0,
        ] {
            let mut read = || -> Vec<String> {
                rows.read().unwrap().unwrap().cells.unwrap().into_iter().map(Result::unwrap).collect()
            };
            assert_eq!(read(), TEXTS);
            assert_eq!(read(), ["12.5", "", "922337203685477.5807"]);
        }
    }

    #[test]
    fn texts_that_a_spreadsheet_would_run_are_written_as_texts() {
        let mut text = String::new();
        written(TableWriter::csv(tempfile::tempfile().unwrap()).unwrap()).read_to_string(&mut text).unwrap();
        assert!(text.contains(",'=1+1,") && text.contains(",'-5\r\n"), "{text}");
    }
}
