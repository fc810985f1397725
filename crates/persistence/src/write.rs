//! Writes are gathered and sent together.
//!
//! A command's inserts and saves wait in the transaction until something must be read again or the transaction commits. PostgreSQL
//! then gets all of them as one statement (one common table expression per table), SQLite one statement per table. The rows travel as
//! one JSON parameter per table, so a statement's text does not depend on how many rows there are and stays prepared.

use std::collections::HashSet;
use std::fmt::Write as _;

use sea_orm::sea_query::ColumnType;
use sea_orm::{ColumnTrait, EntityName, EntityTrait, IdenStatic, Iterable, ModelTrait, Value};
use uuid::Uuid;

use crate::StoreError;

/// Rows of one table that wait to be written in one go.
#[derive(Debug)]
pub(crate) struct Batch {
    verb: Verb,
    table: &'static str,
    columns: Vec<Column>,
    ids: Vec<Uuid>,
    rows: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Verb {
    Insert,
    /// Replaces each row by the one that is a version newer.
    Save,
}

#[derive(Debug, Clone, Copy)]
struct Column {
    name: &'static str,
    kind: Kind,
}

#[derive(Debug, Clone, Copy)]
enum Kind {
    Uuid,
    Integer,
    Boolean,
    Bytes,
    Text,
}

impl Batch {
    /// A batch that adds `models`.
    pub(crate) fn insert<M: ModelTrait>(models: &[M]) -> Result<Self, StoreError> {
        Self::of(Verb::Insert, models)
    }

    /// A batch that replaces each row by its model, which is one version newer.
    pub(crate) fn save<M: ModelTrait>(models: &[M]) -> Result<Self, StoreError> {
        Self::of(Verb::Save, models)
    }

    fn of<M: ModelTrait>(verb: Verb, models: &[M]) -> Result<Self, StoreError> {
        let columns = <M::Entity as EntityTrait>::Column::iter()
            .map(|column| {
                let name = column.as_str();
                let kind = Kind::of(column.def().get_column_type())
                    .ok_or_else(|| StoreError::Corrupt(format!("column {name} has a type that no row carries")))?;
                Ok(Column { name, kind })
            })
            .collect::<Result<_, StoreError>>()?;
        let table = <M::Entity as Default>::default().table_name();
        let mut batch = Self { verb, table, columns, ids: Vec::with_capacity(models.len()), rows: String::new() };
        for model in models {
            batch.push(model)?;
        }
        Ok(batch)
    }

    fn push<M: ModelTrait>(&mut self, model: &M) -> Result<(), StoreError> {
        self.rows.push(if self.rows.is_empty() { '[' } else { ',' });
        for (n, column) in <M::Entity as EntityTrait>::Column::iter().enumerate() {
            let value = model.get(column);
            if let (0, Value::Uuid(Some(id))) = (n, &value) {
                self.ids.push(*id);
            }
            self.rows.push(if n == 0 { '{' } else { ',' });
            json(&mut self.rows, column.as_str(), &value)?;
        }
        self.rows.push('}');
        Ok(())
    }

    /// Takes in `other` if both do the same to the same table and to different rows.
    pub(crate) fn absorb(&mut self, other: Self) -> Result<(), Self> {
        if self.verb != other.verb || self.table != other.table || self.touches(&other) {
            return Err(other);
        }
        self.ids.extend(other.ids);
        self.rows.push(',');
        self.rows.push_str(other.rows.trim_start_matches('['));
        Ok(())
    }

    /// Whether the two write the same row, so that their order matters.
    pub(crate) fn touches(&self, other: &Self) -> bool {
        if self.table != other.table {
            return false;
        }
        let ids: HashSet<_> = self.ids.iter().collect();
        other.ids.iter().any(|id| ids.contains(id))
    }

    /// How many rows must have been written if nothing went wrong.
    pub(crate) fn len(&self) -> u64 {
        self.ids.len() as u64
    }

    /// The rows as the parameter of the statement.
    pub(crate) fn parameter(&self) -> Value {
        Value::from(format!("{}]", self.rows))
    }

    /// The statement for PostgreSQL, its rows being parameter `$n`.
    pub(crate) fn postgres(&self, n: usize) -> String {
        let mut typed = String::new();
        let mut read = String::new();
        for Column { name, kind } in &self.columns {
            separate(&mut typed);
            let _ = write!(typed, "\"{name}\" {}", kind.postgres());
            separate(&mut read);
            let _ = match kind {
                Kind::Bytes => write!(read, "decode(r.\"{name}\", 'hex')"),
                _ => write!(read, "r.\"{name}\""),
            };
        }
        self.statement(&read, &format!("json_to_recordset(${n}::json) AS r({typed})"), |column| match column.kind {
            Kind::Bytes => format!("decode(r.\"{}\", 'hex')", column.name),
            _ => format!("r.\"{}\"", column.name),
        })
    }

