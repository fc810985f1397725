//! The index against a naive reading of the same products, for random products, viewers and searches; and that what a viewer may not
//! see changes nothing in its answers.

mod naive;
mod shelf;

use std::collections::HashSet;

use proptest::prelude::*;

use super::{Facets, Order, Query, SearchIndex, Sight, Window};
use shelf::{Shelf, shelf, sight};
use tradehall_domain::catalog::PartNumberKind;

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
            let expected = naive::find(&shelf, &sight, &query, |_| true);
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
        let visible = shelf.visible_to(&sight);
        let without = visible.clone().told_to(&sight);
        let with = visible.mixed_with(hidden.hidden_from(&sight));
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
    fn what_is_narrowed_from_outside_is_counted_as_if_nothing_else_were_there(
        shelf in shelf(),
        sight in sight(),
        queries in prop::collection::vec(shelf::query(), 1..12),
        every in 1..4_u128,
    ) {
        let index = index(&shelf);
        let kept: HashSet<_> = shelf.products.iter().map(|product| product.id).filter(|id| id.as_u128() % every == 0).collect();
        for query in &queries {
            let (query, window) = all(query);
            let begun = index.begin(&sight, &query, 1_000).unwrap().unwrap();
            let hits: Vec<_> = begun.hits().iter().map(|hit| hit.id).collect();
            let found = index.find(&sight, &query, &window).unwrap();
            prop_assert_eq!(&hits, &found.hits.iter().map(|hit| hit.id).collect::<Vec<_>>());
            if let Some(less) = hits.len().checked_sub(1) {
                prop_assert!(index.begin(&sight, &query, less).unwrap().is_none());
            }
            let others = begun.others().len();
            let narrowed = begun.narrowed(&kept).unwrap();
            let expected = naive::find(&shelf, &sight, &query, |id| kept.contains(&id));
            prop_assert_eq!(narrowed.total, expected.hits.len() as u64);
            prop_assert_eq!(naive::counts(&narrowed.facets), expected.counts, "{:?}", query);
            prop_assert!(narrowed.facets.iter().all(|facet| !facet.within_choices));

            // With no room for what only counts need, the facets are those of the hits.
            let partial = index.begin(&sight, &query, hits.len()).unwrap().unwrap();
            prop_assert!(partial.others().is_empty());
            let hits: HashSet<_> = hits.into_iter().filter(|id| kept.contains(id)).collect();
            let partial = partial.narrowed(&kept).unwrap();
            let expected = naive::find(&shelf, &sight, &query, |id| hits.contains(&id));
            prop_assert_eq!(naive::counts(&partial.facets), expected.counts, "{:?}", query);
            for facet in &partial.facets {
                let is_chosen = query.choices.iter().any(|choice| choice.facet == facet.key);
                prop_assert_eq!(facet.within_choices, others > 0 && is_chosen);
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

/// The ids of what `sight` finds by `words`.
fn ids(index: &SearchIndex, sight: &Sight, words: &str) -> Vec<u128> {
    let question = Some(tradehall_domain::search::Question::parse(words).unwrap());
    let query = Query { question, choices: vec![], facets: Facets::default(), order: Order::Relevance };
    let found = index.find(sight, &query, &Window { limit: 9, ..Window::default() }).unwrap();
    found.hits.iter().map(|hit| hit.id.as_u128()).collect()
}

#[test]
fn each_finds_by_its_own_numbers_and_nobody_by_anothers() {
    let mut products: Vec<_> = (1..=3).map(|id| shelf::product(id, &format!("P{id}"), "Thing", None)).collect();
    let told = [
        (0, PartNumberKind::Customer, 1, "KHO-77"),
        (1, PartNumberKind::Customer, 2, "KHO-77"),
        (1, PartNumberKind::Competitor, 0, "SKF 6204-2RS"),
        (2, PartNumberKind::Predecessor, 0, "ALT-100-9"),
        (2, PartNumberKind::Original, 0, "KHO-7"),
    ];
    for (at, kind, holder, number) in told {
        let number = shelf::number(&products[at], kind, holder, number).unwrap();
        products[at].numbers.push(number);
    }
    let index = index(&Shelf { products });
    let sight = |own, unpublished| Sight { own: Some(shelf::owner(own)), unpublished, ..shelf::everything() };
    let (one, two, seller, clerk) = (sight(1, true), sight(2, false), sight(0, true), sight(0, false));
    assert_eq!(ids(&index, &one, "kho 77"), [1], "the whole number, not what begins with it");
    assert_eq!(ids(&index, &one, "kho7"), [3, 1], "the whole comes first");
    assert_eq!(ids(&index, &two, "KHO/77"), [2]);
    assert_eq!(ids(&index, &seller, "kho77"), [1, 2]);
    for none in [&clerk, &shelf::everything(), &sight(3, true)] {
        assert_eq!(ids(&index, none, "kho77"), []);
        assert_eq!(ids(&index, none, "kho"), [3]);
        assert_eq!(ids(&index, none, "62042"), [2]);
        for begun in ["alt", "alt 100", "alt 100 8", "alt1009x"] {
            assert_eq!(ids(&index, none, begun), [], "{begun}: a predecessor's number is known or not");
        }
        assert_eq!(ids(&index, none, "alt-100/9"), [3]);
    }
    assert_eq!(ids(&index, &seller, "alt 1"), [3]);
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
