//! Changing the index.

use tantivy::indexer::{IndexWriterOptions, LogMergePolicy};
use tantivy::{IndexWriter, TantivyError, Term};
use uuid::Uuid;

use super::SearchIndex;
use super::document::Described;
use super::schema::Fields;

/// How much the writer gathers before it writes, in bytes: the least that the library takes.
const GATHERED: usize = 15_000_000;

/// How far an index has followed the database. It is kept with the commit that it describes, so that both are there or neither.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Position {
    /// Nothing was indexed.
    #[default]
    Empty,
    /// It is being built from all products; those up to `after` are in it. Events count from `head` on.
    Building {
        /// The position of the newest event when the building began.
        head: i64,
        /// The last product that is in it.
        after: Uuid,
    },
    /// It holds what the events up to this position told.
    Following(i64),
}

impl Position {
    pub(super) fn parse(text: &str) -> Option<Self> {
        let mut parts = text.split(' ');
        match (parts.next()?, parts.next()?, parts.next()) {
            ("building", head, Some(after)) => {
                Some(Self::Building { head: head.parse().ok()?, after: Uuid::try_parse(after).ok()? })
            }
            ("following", position, None) => Some(Self::Following(position.parse().ok()?)),
            _ => None,
        }
    }

    fn write(self) -> String {
        match self {
            Self::Empty => String::new(),
            Self::Building { head, after } => format!("building {head} {after}"),
            Self::Following(position) => format!("following {position}"),
        }
    }
}

/// The one that may change an index; other processes that try meanwhile are refused.
pub(crate) struct Writer {
    writer: IndexWriter,
    fields: Fields,
}

impl SearchIndex {
    /// Takes the right to change the index.
    ///
    /// # Errors
    /// When another process has it, or the files cannot be written.
    pub(crate) fn writer(&self) -> tantivy::Result<Writer> {
        let options = IndexWriterOptions::builder()
            .num_worker_threads(1)
            .num_merge_threads(1)
            .memory_budget_per_thread(GATHERED)
            .build();
        let writer: IndexWriter = self.index.writer_with_options(options)?;
        let mut merging = LogMergePolicy::default();
        merging.set_del_docs_ratio_before_merge(0.3);
        writer.set_merge_policy(Box::new(merging));
        Ok(Writer { writer, fields: self.fields })
    }
}

impl Writer {
    /// Puts a product in, in place of what was there of it.
    ///
    /// # Errors
    /// When the files cannot be written.
    pub fn put(&mut self, described: &Described) -> tantivy::Result<()> {
        self.remove(described.id);
        self.writer.add_document(self.fields.document(described))?;
        Ok(())
    }

    /// Takes a product out.
    pub fn remove(&mut self, id: Uuid) {
        self.writer.delete_term(Term::from_field_bytes(self.fields.id, id.as_bytes()));
    }

    /// Makes what was changed durable, together with how far it goes.
    ///
    /// # Errors
    /// When the files cannot be written: then the index is as it was at the last commit.
    pub fn commit(&mut self, position: Position) -> tantivy::Result<()> {
        let mut commit = self.writer.prepare_commit()?;
        commit.set_payload(&position.write());
        commit.commit()?;
        Ok(())
    }
}

/// A writer, and how far what was written with it goes.
pub(crate) struct Writing {
    writer: Writer,
    /// How far it goes, committed or not.
    pub position: Position,
}

impl SearchIndex {
    /// A writer that goes on where the index stands; `None` while another process has it.
    pub(crate) fn write(&self) -> tantivy::Result<Option<Writing>> {
        match self.writer() {
            Ok(writer) => Ok(Some(Writing { writer, position: self.position()? })),
            Err(TantivyError::LockFailure(..)) => Ok(None),
            Err(error) => Err(error),
        }
    }
}

impl Writing {
    /// As [`Writer::put`].
    pub fn put(&mut self, described: &Described) -> tantivy::Result<()> {
        self.writer.put(described)
    }

    /// As [`Writer::commit`].
    pub fn commit(&mut self) -> tantivy::Result<()> {
        self.writer.commit(self.position)
    }
}
