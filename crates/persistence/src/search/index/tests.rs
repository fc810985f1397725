//! The index against a naive reading of the same products, for random products, viewers and searches; and that what a viewer may not
//! see changes nothing in its answers.

mod naive;
mod shelf;

use proptest::prelude::*;

use super::{Facets, Order, Query, SearchIndex, Window};
use shelf::{Shelf, shelf, sight};

/// Puts the products in, some of them twice and in several commits, so that there are segments and deleted documents.
fn index(shelf: &Shelf) -> SearchIndex {
    let index = SearchIndex::open(None).unwrap();
    let mut writing = index.write().unwrap().unwrap();
    for (n, described) in shelf.products.iter().enumerate() {
        if n % 3 == 0 {
            let mut earlier = described.clone();
            earlier.categories.clear();
            earlier.viewers = Some(shelf::group(0));
            writing.put(&earlier).unwrap();
        }
        if n % 7 == 6 {
            writing.commit().unwrap();
        }
        writing.put(described).unwrap();
    }
    writing.commit().unwrap();
    index.refresh().unwrap();
    index
}

fn all(query: &Query) -> (Query, Window) {
    let facets = Facets { category: true, brand: true, owner: true, attributes: true, values: 1_000 };
    (Query { facets, ..query.clone() }, Window { limit: 1_000, ..Window::default() })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 32, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn hits_and_counts_are_those_of_a_naive_reading(
        shelf in shelf(),
        sight in sight(),
        queries in prop::collection::vec(shelf::query(), 1..12),
    ) {
        let index = index(&shelf);
        for query in &queries {
            let (query, window) = all(query);
            let found = index.find(&sight, &query, &window).unwrap();
            let expected = naive::find(&shelf, &sight, &query);
            let hits: Vec<_> = found.hits.iter().map(|hit| hit.id).collect();
            prop_assert_eq!(&hits, &expected.hits, "{:?}", query);
            prop_assert_eq!(found.total, hits.len() as u64);
            prop_assert_eq!(found.forgiven, expected.forgiven && !hits.is_empty());
            prop_assert_eq!(naive::counts(&found.facets), expected.counts, "{:?}", query);
            if let Some(words) = &found.did_you_mean {
                let question = tradehall_domain::search::Question::parse(words).unwrap();
                let meant = Query { question: Some(question), choices: Vec::new(), ..query };
                prop_assert!(index.find(&sight, &meant, &window).unwrap().total > 0, "{} leads nowhere", words);
            }
        }
    }

    #[test]
    fn what_is_hidden_changes_no_answer(
        shelf in shelf(),
        hidden in shelf(),
        sight in sight(),
        queries in prop::collection::vec(shelf::query(), 1..12),
    ) {
        let without = shelf.visible_to(&sight);
        let with = without.mixed_with(hidden.hidden_from(&sight));
        let (without, with) = (index(&without), index(&with));
        for query in &queries {
            let (query, window) = all(query);
            let found = without.find(&sight, &query, &window).unwrap();
            prop_assert_eq!(&found, &with.find(&sight, &query, &window).unwrap(), "{:?}", query);
            if let Some(question) = &query.question {
                let suggested = without.suggest(&sight, question, 5).unwrap();
                prop_assert_eq!(suggested, with.suggest(&sight, question, 5).unwrap());
            }
            for place in &found.hits {
                let page = Window { limit: 2, after: Some(place.clone()), ..Window::default() };
                let next = without.find(&sight, &query, &page).unwrap();
                prop_assert_eq!(next, with.find(&sight, &query, &page).unwrap());
            }
        }
    }

    #[test]
    fn pages_make_up_the_whole_in_either_direction(shelf in shelf(), sight in sight(), query in shelf::query(), limit in 1..4_usize) {
        let index = index(&shelf);
        for order in [Order::Relevance, Order::Name, Order::Number, Order::Newest] {
            let query = Query { order, ..query.clone() };
            let whole = index.find(&sight, &query, &Window { limit: 1_000, ..Window::default() }).unwrap().hits;
            let (mut ahead, mut back) = (Vec::new(), Vec::new());
            loop {
                let window = Window { limit, after: ahead.last().cloned(), ..Window::default() };
                let hits = index.find(&sight, &query, &window).unwrap().hits;
                ahead.extend(hits.iter().take(limit).cloned());
                if hits.len() <= limit {
                    break;
                }
            }
            loop {
                let window = Window { limit, before: back.first().cloned(), backward: true, ..Window::default() };
                let mut hits = index.find(&sight, &query, &window).unwrap().hits;
                let more = hits.len() > limit;
                hits.drain(..hits.len().saturating_sub(limit));
                back.splice(..0, hits);
                if !more {
                    break;
                }
            }
            prop_assert_eq!(&ahead, &whole);
            prop_assert_eq!(&back, &whole);
            for hit in &whole {
                let told = super::Hit::decode(&hit.encode(), order);
                prop_assert_eq!(told.as_ref(), Some(hit));
            }
        }
    }
}

#[test]
fn an_index_goes_on_where_its_last_commit_stands() {
    use super::Position;
    let folder = std::env::temp_dir().join(format!("tradehall-index-{}", uuid::Uuid::now_v7().simple()));
    let open = || SearchIndex::open(Some(&folder)).unwrap();
    let first = open();
    assert_eq!(first.position().unwrap(), Position::Empty);
    let mut writing = first.write().unwrap().unwrap();
    assert!(open().write().unwrap().is_none(), "one writer at a time");
    let product = shelf::product(1, "M8", "Bolt", None);
    for position in [Position::Building { head: 7, after: product.id }, Position::Following(9)] {
        writing.put(&product).unwrap();
        writing.position = position;
        writing.commit().unwrap();
        assert_eq!(open().position().unwrap(), position);
    }
    writing.put(&shelf::product(2, "M9", "Nut", None)).unwrap();
    drop(writing);
    let again = open();
    assert_eq!(again.write().unwrap().unwrap().position, Position::Following(9));
    let query = Query { question: None, choices: vec![], facets: Facets::default(), order: Order::Newest };
    let found = again.find(&shelf::everything(), &query, &Window { limit: 9, ..Window::default() }).unwrap();
    assert_eq!(found.total, 1, "what was not committed is not there");
    drop((first, again));
    std::fs::remove_dir_all(folder).unwrap();
}
