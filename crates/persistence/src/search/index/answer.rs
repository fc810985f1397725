//! What the index answers.

use tantivy::Searcher;

pub use super::order::{Hit, Key, Window};

use super::column::Visible;
use super::facet::{Facet, FacetValue, Tally};
use super::matching::{Candidate, candidates};
use super::request::{Choice, Query, Sight};
use super::{SearchIndex, correct};
use tradehall_domain::search::Question;

/// What was found.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Found {
    /// The hits of the window, in their order, and one more if there are more on its far side.
    pub hits: Vec<Hit>,
    /// How many hits there are.
    pub total: u64,
    /// What was counted.
    pub facets: Vec<Facet>,
    /// Whether errors had to be forgiven, because nothing that the viewer may see meets the words as they are.
    pub forgiven: bool,
    /// Words that are met by something that the viewer may see, where those asked for are not.
    pub did_you_mean: Option<String>,
}

/// The bits of all choices.
pub(super) fn all(choices: &[Choice]) -> u32 {
    // As many bits as choices, of which there are at most 31.
    (1_u32 << choices.len().min(31)) - 1
}

/// The candidates of each segment.
pub(super) struct Met {
    /// By segment.
    pub segments: Vec<Vec<Candidate>>,
    /// Whether errors were forgiven.
    pub forgiven: bool,
}

impl Met {
    pub(super) fn is_empty(&self) -> bool {
        self.segments.iter().all(Vec::is_empty)
    }

    /// How many candidates there are of which what they meet is `wanted`.
    pub(super) fn count(&self, wanted: impl Fn(u32) -> bool) -> usize {
        self.segments.iter().flatten().filter(|candidate| wanted(candidate.chosen)).count()
    }

    /// Keeps those that are `wanted`.
    pub(super) fn retain(&mut self, wanted: impl Fn(&Candidate) -> bool) {
        for segment in &mut self.segments {
            segment.retain(&wanted);
        }
    }
}

impl SearchIndex {
    /// What `sight` shows of what `query` means, in the part that `window` names.
    ///
    /// # Errors
    /// When the files of the index cannot be read.
    pub fn find(&self, sight: &Sight, query: &Query, window: &Window) -> tantivy::Result<Found> {
        self.find_among(sight, query, window, |_| true)
    }

    /// The same, with only those values of facets that are `wanted`.
    ///
    /// # Errors
    /// As [`SearchIndex::find`].
    pub(super) fn find_among(
        &self,
        sight: &Sight,
        query: &Query,
        window: &Window,
        wanted: impl Fn(&FacetValue) -> bool,
    ) -> tantivy::Result<Found> {
        let searcher = self.searcher();
        let (mut met, did_you_mean) = self.meet(&searcher, sight, query)?;
        let mut tally = Tally::default();
        if query.facets.any() {
            for (segment, candidates) in searcher.segment_readers().iter().zip(&met.segments) {
                tally.add(segment, candidates, &query.choices, &query.facets)?;
            }
        }
        let all = all(&query.choices);
        met.retain(|candidate| candidate.chosen == all);
        let hits = met.segments;
        Ok(Found {
            total: hits.iter().map(|hits| hits.len() as u64).sum(),
            hits: super::order::window(&searcher, &hits, query.order, window)?,
            facets: tally.facets(query.facets.values, wanted),
            forgiven: met.forgiven && hits.iter().any(|hits| !hits.is_empty()),
            did_you_mean,
        })
    }

    /// What meets the words of `query`, with errors where nothing meets them as they are, and which words may be meant then.
    pub(super) fn meet(
        &self,
        searcher: &Searcher,
        sight: &Sight,
        query: &Query,
    ) -> tantivy::Result<(Met, Option<String>)> {
        let question = query.question.as_ref();
        let mut met = self.met(searcher, sight, (question, false), &query.choices)?;
        if met.is_empty() && question.is_some() {
            met = self.met(searcher, sight, (question, true), &query.choices)?;
        }
        let did_you_mean = match question {
            Some(question) if met.forgiven || met.is_empty() => correct::correct(self, searcher, sight, question)?,
            _ => None,
        };
        Ok((met, did_you_mean))
    }

    /// What meets the words, and which choices each of it meets.
    pub(super) fn met(
        &self,
        searcher: &Searcher,
        sight: &Sight,
        (question, forgiven): (Option<&Question>, bool),
        choices: &[Choice],
    ) -> tantivy::Result<Met> {
        let mut segments = Vec::with_capacity(searcher.segment_readers().len());
        for segment in searcher.segment_readers() {
            let groups = self.groups(segment)?;
            let visible = Visible::new(segment, sight, &groups)?;
            segments.push(candidates(segment, &self.fields, &visible, (question, forgiven), choices)?);
        }
        Ok(Met { segments, forgiven })
    }

    /// Whether the viewer may see anything that meets the words.
    pub(super) fn meets(
        &self,
        searcher: &Searcher,
        sight: &Sight,
        question: (Option<&Question>, bool),
    ) -> tantivy::Result<bool> {
        Ok(!self.met(searcher, sight, question, &[])?.is_empty())
    }
}