    /// The statement for SQLite, its rows being parameter `$1`.
    pub(crate) fn sqlite(&self) -> String {
        let mut read = String::new();
        for Column { name, kind } in &self.columns {
            separate(&mut read);
            let _ = match kind {
                Kind::Uuid | Kind::Bytes => write!(read, "unhex(json_extract(value, '$.{name}')) AS \"{name}\""),
                _ => write!(read, "json_extract(value, '$.{name}') AS \"{name}\""),
            };
        }
        let rows = match self.verb {
            Verb::Insert => "json_each($1)".to_owned(),
            Verb::Save => format!("(SELECT {read} FROM json_each($1)) AS r"),
        };
        self.statement(&read, &rows, |column| format!("r.\"{}\"", column.name))
    }

    fn statement(&self, read: &str, rows: &str, value: impl Fn(&Column) -> String) -> String {
        let table = self.table;
        match self.verb {
            Verb::Insert => {
                let mut names = String::new();
                for Column { name, .. } in &self.columns {
                    separate(&mut names);
                    let _ = write!(names, "\"{name}\"");
                }
                // SQLite would take `FROM … ON` for a join without a WHERE; nothing follows here, so none is needed.
                format!("INSERT INTO \"{table}\" ({names}) SELECT {read} FROM {rows}")
            }
            Verb::Save => {
                let mut set = String::new();
                for column in self.columns.iter().filter(|column| column.name != "id") {
                    separate(&mut set);
                    let _ = write!(set, "\"{}\" = {}", column.name, value(column));
                }
                format!(
                    "UPDATE \"{table}\" SET {set} FROM {rows} \
                     WHERE \"{table}\".\"id\" = r.\"id\" AND \"{table}\".\"version\" = r.\"version\" - 1"
                )
            }
        }
    }
}

impl Kind {
    fn of(column: &ColumnType) -> Option<Self> {
        match column {
            ColumnType::Uuid => Some(Self::Uuid),
            ColumnType::BigInteger | ColumnType::Integer | ColumnType::SmallInteger => Some(Self::Integer),
            ColumnType::Boolean => Some(Self::Boolean),
            ColumnType::VarBinary(_) | ColumnType::Binary(_) | ColumnType::Blob => Some(Self::Bytes),
            ColumnType::String(_) | ColumnType::Text => Some(Self::Text),
            _ => None,
        }
    }

    const fn postgres(self) -> &'static str {
        match self {
            Self::Uuid => "uuid",
            Self::Integer => "bigint",
            Self::Boolean => "boolean",
            // Bytes travel as hexadecimal text.
            Self::Bytes | Self::Text => "text",
        }
    }
}

/// Appends `"name": value` as JSON.
fn json(out: &mut String, name: &str, value: &Value) -> Result<(), StoreError> {
    let _ = match value {
        Value::Bool(Some(v)) => write!(out, "\"{name}\":{v}"),
        Value::SmallInt(Some(v)) => write!(out, "\"{name}\":{v}"),
        Value::Int(Some(v)) => write!(out, "\"{name}\":{v}"),
        Value::BigInt(Some(v)) => write!(out, "\"{name}\":{v}"),
        Value::Uuid(Some(v)) => write!(out, "\"{name}\":\"{}\"", v.simple()),
        Value::String(Some(v)) => {
            let text = serde_json::to_string(v).map_err(|e| StoreError::Corrupt(e.to_string()))?;
            write!(out, "\"{name}\":{text}")
        }
        Value::Bytes(Some(v)) => {
            let _ = write!(out, "\"{name}\":\"");
            for byte in v {
                let _ = write!(out, "{byte:02x}");
            }
            write!(out, "\"")
        }
        Value::Bool(None)
        | Value::SmallInt(None)
        | Value::Int(None)
        | Value::BigInt(None)
        | Value::Uuid(None)
        | Value::String(None)
        | Value::Bytes(None) => write!(out, "\"{name}\":null"),
        other => return Err(StoreError::Corrupt(format!("column {name} holds {other:?}, which no row carries"))),
    };
    Ok(())
}

fn separate(list: &mut String) {
    if !list.is_empty() {
        list.push_str(", ");
    }
}
