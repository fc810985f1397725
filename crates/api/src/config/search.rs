//! Where this process keeps its index of products.

use std::path::PathBuf;

use super::{
    Database, DatabaseUrl,
    reader::Reader,
    value,
    variable::{Group, Variable},
};

const DIRECTORY: Variable = Variable::optional(
    "TRADEHALL_SEARCH_DIR",
    "The directory of this process's search index, made anew from the database when it is lost; without it `DATABASE.search` beside an \
     embedded database, else `data/search`.",
);

pub(super) const GROUP: Group = Group { title: "Search", variables: &[&DIRECTORY] };

/// The directory that is set, if one is.
pub(super) fn read(reader: &mut Reader<'_>) -> Option<Option<PathBuf>> {
    reader.optional(&DIRECTORY, value::path)
}

/// The directory of the index: the one that is set, else one beside what the process keeps already.
pub(super) fn directory(set: Option<PathBuf>, database: &Database) -> PathBuf {
    set.unwrap_or_else(|| match &database.url {
        DatabaseUrl::Sqlite(path) => path.with_extension("search"),
        DatabaseUrl::Postgres(_) => PathBuf::from("data/search"),
    })
}
