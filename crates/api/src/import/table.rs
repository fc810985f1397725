//! A file as a table: its first row names the columns, the others have as many cells.

use std::collections::HashMap;
use std::sync::Arc;

use tradehall_domain::import::{Cell, ColumnMapping};
use tradehall_domain::problem::{Code, Problem, Problems};

use crate::spreadsheet::Rows;

/// Which columns a file has; their order does not matter, nor do their capitals.
#[derive(Debug, Clone, Copy)]
pub struct Columns {
    /// Those that must be there.
    pub required: &'static [&'static str],
    /// Those that may be there; `None` lets in any others, unread.
    pub optional: Option<&'static [&'static str]>,
    /// Whether a column of another name is known as well.
    pub open: fn(&str) -> bool,
}

/// That no column is known by anything but its whole name.
pub const fn closed(_: &str) -> bool {
    false
}

/// A file being read, a row at a time.
#[derive(Debug)]
pub struct Table {
    rows: Rows,
    heads: Arc<Heads>,
}

/// Which columns a table has.
#[derive(Debug, Default)]
pub struct Heads {
    /// The fields, in the order of the file, each with its place in a row.
    fields: Vec<(String, usize)>,
    places: HashMap<String, usize>,
    width: usize,
}

/// What stands in the next row.
#[derive(Debug)]
pub enum Next {
    /// A row of as many cells as there are columns.
    Row(Row),
    /// A row that cannot be read.
    Bad(BadRow),
}

/// A row that cannot be read.
#[derive(Debug, Clone)]
pub struct BadRow {
    /// The line on which it begins.
    pub line: u64,
    /// Why.
    pub problems: Problems,
}

/// One row.
#[derive(Debug, Clone)]
pub struct Row {
    /// On which line of a text it begins, or in which row of a sheet it stands, counted from 1.
    pub line: u64,
    cells: Vec<String>,
    heads: Arc<Heads>,
}

impl Table {
    /// Reads the first row, which names the columns. `mapping` says which of them are which fields; where it is empty, they are the
    /// fields of their own names.
    ///
    /// # Errors
    /// [`Code::ColumnMissing`], [`Code::ColumnUnknown`], or [`Code::Duplicate`] for a column that stands twice; what the first row
    /// cannot be read for.
    pub fn open(mut rows: Rows, columns: Columns, mapping: &[ColumnMapping]) -> Result<Self, Problems> {
        let heads = Heads::of(&first(&mut rows)?, columns, mapping)?;
        Ok(Self { rows, heads: Arc::new(heads) })
    }

    /// The next row; `None` at the end. Empty ones are passed over.
    ///
    /// # Errors
    /// Why nothing after this can be read.
    pub fn next(&mut self) -> Result<Option<Next>, Problem> {
        let Some(record) = self.rows.read()? else { return Ok(None) };
        let line = record.line;
        let bad = |problems| Ok(Some(Next::Bad(BadRow { line, problems })));
        let mut read = match record.cells {
            Ok(cells) => cells,
            Err(problem) => return bad(problem.into()),
        };
        let width = self.heads.width;
        if read.len() > width || (read.len() < width && matches!(self.rows, Rows::Csv(_))) {
            return bad(Problem::new(Code::RowLength).with("expected", width).with("actual", read.len()).into());
        }
        // A sheet does not write down what is empty at the end of a row.
        read.resize(width, Ok(String::new()));
        let mut cells = Vec::with_capacity(width);
        let mut problems = Problems::new();
        for (place, cell) in read.into_iter().enumerate() {
            match cell {
                Ok(text) => cells.push(text),
                Err(problem) => {
                    let field = self.heads.fields.iter().find(|(_, known)| *known == place);
                    // Nobody reads what stands in other columns.
                    if let Some((field, _)) = field {
                        problems.push(problem.at(field));
                    }
                    cells.push(String::new());
                }
            }
        }
        match problems.check() {
            Ok(()) => Ok(Some(Next::Row(Row { line, cells, heads: self.heads.clone() }))),
            Err(problems) => bad(problems),
        }
    }
}

