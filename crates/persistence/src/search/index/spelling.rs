//! Words as they are written in products, for those that were compared without their marks.

use std::collections::{BTreeMap, BTreeSet};

use tantivy::schema::IndexRecordOption;
use tantivy::{DocSet as _, Searcher, TERMINATED};
use tradehall_domain::catalog::ProductDetails;
use tradehall_domain::search::spellings;
use tradehall_domain::text::ShortText;

use super::SearchIndex;
use super::column::Visible;
use super::request::Sight;

/// How many products count for one way of writing a word: what is more frequent than that is as good as anything.
const COUNTED_MAX: u32 = 1_000;

/// The words of a product's name, brand, categories and attributes as they are compared, each with how it is written.
pub(super) fn spelled(details: &ProductDetails, categories: &[&str]) -> BTreeSet<(String, String)> {
    let texts = [details.name.as_str()].into_iter().chain(details.brand.as_ref().map(ShortText::as_str));
    let values = details.attributes.iter().map(|attribute| attribute.value.as_str());
    texts.chain(categories.iter().copied()).chain(values).flat_map(spellings).collect()
}

impl SearchIndex {
    /// `word` in the way in which most of the products write it that the viewer may see, those of equally many in the order of their
    /// letters; as it is where none has it as a word.
    pub(super) fn spell(&self, searcher: &Searcher, sight: &Sight, word: String) -> tantivy::Result<String> {
        let (first, end) = ([word.as_bytes(), &[0]].concat(), [word.as_bytes(), &[1]].concat());
        let mut counts: BTreeMap<Vec<u8>, u32> = BTreeMap::new();
        for segment in searcher.segment_readers() {
            let groups = self.groups(segment)?;
            let visible = Visible::new(segment, sight, &groups)?;
            let inverted = segment.inverted_index(self.fields.spelling)?;
            let mut terms = inverted.terms().range().ge(&first).lt(&end).into_stream()?;
            while terms.advance() {
                let written = terms.key().get(first.len()..).unwrap_or_default();
                let count = counts.entry(written.to_vec()).or_default();
                let mut postings = inverted.read_postings_from_terminfo(terms.value(), IndexRecordOption::Basic)?;
                while postings.doc() != TERMINATED && *count < COUNTED_MAX {
                    *count += u32::from(visible.shows(postings.doc()));
                    postings.advance();
                }
            }
        }
        let best = counts.into_iter().filter(|(_, count)| *count > 0).rev().max_by_key(|(_, count)| *count);
        Ok(best.and_then(|(written, _)| String::from_utf8(written).ok()).unwrap_or(word))
    }
}
