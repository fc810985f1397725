//! What to offer while somebody types.

use tradehall_domain::search::{Question, pieces};
use uuid::Uuid;

use super::SearchIndex;
use super::order::Window;
use super::request::{FacetKey, Facets, FilterKey, Order, Query, Sight};

/// Something that can be meant by what was typed so far.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Suggestion {
    /// What it is.
    pub kind: SuggestionKind,
    /// What it is called; empty for a product, which has to be loaded.
    pub label: String,
    /// How many products the viewer would find by it.
    pub count: u64,
}

/// What a suggestion is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SuggestionKind {
    /// A product.
    Product(Uuid),
    /// A brand, in its folded form.
    Brand(String),
    /// A category.
    Category(Uuid),
}

/// How many brands, and how many categories, are suggested.
const OF_EACH: usize = 5;

impl SearchIndex {
    /// Categories and brands whose names have every word of `question`, the last one begun, and the first `limit` products that do;
    /// of what `sight` shows and nothing else.
    ///
    /// # Errors
    /// When the files of the index cannot be read.
    pub fn suggest(&self, sight: &Sight, question: &Question, limit: usize) -> tantivy::Result<Vec<Suggestion>> {
        let query = Query {
            question: Some(question.clone()),
            choices: Vec::new(),
            facets: Facets { category: true, brand: true, values: OF_EACH, ..Facets::default() },
            order: Order::Relevance,
        };
        let window = Window { limit, ..Window::default() };
        let found = self.find_among(sight, &query, &window, |value| is_begun(&value.label, question))?;
        let mut suggestions = Vec::new();
        for facet in found.facets {
            if !matches!(facet.key, FacetKey::Category | FacetKey::Brand) {
                continue;
            }
            for value in facet.values {
                let kind = match value.key {
                    FilterKey::Category(id) => SuggestionKind::Category(id),
                    FilterKey::Brand(brand) => SuggestionKind::Brand(brand),
                    _ => continue,
                };
                suggestions.push(Suggestion { kind, label: value.label, count: value.count });
            }
        }
        let product = |id| Suggestion { kind: SuggestionKind::Product(id), label: String::new(), count: 1 };
        suggestions.extend(found.hits.iter().take(limit).map(|hit| product(hit.id)));
        Ok(suggestions)
    }
}

/// Whether each word begins a word of `label`.
fn is_begun(label: &str, question: &Question) -> bool {
    let pieces = pieces(label);
    question.words().iter().all(|word| pieces.iter().any(|piece| piece.starts_with(&word.text)))
}
