//! An uploaded file as a table, read off the async threads.

use std::collections::HashSet;
use std::fs::File;
use std::io::{Seek as _, SeekFrom};

use sha2::{Digest as _, Sha256};
use tradehall_domain::attachment::MediaType;
use tradehall_domain::import::{ImportSettings, Separator};
use tradehall_domain::named::Named as _;
use tradehall_domain::problem::{Code, Problem, Problems};

use super::kind::KindOf;
use super::table::{BadRow, Columns, Next, Row, Table, first};
use crate::app::Error;
use crate::spreadsheet::{Found, Layout, Rows};

/// An uploaded file being read from its first row on.
pub struct TableFile {
    table: Table,
    kind: &'static KindOf,
    /// The keys of all rows so far, by their digests: a second row of the same key is refused wherever it stands.
    seen: HashSet<[u8; KEY_BYTES]>,
}

/// How many bytes of a key's SHA-256 are remembered: that two keys meet by chance in a million rows has a probability below 10⁻²⁶.
const KEY_BYTES: usize = 16;

/// Some rows of a file, in the order in which they stand.
#[derive(Debug, Default)]
pub struct Stretch {
    /// Those that can be read.
    pub rows: Vec<Row>,
    /// Those that cannot, or whose key stood before, with what is wrong.
    pub bad: Vec<BadRow>,
    /// Those whose key stood before.
    pub again: Vec<(Row, Problem)>,
    /// Whether none follow.
    pub is_last: bool,
}

impl Stretch {
    /// How many rows.
    pub fn len(&self) -> usize {
        self.rows.len() + self.bad.len() + self.again.len()
    }
}

/// Does `work` where it keeps nobody waiting.
pub async fn aside<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Result<T, Error> {
    tokio::task::spawn_blocking(work).await.map_err(|error| Error::Internal(error.to_string()))
}

/// The rows of a file of that type, from its first on.
pub fn rows(file: &File, media_type: MediaType, settings: &ImportSettings) -> Result<(Rows, Found), Problem> {
    let mut file = file.try_clone().map_err(|_| Problem::new(Code::Invalid))?;
    file.seek(SeekFrom::Start(0)).map_err(|_| Problem::new(Code::Invalid))?;
    let layout =
        Layout { separator: settings.separator, encoding: settings.encoding, sheet: settings.sheet.as_deref() };
    match media_type {
        MediaType::Xlsx => Rows::workbook(Box::new(file), layout),
        MediaType::Csv | MediaType::Text => Rows::text(Box::new(file), layout),
        _ => Err(Problem::new(Code::MediaTypeRefused).with("allowed", "text/csv, .xlsx")),
    }
}

impl TableFile {
    /// Reads the first row of a file.
    pub fn open(
        file: &File,
        media_type: MediaType,
        settings: &ImportSettings,
        kind: &'static KindOf,
    ) -> Result<Self, Problems> {
        let (reading, found) = rows(file, media_type, settings)?;
        let table = Table::open(reading, kind.columns, &settings.mapping);
        let table = table.map_err(|problems| match misread(file, media_type, settings, &found, kind.columns) {
            Some(problem) => problem.into(),
            None => problems,
        })?;
        Ok(Self { table, kind, seen: HashSet::new() })
    }

    /// How many rows follow.
    ///
    /// # Errors
    /// [`Code::TooMany`], or why the file cannot be read to its end.
    pub fn count(mut self) -> Result<i64, Problem> {
        let mut rows = 0;
        while self.table.next()?.is_some() {
            rows += 1;
            if rows > self.kind.rows_max {
                return Err(Problem::new(Code::TooMany).with("max", self.kind.rows_max));
            }
        }
        Ok(rows)
    }

    /// Passes so many rows over.
    ///
    /// # Errors
    /// Why the file cannot be read so far.
    pub fn skip(&mut self, rows: i64) -> Result<(), Problem> {
        for _ in 0..rows {
            match self.table.next()? {
                None => return Ok(()),
                Some(Next::Bad(_)) => {}
                Some(Next::Row(row)) => {
                    self.is_new(&row);
                }
            }
        }
        Ok(())
    }

    /// The next rows, as many as are decided together.
    ///
    /// # Errors
    /// Why the file cannot be read so far.
    pub fn stretch(&mut self) -> Result<Stretch, Problem> {
        let mut stretch = Stretch::default();
        while stretch.len() < self.kind.chunk_rows {
            match self.table.next()? {
                None => {
                    stretch.is_last = true;
                    break;
                }
                Some(Next::Bad(row)) => stretch.bad.push(row),
                Some(Next::Row(row)) => match self.is_new(&row) {
                    None => stretch.rows.push(row),
                    Some(column) => stretch.again.push((row, Problem::new(Code::Duplicate).at(column))),
                },
            }
        }
        Ok(stretch)
    }

    /// The column that says what an earlier row said, or nothing for a row that is new.
    fn is_new(&mut self, row: &Row) -> Option<&'static str> {
        let (key, column) = (self.kind.key)(row)?;
        let mut digest = [0; KEY_BYTES];
        for (to, from) in digest.iter_mut().zip(Sha256::digest(key.as_bytes())) {
            *to = from;
        }
        (!self.seen.insert(digest)).then_some(column)
    }
}

/// That a text was told to be separated otherwise than it is: then its first row is one long name, and what is said of that helps
/// nobody.
fn misread(
    file: &File,
    media_type: MediaType,
    settings: &ImportSettings,
    found: &Found,
    columns: Columns,
) -> Option<Problem> {
    let Found::Text { separator, .. } = found else { return None };
    if settings.separator.is_none() || columns.required.len() < 2 {
        return None;
    }
    let (mut said, _) = rows(file, media_type, settings).ok()?;
    if first(&mut said).ok()?.len() > 1 {
        return None;
    }
    let freely = ImportSettings { separator: None, ..settings.clone() };
    let (_, likely) = rows(file, media_type, &freely).ok()?;
    let Found::Text { separator: likely, .. } = likely else { return None };
    let name = |separator: Separator| separator.name();
    let differs = likely != *separator;
    differs.then(|| Problem::new(Code::SeparatorWrong).with("separator", name(*separator)).with("likely", name(likely)))
}
