//! The columns of one segment.

use std::sync::Arc;
use tantivy::DocId;
use tantivy::columnar::{BytesColumn, ColumnBlockAccessor, ColumnValues};
use tantivy::index::SegmentReader;
use uuid::Uuid;

use super::matching::Candidate;
use super::reader::Prefix;

/// How many documents are read from a column at once.
const BLOCK: usize = 256;

/// Which documents of a segment a viewer may know of: what decides it is read per document.
pub struct Visible<'a> {
    segment: &'a SegmentReader,
    viewers: Option<BytesColumn>,
    owners: Option<BytesColumn>,
    /// By the number that a group has in the segment.
    allowed: Vec<bool>,
    own: Option<u64>,
    unpublished: bool,
    prefixes: Vec<Prefix>,
    own_prefixes: Vec<Prefix>,
}

impl<'a> Visible<'a> {
    /// What `sight` shows of `segment`, in which groups have the numbers of their places in `groups`.
    pub fn new(segment: &'a SegmentReader, sight: &super::Sight, groups: &[Uuid]) -> tantivy::Result<Self> {
        let allowed = groups.iter().map(|group| sight.groups.binary_search(group).is_ok()).collect();
        let owners = segment.fast_fields().bytes("owner")?;
        let own = match (&owners, sight.own) {
            (Some(owners), Some(own)) => owners.dictionary().term_ord(own.as_bytes())?,
            _ => None,
        };
        let viewers = segment.fast_fields().bytes("viewers")?;
        let (prefixes, own_prefixes) = (sight.prefixes(), sight.own_prefixes());
        Ok(Self { segment, viewers, owners, allowed, own, unpublished: sight.unpublished, prefixes, own_prefixes })
    }

    /// The parts in which the viewer's words are looked up besides those of everybody.
    pub fn prefixes(&self) -> &[Prefix] {
        &self.prefixes
    }

    /// Those of them in which a mistyped word may be meant.
    pub fn own_prefixes(&self) -> &[Prefix] {
        &self.own_prefixes
    }

    /// Whether the document is there, and the viewer may know of it.
    pub fn shows(&self, document: DocId) -> bool {
        let group = self.viewers.as_ref().and_then(|viewers| viewers.ords().first(document));
        self.shows_of(group, document)
    }

    /// Keeps those of `candidates` that are there, and that the viewer may know of.
    pub fn retain(&self, candidates: &mut Vec<Candidate>) {
        let mut shown = Vec::with_capacity(candidates.len());
        let mut documents = Vec::with_capacity(BLOCK);
        let mut groups = [None; BLOCK];
        for block in candidates.chunks(BLOCK) {
            documents.clear();
            documents.extend(block.iter().map(|candidate| candidate.document));
            groups.fill(None);
            if let (Some(viewers), Some(groups)) = (&self.viewers, groups.get_mut(..documents.len())) {
                viewers.ords().first_vals(&documents, groups);
            }
            shown.extend(documents.iter().zip(groups).map(|(document, group)| self.shows_of(group, *document)));
        }
        let mut shown = shown.into_iter();
        candidates.retain(|_| shown.next().unwrap_or(false));
    }

    /// The same of a document that is shown to `group`.
    fn shows_of(&self, group: Option<u64>, document: DocId) -> bool {
        if self.segment.is_deleted(document) {
            return false;
        }
        if group.and_then(|group| self.allowed.get(usize::try_from(group).ok()?)).copied().unwrap_or(false) {
            return true;
        }
        let is_own =
            self.own.is_some() && self.owners.as_ref().and_then(|owners| owners.ords().first(document)) == self.own;
        is_own && (group.is_some() || self.unpublished)
    }
}

/// The groups of a segment in the order of their numbers.
pub fn groups(segment: &SegmentReader) -> tantivy::Result<Vec<Uuid>> {
    let Some(viewers) = segment.fast_fields().bytes("viewers")? else { return Ok(Vec::new()) };
    let mut groups = Vec::with_capacity(viewers.num_terms());
    let mut terms = viewers.dictionary().stream()?;
    while terms.advance() {
        groups.push(Uuid::from_slice(terms.key()).unwrap_or(Uuid::max()));
    }
    Ok(groups)
}

/// The ids of a segment's documents.
pub struct Ids {
    high: Arc<dyn ColumnValues<u64>>,
    low: Arc<dyn ColumnValues<u64>>,
}

impl Ids {
    /// Those of `segment`.
    pub fn of(segment: &SegmentReader) -> tantivy::Result<Self> {
        let half = |name: &str| segment.fast_fields().column_first_or_default::<u64>(name);
        Ok(Self { high: half("high")?, low: half("low")? })
    }

    /// The id of a document, as a number that sorts as the id does.
    pub fn get(&self, document: DocId) -> u128 {
        (u128::from(self.high.get_val(document)) << 64) | u128::from(self.low.get_val(document))
    }
}

/// How many of `documents`, in ascending order, have each value of a column, by the value's number.
pub fn counts(column: &BytesColumn, mut documents: impl Iterator<Item = DocId>) -> Vec<(u64, u32)> {
    let mut counts = vec![0_u32; column.num_terms()];
    let mut values = ColumnBlockAccessor::<u64>::default();
    let mut block = Vec::with_capacity(BLOCK);
    loop {
        block.clear();
        block.extend(documents.by_ref().take(BLOCK));
        if block.is_empty() {
            break;
        }
        values.fetch_block(&block, column.ords());
        for value in values.iter_vals() {
            if let Some(count) = usize::try_from(value).ok().and_then(|value| counts.get_mut(value)) {
                *count += 1;
            }
        }
    }
    counts.into_iter().enumerate().filter(|(_, count)| *count > 0).map(|(n, count)| (n as u64, count)).collect()
}