/// The names in the first row of a file.
///
/// # Errors
/// What the first row cannot be read for.
pub fn first(rows: &mut Rows) -> Result<Vec<String>, Problems> {
    match rows.read()? {
        None => Ok(Vec::new()),
        Some(record) => {
            let mut names: Vec<String> = record.cells?.into_iter().collect::<Result<_, _>>()?;
            // Columns without a name at the end are none: spreadsheets write them where cells were formatted.
            while names.last().is_some_and(String::is_empty) {
                names.pop();
            }
            Ok(names)
        }
    }
}

impl Heads {
    fn of(names: &[String], columns: Columns, mapping: &[ColumnMapping]) -> Result<Self, Problems> {
        let mut problems = Problems::new();
        let mut heads = Self { width: names.len(), ..Self::default() };
        let mut seen: HashMap<String, usize> = HashMap::new();
        for (place, name) in names.iter().enumerate() {
            let folded = name.to_lowercase();
            if seen.insert(folded.clone(), place).is_some() && !folded.is_empty() {
                problems.push(Problem::new(Code::Duplicate).at(name));
                continue;
            }
            match field(&folded, name, columns, mapping) {
                Ok(None) => {}
                Ok(Some(field)) => {
                    heads.places.insert(field.clone(), place);
                    heads.fields.push((field, place));
                }
                Err(problem) => problems.push(problem),
            }
        }
        for one in mapping {
            if !seen.contains_key(&one.column.trim().to_lowercase()) {
                problems.push(Problem::new(Code::ColumnMissing).with("column", &one.column));
            }
        }
        for column in columns.required {
            if !heads.places.contains_key(*column) {
                problems.push(Problem::new(Code::ColumnMissing).with("column", column));
            }
        }
        problems.check()?;
        Ok(heads)
    }

    /// The fields, in the order of their columns.
    pub fn fields(&self) -> impl Iterator<Item = &str> {
        self.fields.iter().map(|(field, _)| field.as_str())
    }
}

/// Which field a column is, if it is read.
fn field(folded: &str, name: &str, columns: Columns, mapping: &[ColumnMapping]) -> Result<Option<String>, Problem> {
    if !mapping.is_empty() {
        let mapped = mapping.iter().find(|one| one.column.trim().to_lowercase() == folded);
        let Some(field) = mapped.and_then(|one| one.field.as_deref()) else { return Ok(None) };
        return canonical(field, columns)
            .map(Some)
            .ok_or_else(|| Problem::new(Code::FieldUnknown).with("field", field).with("known", known(columns)));
    }
    match canonical(name, columns) {
        Some(field) => Ok(Some(field)),
        None if columns.optional.is_none() => Ok(Some(folded.to_owned())),
        None => Err(Problem::new(Code::ColumnUnknown).with("column", name).with("known", known(columns))),
    }
}

/// A field by its name in whatever capitals; an open one keeps them.
pub fn canonical(name: &str, columns: Columns) -> Option<String> {
    let name = name.trim();
    let mut all = columns.required.iter().chain(columns.optional.unwrap_or_default());
    match all.find(|field| field.eq_ignore_ascii_case(name)) {
        Some(field) => Some((*field).to_owned()),
        None => (columns.open)(name).then(|| name.to_owned()),
    }
}

fn known(columns: Columns) -> String {
    columns.required.iter().chain(columns.optional.unwrap_or_default()).copied().collect::<Vec<_>>().join(", ")
}

impl Row {
    /// What stands under `column` without blanks around it; `None` where nothing does, or where there is no such column.
    pub fn text(&self, column: &str) -> Option<&str> {
        let cell = self.cells.get(*self.heads.places.get(column)?)?;
        (!cell.is_empty()).then_some(cell.as_str())
    }

    /// Whether the file has `column`.
    pub fn has(&self, column: &str) -> bool {
        self.heads.places.contains_key(column)
    }

    /// The fields of the file, in the order of the columns.
    pub fn fields(&self) -> impl Iterator<Item = &str> {
        self.heads.fields()
    }

    /// What stood in the columns that `problems` name, shortened, for whoever mends the file.
    pub fn shown(&self, problems: &Problems) -> Vec<Cell> {
        let mut shown: Vec<Cell> = Vec::new();
        for column in problems.iter().filter_map(|problem| problem.path.first()) {
            if let (Some(text), false) = (self.text(column), shown.iter().any(|cell| cell.column == *column)) {
                shown.push(Cell::new(column, text));
            }
        }
        shown
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
