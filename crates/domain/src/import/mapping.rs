//! Which column of a file is which field, and such a mapping kept under a name.

use std::collections::HashSet;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::ImportKind;
use crate::event::DomainEvent;
use crate::id::Id;
use crate::organization::OrganizationId;
use crate::problem::{Code, Problem, Problems};
use crate::text::{Name, Text};

/// How many columns one mapping names.
pub const MAPPED_COLUMNS_MAX: usize = 500;

/// Which field one column of a file is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ColumnMapping {
    /// The column, as the file's first row names it.
    pub column: String,
    /// The field; `None` for a column that is not read.
    pub field: Option<String>,
}

/// Whether these can stand together; whether there are such fields, the kind of the import says.
///
/// # Errors
/// [`Code::TooMany`]; [`Code::Duplicate`] for a column or a field that stands twice; what is wrong with each text.
pub fn check_columns(columns: &[ColumnMapping]) -> Result<(), Problems> {
    if columns.len() > MAPPED_COLUMNS_MAX {
        return Err(Problem::new(Code::TooMany).with("max", MAPPED_COLUMNS_MAX).into());
    }
    let mut problems = Problems::new();
    let (mut seen, mut fields) = (HashSet::new(), HashSet::new());
    for (n, one) in columns.iter().enumerate() {
        let name = problems.take(n, Text::<1, 200>::parse(&one.column).map_err(|problem| problem.at("column")));
        if name.is_some_and(|name| !seen.insert(name.as_str().to_lowercase())) {
            problems.push(Problem::new(Code::Duplicate).at("column").at(n));
        }
        if one.field.as_ref().is_some_and(|field| !fields.insert(field.to_lowercase())) {
            problems.push(Problem::new(Code::Duplicate).at("field").at(n));
        }
    }
    problems.check()
}

/// A mapping that an organization keeps under a name, for files that come again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ImportMapping {
    /// Which mapping.
    pub id: ImportMappingId,
    /// Whose it is.
    pub organization: OrganizationId,
    /// What the files hold.
    pub kind: ImportKind,
    /// What it is called; no other of the organization and kind has that name.
    pub name: Name,
    /// The columns.
    pub columns: Vec<ColumnMapping>,
    /// When it was last saved.
    pub saved_at: Timestamp,
    /// Counts its changes.
    pub version: i64,
}

/// The id of an [`ImportMapping`].
pub type ImportMappingId = Id<ImportMapping>;

impl ImportMapping {
    /// Keeps `columns` under `name`.
    ///
    /// # Errors
    /// Everything that is wrong with the name and the columns.
    pub fn keep(
        organization: OrganizationId,
        kind: ImportKind,
        name: &str,
        columns: Vec<ColumnMapping>,
        now: Timestamp,
    ) -> Result<(Self, ImportMappingEvent), Problems> {
        let mut problems = Problems::new();
        let name = problems.take("name", Name::parse(name));
        problems.take("columns", check_columns(&columns));
        let name = problems.finish(name)?;
        let event = ImportMappingEvent::Saved { name: name.to_string() };
        Ok((Self { id: Id::new(), organization, kind, name, columns, saved_at: now, version: 1 }, event))
    }

    /// Has the columns of `other`, which was kept under the same name.
    #[must_use]
    pub fn replace(&mut self, other: Self) -> ImportMappingEvent {
        self.columns = other.columns;
        self.saved_at = other.saved_at;
        ImportMappingEvent::Saved { name: self.name.to_string() }
    }
}

/// What happens to a mapping.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(untagged)]
pub enum ImportMappingEvent {
    /// It was kept, or replaced by another of the same name.
    Saved {
        /// What it is called.
        name: String,
    },
    /// It is kept no longer.
    Deleted {
        /// What it was called.
        name: String,
    },
}

impl DomainEvent for ImportMappingEvent {
    fn kind(&self) -> &'static str {
        match self {
            Self::Saved { .. } => "IMPORT_MAPPING_SAVED",
            Self::Deleted { .. } => "IMPORT_MAPPING_DELETED",
        }
    }
}
