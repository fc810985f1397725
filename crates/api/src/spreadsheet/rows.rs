//! The rows of a file, whatever it is written as.

use std::io::{Read, Seek};

use tradehall_domain::import::{Separator, TextEncoding};
use tradehall_domain::problem::Problem;
use unicode_normalization::{IsNormalized, UnicodeNormalization as _, is_nfc_quick};

use super::csv::Csv;
use super::package::Package;
use super::workbook::Workbook;
use super::xlsx::Sheet;

/// Where a file is read from.
pub trait Source: Read + Seek + Send + 'static {}

impl<T: Read + Seek + Send + 'static> Source for T {}

/// How a file is to be read; what is `None` is found out.
#[derive(Debug, Clone, Copy, Default)]
pub struct Layout<'a> {
    /// What separates the cells of a text.
    pub separator: Option<Separator>,
    /// How its characters are written down.
    pub encoding: Option<TextEncoding>,
    /// Which sheet of a workbook; the first one when left out.
    pub sheet: Option<&'a str>,
}

/// What was found out about a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Found {
    /// It is a text.
    Text {
        /// What separates its cells.
        separator: Separator,
        /// How its characters are written down.
        encoding: TextEncoding,
    },
    /// It is a workbook.
    Workbook {
        /// Its sheets, in their order.
        sheets: Vec<String>,
        /// The one that is read.
        sheet: String,
    },
}

/// A row. Its texts are in Unicode's form NFC, however the file composes its characters, without blanks around them.
#[derive(Debug, PartialEq, Eq)]
pub struct Record {
    /// On which line of a text it begins, or in which row of a sheet it stands, counted from 1.
    pub line: u64,
    /// Its cells; a problem where one cannot be read. The whole is a problem where the row cannot be read at all.
    pub cells: Result<Vec<Result<String, Problem>>, Problem>,
}

/// A file being read, a row at a time.
pub enum Rows {
    /// A text.
    Csv(Box<Csv>),
    /// A sheet of a workbook.
    Sheet(Box<Sheet>),
}

impl std::fmt::Debug for Rows {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Csv(_) => "Rows::Csv",
            Self::Sheet(_) => "Rows::Sheet",
        })
    }
}

impl Rows {
    /// Begins to read a text.
    ///
    /// # Errors
    /// [`Code::Invalid`](tradehall_domain::problem::Code::Invalid) where the source fails.
    pub fn text(source: Box<dyn Source>, layout: Layout<'_>) -> Result<(Self, Found), Problem> {
        let (csv, separator, encoding) = Csv::open(source, layout.separator, layout.encoding)?;
        Ok((Self::Csv(Box::new(csv)), Found::Text { separator, encoding }))
    }

    /// Begins to read a sheet of a workbook.
    ///
    /// # Errors
    /// What is wrong with the workbook, or
    /// [`Code::SheetMissing`](tradehall_domain::problem::Code::SheetMissing).
    pub fn workbook(source: Box<dyn Source>, layout: Layout<'_>) -> Result<(Self, Found), Problem> {
        let mut package = Package::open(source)?;
        let workbook = Workbook::read(&mut package)?;
        let chosen = workbook.sheet(layout.sheet)?;
        let (sheet, part) = (chosen.name.clone(), chosen.part.clone());
        let sheets = workbook.sheets.iter().map(|sheet| sheet.name.clone()).collect();
        let rows = Sheet::open(package, &part, workbook.context)?;
        Ok((Self::Sheet(Box::new(rows)), Found::Workbook { sheets, sheet }))
    }

    /// The next row that is not empty; `None` at the end.
    ///
    /// # Errors
    /// Why nothing after this can be read.
    pub fn read(&mut self) -> Result<Option<Record>, Problem> {
        loop {
            let record = match self {
                Self::Csv(csv) => csv.next()?,
                Self::Sheet(sheet) => sheet.next()?,
            };
            let Some(mut record) = record else { return Ok(None) };
            let Ok(cells) = &mut record.cells else { return Ok(Some(record)) };
            for cell in cells.iter_mut().flatten() {
                compose(cell);
            }
            // Spreadsheets write rows that were formatted or cleared as rows of nothing.
            if cells.iter().any(|cell| cell.as_ref().map_or(true, |text| !text.is_empty())) {
                return Ok(Some(record));
            }
        }
    }
}

/// Brings a text into form NFC and takes the blanks around it away.
fn compose(text: &mut String) {
    if !text.is_ascii() && is_nfc_quick(text.chars()) != IsNormalized::Yes {
        *text = text.nfc().collect();
    }
    let trimmed = text.trim();
    if trimmed.len() < text.len() {
        *text = trimmed.to_owned();
    }
}
