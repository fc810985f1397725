//! A search that something narrows which the index does not know, such as a price.

use std::collections::HashSet;

use tantivy::Searcher;
use uuid::Uuid;

use super::SearchIndex;
use super::answer::{Found, Hit, Met, Window, all};
use super::column::Ids;
use super::facet::Tally;
use super::request::{Query, Sight};

/// A search under way: everything that meets it, before it is narrowed. It keeps the commit that it was begun on.
pub struct Narrowing {
    searcher: Searcher,
    query: Query,
    met: Met,
    did_you_mean: Option<String>,
    hits: Vec<Hit>,
    others: Vec<Uuid>,
    is_partial: bool,
}

impl std::fmt::Debug for Narrowing {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Narrowing").field("query", &self.query).finish_non_exhaustive()
    }
}

impl SearchIndex {
    /// Begins a search of at most `max` hits; `None` if there are more.
    ///
    /// # Errors
    /// When the files of the index cannot be read.
    pub fn begin(&self, sight: &Sight, query: &Query, max: usize) -> tantivy::Result<Option<Narrowing>> {
        let searcher = self.searcher();
        let (mut met, did_you_mean) = self.meet(&searcher, sight, query)?;
        let every = all(&query.choices);
        let hits = met.count(|chosen| chosen == every);
        if hits > max {
            return Ok(None);
        }
        // A facet is counted as if its own choice were not: that takes what misses this choice alone.
        let is_aside = |chosen: u32| (every & !chosen).count_ones() == 1;
        let others = if query.facets.any() { met.count(is_aside) } else { 0 };
        let is_partial = hits + others > max;
        met.retain(|candidate| candidate.chosen == every || !is_partial && others > 0 && is_aside(candidate.chosen));
        let mut aside = Vec::with_capacity(if is_partial { 0 } else { others });
        let mut segments = Vec::with_capacity(met.segments.len());
        for (segment, candidates) in searcher.segment_readers().iter().zip(&met.segments) {
            let ids = Ids::of(segment)?;
            let missed = candidates.iter().filter(|candidate| candidate.chosen != every);
            aside.extend(missed.map(|candidate| Uuid::from_u128(ids.get(candidate.document))));
            segments.push(candidates.iter().filter(|candidate| candidate.chosen == every).copied().collect());
        }
        let window = Window { limit: max, ..Window::default() };
        let hits = super::order::window(&searcher, &segments, query.order, &window)?;
        Ok(Some(Narrowing { searcher, query: query.clone(), met, did_you_mean, hits, others: aside, is_partial }))
    }
}

impl Narrowing {
    /// Everything that was found, in its order.
    #[must_use]
    pub fn hits(&self) -> &[Hit] {
        &self.hits
    }

    /// Products that are no hits, but would be without the choices of one facet: its counts need them.
    #[must_use]
    pub fn others(&self) -> &[Uuid] {
        &self.others
    }

    /// What is told of the hits and others that are in `kept`, without the hits themselves. Where there were more others than could be
    /// looked at, a facet with choices is counted within them, and says so.
    ///
    /// # Errors
    /// As [`SearchIndex::begin`].
    pub fn narrowed(mut self, kept: &HashSet<Uuid>) -> tantivy::Result<Found> {
        let mut tally = Tally::default();
        for (segment, candidates) in self.searcher.segment_readers().iter().zip(&mut self.met.segments) {
            let ids = Ids::of(segment)?;
            candidates.retain(|candidate| kept.contains(&Uuid::from_u128(ids.get(candidate.document))));
            if self.query.facets.any() {
                tally.add(segment, candidates, &self.query.choices, &self.query.facets)?;
            }
        }
        let mut facets = tally.facets(self.query.facets.values, |_| true);
        for facet in &mut facets {
            let is_chosen = self.query.choices.iter().any(|choice| choice.facet == facet.key);
            facet.within_choices = self.is_partial && is_chosen;
        }
        Ok(Found {
            hits: Vec::new(),
            total: self.hits.iter().filter(|hit| kept.contains(&hit.id)).count() as u64,
            facets,
            forgiven: self.met.forgiven && !self.hits.is_empty(),
            did_you_mean: self.did_you_mean,
        })
    }
}
