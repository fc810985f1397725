//! The index: what of the published products is searched, without the database.
//!
//! One document per product, made of terms and columns only: nothing is stored that would have to be read back. It answers ids; the
//! products themselves are loaded through a transaction, which is the second wall. What a search may count is decided here first, by
//! the groups that the viewer belongs to, before anything is counted, ordered or suggested.

mod answer;
mod cache;
mod column;
mod correct;
mod document;
mod facet;
mod lookup;
mod matching;
mod narrowing;
mod order;
mod reader;
mod request;
mod schema;
mod spelling;
mod suggest;
#[cfg(test)]
mod tests;
mod typo;
mod writer;

use std::collections::HashMap;
use std::path::Path;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use tantivy::directory::MmapDirectory;
use tantivy::index::{SegmentId, SegmentReader};
use tantivy::{Index, IndexReader, ReloadPolicy, Searcher};
use uuid::Uuid;

pub use answer::{Found, Hit, Key, Window};
pub use document::{Described, PathCategory};
pub use facet::{Facet, FacetValue};
pub use narrowing::Narrowing;
pub use request::{Choice, FacetKey, Facets, FilterKey, Order, Query, Sight};
pub use suggest::{Suggestion, SuggestionKind};
pub use writer::Position;
pub(crate) use writer::Writing;

use cache::Asked;
use schema::Fields;

/// Raised whenever documents are made or read differently: an index of another version is made anew.
pub const VERSION: u32 = 2;

/// Of how many segments the groups are kept, those that were merged away included.
const SEGMENTS_KNOWN: usize = 256;

/// One node's index.
pub struct SearchIndex {
    index: Index,
    reader: IndexReader,
    fields: Fields,
    /// The groups of each segment by their numbers there: segments do not change.
    groups: Mutex<HashMap<SegmentId, Arc<[Uuid]>>>,
    answers: Mutex<HashMap<Asked, Arc<Found>>>,
    writing: tokio::sync::Mutex<Option<Writing>>,
    /// The commit that is looked at.
    seen: AtomicU64,
}

impl std::fmt::Debug for SearchIndex {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("SearchIndex").finish_non_exhaustive()
    }
}

impl SearchIndex {
    /// The index in `folder`, made empty where there is none of this [`VERSION`]; in memory without a folder.
    ///
    /// # Errors
    /// When the folder cannot be used.
    pub fn open(folder: Option<&Path>) -> tantivy::Result<Self> {
        let (schema, fields) = Fields::build();
        let index = match folder {
            None => Index::create_in_ram(schema),
            Some(folder) => {
                let folder = folder.join(format!("v{VERSION}"));
                std::fs::create_dir_all(&folder)?;
                Index::open_or_create(MmapDirectory::open(&folder)?, schema)?
            }
        };
        let reader = index.reader_builder().reload_policy(ReloadPolicy::Manual).try_into()?;
        Ok(Self {
            index,
            reader,
            fields,
            groups: Mutex::default(),
            answers: Mutex::default(),
            writing: tokio::sync::Mutex::default(),
            seen: AtomicU64::new(0),
        })
    }

    /// What was last committed, as far as it was looked at by [`SearchIndex::refresh`].
    pub(crate) fn searcher(&self) -> Searcher {
        self.reader.searcher()
    }

    /// Looks at what was committed since.
    ///
    /// # Errors
    /// When the files cannot be read.
    pub fn refresh(&self) -> tantivy::Result<()> {
        self.reader.reload()
    }

    /// The same, if anything was: for a process that another one writes for.
    pub(crate) fn refresh_if_changed(&self) -> tantivy::Result<()> {
        let committed = self.index.load_metas()?.opstamp;
        if self.seen.swap(committed, Ordering::Relaxed) == committed { Ok(()) } else { self.refresh() }
    }

    /// The writer, for one who changes the index.
    pub(crate) async fn writing(&self) -> tokio::sync::MutexGuard<'_, Option<Writing>> {
        self.writing.lock().await
    }

    /// How far the index had followed the database when it was last committed.
    ///
    /// # Errors
    /// When the files cannot be read.
    pub fn position(&self) -> tantivy::Result<Position> {
        Ok(self.index.load_metas()?.payload.as_deref().and_then(Position::parse).unwrap_or_default())
    }

    /// The groups of a segment by their numbers there.
    fn groups(&self, segment: &SegmentReader) -> tantivy::Result<Arc<[Uuid]>> {
        let id = segment.segment_id();
        let known = || self.groups.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(groups) = known().get(&id) {
            return Ok(groups.clone());
        }
        let groups: Arc<[Uuid]> = column::groups(segment)?.into();
        let mut known = known();
        if known.len() >= SEGMENTS_KNOWN {
            known.clear();
        }
        known.insert(id, groups.clone());
        Ok(groups)
    }
}
