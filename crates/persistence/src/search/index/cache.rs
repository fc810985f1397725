//! Answers that are kept until the next commit: the pages of one search, and what many ask alike.
//!
//! What the viewer may see is part of the key, whole and not by a hash, so that nobody is told what another one was.

use std::sync::{Arc, PoisonError};

use super::SearchIndex;
use super::answer::{Found, Window};
use super::request::{Query, Sight};

/// How many answers are kept.
const ANSWERS_KEPT: usize = 64;

/// What was asked of which commit.
#[derive(PartialEq, Eq, Hash)]
pub struct Asked {
    generation: u64,
    sight: Sight,
    query: Query,
    window: Window,
}

impl SearchIndex {
    /// As [`SearchIndex::find`], or the same answer as before if nothing was committed since.
    ///
    /// # Errors
    /// As [`SearchIndex::find`].
    pub fn find_cached(&self, sight: &Sight, query: &Query, window: &Window) -> tantivy::Result<Arc<Found>> {
        let generation = self.searcher().generation().generation_id();
        let asked = Asked { generation, sight: sight.clone(), query: query.clone(), window: window.clone() };
        let kept = || self.answers.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(found) = kept().get(&asked) {
            return Ok(found.clone());
        }
        let found = Arc::new(self.find(sight, query, window)?);
        let mut kept = kept();
        if kept.len() >= ANSWERS_KEPT {
            kept.retain(|asked, _| asked.generation == generation);
        }
        if kept.len() >= ANSWERS_KEPT {
            kept.clear();
        }
        kept.insert(asked, found.clone());
        Ok(found)
    }
}
