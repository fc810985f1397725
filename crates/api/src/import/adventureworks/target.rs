//! What a file of the data set is read into.

use std::collections::HashMap;
use std::future::Future;
use std::path::Path;

use tradehall_domain::id::Id;
use tradehall_domain::import::TextEncoding;
use tradehall_domain::problem::{Code, Problem, Problems};
use tradehall_persistence::Tx;
use tradehall_persistence::import::reference;
use tradehall_persistence::import::reference::{Reference, ReferenceKind};
use uuid::Uuid;

use super::SOURCE;
use crate::app::Error;
use crate::import::cells::whole;
use crate::import::table::{Columns, Row, Table, closed};
use crate::import::tally::Tally;
use crate::spreadsheet::{Layout, Rows};

/// A row that could be read.
#[derive(Debug)]
pub(super) struct Entry<D> {
    /// On which line it begins.
    pub line: u64,
    /// Under which key it is remembered.
    pub key: String,
    /// What it says.
    pub draft: D,
}

/// What the rows of one file become.
pub(super) trait Target: Sync {
    /// The file's name.
    const FILE: &'static str;
    /// The columns that it must have; others are not read.
    const COLUMNS: &'static [&'static str];
    /// The column that tells its rows apart.
    const KEY: &'static str;
    /// What a row says.
    type Draft: Send;

    /// Reads a row: its key, and what it says.
    ///
    /// # Errors
    /// Everything that cannot be read, by column.
    fn read(&self, row: &Row) -> Result<(String, Self::Draft), Problems>;

    /// Writes what is new or differs, and notes what became of each row.
    fn write(
        &self,
        tx: &mut Tx,
        entries: Vec<Entry<Self::Draft>>,
        tally: &mut Tally,
    ) -> impl Future<Output = Result<(), Error>> + Send;
}

/// Opens a file of the data set and reads its first row.
///
/// # Errors
/// [`Code::FileUnreadable`], and those of [`Table::open`], at the file's name.
pub(super) fn open<T: Target>(dir: &Path) -> Result<Table, Error> {
    let source = std::fs::File::open(dir.join(T::FILE)).map_err(|error| {
        tracing::debug!(file = T::FILE, %error, "cannot be opened");
        Problem::new(Code::FileUnreadable).with("file", T::FILE).at(T::FILE)
    })?;
    let columns = Columns { required: T::COLUMNS, optional: None, open: closed };
    let layout = Layout { encoding: Some(TextEncoding::Utf8), ..Layout::default() };
    let (rows, _) = Rows::text(Box::new(source), layout).map_err(|problem| problem.at(T::FILE))?;
    Table::open(rows, columns, &[]).map_err(|problems| Error::from(problems).at(T::FILE))
}

/// The number in a column of keys.
pub(super) fn key(row: &Row, column: &str, problems: &mut Problems) -> Option<i64> {
    row.required(column, problems, whole)
}

/// What the keys of these entries became before; keys that are new are not in the answer.
pub(super) async fn known<D: Send + Sync>(
    tx: &Tx,
    kind: ReferenceKind,
    entries: &[Entry<D>],
) -> Result<HashMap<String, Uuid>, Error> {
    let keys: Vec<_> = entries.iter().map(|entry| entry.key.as_str()).collect();
    Ok(reference::find(tx, SOURCE, kind, &keys).await?)
}

/// The ids among `known` as ids of what they became.
pub(super) fn ids<T>(known: &HashMap<String, Uuid>) -> Vec<Id<T>> {
    known.values().copied().map(Id::from_uuid).collect()
}

/// Remembers that `key` became `target`, once the batch is written.
pub(super) fn remember<T>(kind: ReferenceKind, key: String, target: Id<T>) -> Reference {
    Reference { kind, key, target: target.uuid() }
}
