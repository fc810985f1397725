//! An uploaded file as a table, read off the async threads.

use std::fs::File;
use std::io::{Seek as _, SeekFrom};
use std::sync::Arc;

use tradehall_domain::attachment::MediaType;
use tradehall_domain::import::{ImportSettings, Separator};
use tradehall_domain::named::Named as _;
use tradehall_domain::problem::{Code, Problem, Problems};

use super::kind::KindOf;
use super::said::Said;
use super::table::{BadRow, Columns, Next, Row, Table, first};
use crate::app::Error;
use crate::spreadsheet::{Found, Layout, Rows};

/// An uploaded file being read from its first row on.
pub struct TableFile {
    table: Table,
    kind: &'static KindOf,
    /// What all rows so far have said: one that contradicts an earlier one is refused wherever it stands. Shared with the stretch that is
    /// being decided on, which is over when the next one is read.
    said: Arc<Said>,
}

/// Some rows of a file, in the order in which they stand.
#[derive(Debug, Default)]
pub struct Stretch {
    /// Those that can be read.
    pub rows: Vec<Row>,
    /// Those that cannot, with what is wrong.
    pub bad: Vec<BadRow>,
    /// Those that contradict an earlier row, with what is wrong.
    pub again: Vec<(Row, Problem)>,
    /// What the file has said up to their end.
    pub said: Arc<Said>,
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
        Ok(Self { table, kind, said: Arc::default() })
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
                    // Whoever refused it has told.
                    let _ = self.remember(&row);
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
                Some(Next::Row(row)) => match self.remember(&row) {
                    Ok(()) => stretch.rows.push(row),
                    Err(problem) => stretch.again.push((row, problem)),
                },
            }
        }
        stretch.said = self.said.clone();
        Ok(stretch)
    }

    /// Remembers what a row says, or answers how it contradicts an earlier one.
    fn remember(&mut self, row: &Row) -> Result<(), Problem> {
        Arc::make_mut(&mut self.said).add(&(self.kind.claims)(row))
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
