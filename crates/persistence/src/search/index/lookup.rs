//! From words and filters to the lists of documents of one segment.

use tantivy::index::SegmentReader;
use tantivy::postings::SegmentPostings;
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::termdict::TermDictionary;
use tradehall_domain::search::{Level, Word};

use super::column::Visible;
use super::request::FilterKey;
use super::schema::Fields;
use super::typo::Typo;

/// The documents of one term, and what a hit in them counts.
pub struct List {
    /// The documents, in ascending order.
    pub postings: SegmentPostings,
    /// What each of them counts.
    pub points: u16,
}

/// The lists of which one has to hold a document.
#[derive(Default)]
pub struct Clause {
    /// The lists.
    pub lists: Vec<List>,
    /// How many documents they hold, those counted twice that stand in two.
    pub cost: u64,
}

impl Clause {
    fn push(&mut self, postings: SegmentPostings, points: u16) {
        self.cost += u64::from(postings.doc_freq());
        self.lists.push(List { postings, points });
    }

    /// The documents that meet `word`: as it is, with what it begins, joined with a neighbour, and with errors if they are `forgiven`.
    /// Texts that only some may find are read behind `visible`'s prefixes, where there are any.
    pub fn of_word(
        segment: &SegmentReader,
        fields: &Fields,
        visible: &Visible<'_>,
        word: &Word,
        forgiven: bool,
    ) -> tantivy::Result<Self> {
        let mut clause = Self::default();
        for text in std::iter::once(&word.text).chain(&word.joined) {
            clause.written(segment, fields, visible, text)?;
        }
        if forgiven && let Some(typo) = Typo::of(word) {
            clause.mistyped(segment, fields.entry, &[], &typo)?;
            for prefix in visible.own_prefixes() {
                clause.mistyped(segment, fields.private, prefix, &typo)?;
            }
        }
        // The best first, so that a document's first list tells its points.
        clause.lists.sort_by_key(|list| std::cmp::Reverse(list.points));
        Ok(clause)
    }

    /// The documents that have two words written together.
    pub fn of_pair(
        segment: &SegmentReader,
        fields: &Fields,
        visible: &Visible<'_>,
        pair: &str,
    ) -> tantivy::Result<Self> {
        let mut clause = Self::default();
        clause.written(segment, fields, visible, pair)?;
        Ok(clause)
    }

    /// The documents that have `text` for the viewer.
    fn written(
        &mut self,
        segment: &SegmentReader,
        fields: &Fields,
        visible: &Visible<'_>,
        text: &str,
    ) -> tantivy::Result<()> {
        self.exact(segment, fields.entry, &[], text)?;
        for prefix in visible.prefixes() {
            self.exact(segment, fields.private, prefix, text)?;
        }
        Ok(())
    }

    fn exact(&mut self, segment: &SegmentReader, field: Field, prefix: &[u8], text: &str) -> tantivy::Result<()> {
        let inverted = segment.inverted_index(field)?;
        if inverted.terms().num_terms() == 0 {
            return Ok(());
        }
        let bounds = [prefix, text.as_bytes(), &[0]].concat();
        let end = [prefix, text.as_bytes(), &[1]].concat();
        let mut terms = inverted.terms().range().ge(bounds).lt(end).into_stream()?;
        while terms.advance() {
            let Some(level) = terms.key().last().copied().and_then(Level::from_byte) else { continue };
            let postings = inverted.read_postings_from_terminfo(terms.value(), IndexRecordOption::Basic)?;
            self.push(postings, level.points());
        }
        Ok(())
    }

    fn mistyped(&mut self, segment: &SegmentReader, field: Field, prefix: &[u8], typo: &Typo) -> tantivy::Result<()> {
        let inverted = segment.inverted_index(field)?;
        for (info, level) in typo.matches(inverted.terms(), prefix)? {
            let postings = inverted.read_postings_from_terminfo(&info, IndexRecordOption::Basic)?;
            self.push(postings, level.points());
        }
        Ok(())
    }

    /// The documents that have one of `keys`.
    pub fn of_filter(segment: &SegmentReader, fields: &Fields, keys: &[FilterKey]) -> tantivy::Result<Self> {
        let inverted = segment.inverted_index(fields.filter)?;
        let mut clause = Self::default();
        for key in keys {
            let (first, last) = key.bounds();
            for info in between(inverted.terms(), &first, &last)? {
                clause.push(inverted.read_postings_from_terminfo(&info, IndexRecordOption::Basic)?, 0);
            }
        }
        Ok(clause)
    }
}

/// The terms from `first` to `last`, both included.
fn between(terms: &TermDictionary, first: &[u8], last: &[u8]) -> tantivy::Result<Vec<tantivy::postings::TermInfo>> {
    if first == last {
        return Ok(terms.get(first)?.into_iter().collect());
    }
    let mut found = Vec::new();
    let mut stream = terms.range().ge(first).le(last).into_stream()?;
    while stream.advance() {
        found.push(stream.value().clone());
    }
    Ok(found)
}
