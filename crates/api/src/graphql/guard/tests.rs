use async_graphql::{Variables, parser::parse_query};
use serde_json::json;

use super::{GuardError, estimate, inspect};
use crate::graphql::{
    document::{Document, DocumentError},
    limits::Limits,
};

/// The query that GraphiQL and code generators send, as graphql-js 16 writes it.
const INTROSPECTION: &str = include_str!("introspection.graphql");

/// What there is too much of, or the refusal's sentence.
fn breach(text: &str) -> Option<String> {
    match Document::parse(text, &Limits::default()) {
        Ok(_) => None,
        Err(DocumentError::Guard(GuardError::Breach(breach))) => Some(breach.limit.to_owned()),
        Err(other) => Some(other.to_string()),
    }
}

fn points(text: &str, variables: serde_json::Value) -> u64 {
    let document = parse_query(text).unwrap();
    let inspection = inspect(&document, &Limits::default()).unwrap();
    let (_, operation) = document.operations.iter().next().unwrap();
    estimate(&document, &inspection.order, &operation.node, &Variables::from_json(variables)).cost
}

/// `levels` fragments, each of which spreads the next one twice.
fn bomb(levels: usize) -> String {
    let mut text = String::from("{ ...F0 }");
    for n in 0..levels {
        text.push_str(&format!(" fragment F{n} on Query {{ ...F{m} ...F{m} }}", m = n + 1));
    }
    text + &format!(" fragment F{levels} on Query {{ a }}")
}

#[test]
fn the_standard_introspection_query_passes() {
    assert_eq!(breach(INTROSPECTION), None);
    assert!(points(INTROSPECTION, json!({})) < 200);
}

#[test]
fn introspection_that_multiplies_is_refused() {
    let mut text = String::from("kind");
    for _ in 0..3 {
        text = format!("fields {{ type {{ {text} }} }}");
    }
    assert_eq!(
        breach(&format!("{{ __schema {{ types {{ {text} }} }} }}")).as_deref(),
        Some("lists inside one another")
    );
    // The same names in the market's own schema mean nothing special.
    assert_eq!(breach(&format!("{{ form {{ {text} }} }}")), None);
}

#[test]
fn a_fragment_bomb_is_refused() {
    assert_eq!(breach(&bomb(30)).as_deref(), Some("selections with fragments expanded"));
    assert_eq!(breach(&bomb(90)).as_deref(), Some("selections with fragments expanded"));
    assert_eq!(breach(&bomb(4)), None);
}

#[test]
fn fragment_cycles_are_refused() {
    let refusal = |name: &str| Some(format!("Fragment \"{name}\" spreads itself."));
    assert_eq!(breach("{ ...A } fragment A on Query { ...A }"), refusal("A"));
    assert_eq!(breach("{ a } fragment C on Q { x { ...B } } fragment B on Q { ... on Q { ...C } }"), refusal("B"));
    // Whoever leads into a cycle is not in it, but cannot be measured either.
    assert!(breach("{ ...A } fragment A on Q { ...B } fragment B on Q { ...B }").is_some());
}

#[test]
fn each_limit_is_enforced_at_its_edge() {
    let fields = |n: usize, field: &str| (0..n).map(|i| field.replace('#', &i.to_string())).collect::<String>();
    let nested = |n: usize| format!("{}a{}", "{ a ".repeat(n - 1) + "{", "}".repeat(n));
    for (limit, allowed, refused) in [
        ("levels of fields", nested(15), nested(16)),
        (
            "aliases",
            format!("{{ r {{ {} }} }}", fields(50, "a#: a ")),
            format!("{{ r {{ {} }} }}", fields(51, "a#: a ")),
        ),
        ("root fields", format!("{{ {} }}", fields(20, "a# ")), format!("{{ {} }}", fields(21, "a# "))),
        ("directives", format!("{{ a {} }}", fields(50, "@d ")), format!("{{ a {} }}", fields(51, "@d "))),
        ("operations", fields(20, "query Q# { a } "), fields(21, "query Q# { a } ")),
        (
            "fragments",
            format!("{{ a }} {}", fields(100, "fragment F# on Q { a } ")),
            format!("{{ a }} {}", fields(101, "fragment F# on Q { a } ")),
        ),
        ("tokens", format!("{{ a(x: [{}]) }}", "1 ".repeat(4_990)), format!("{{ a(x: [{}]) }}", "1 ".repeat(5_000))),
        ("bytes", format!("{{ a }}{}", " ".repeat(65_531)), format!("{{ a }}{}", " ".repeat(65_532))),
        (
            "brackets open at once",
            format!("{{ a(x: {}{}) }}", "[".repeat(48), "]".repeat(48)),
            format!("{{ a(x: {}{}) }}", "[".repeat(49), "]".repeat(49)),
        ),
    ] {
        assert_eq!(breach(&allowed), None, "{limit}");
        assert_eq!(breach(&refused).as_deref(), Some(limit));
    }
}

#[test]
fn aliases_and_root_fields_hidden_in_fragments_count() {
    let aliases = (0..10).map(|n| format!("a{n}: a ")).collect::<String>();
    let text = format!("{{ r {{ {} }} }} fragment F on Q {{ {aliases} }}", "...F ".repeat(6));
    assert_eq!(breach(&text).as_deref(), Some("aliases"));
    let fields = (0..21).map(|n| format!("a{n} ")).collect::<String>();
    assert_eq!(breach(&format!("{{ ...F }} fragment F on Q {{ {fields} }}")).as_deref(), Some("root fields"));
}

#[test]
fn cost_is_list_size_times_what_each_item_asks_for() {
    for (text, variables, expected) in [
        ("{ __typename }", json!({}), 1),
        ("{ rfq(id: 1) { title } }", json!({}), 2),
        ("{ rfqs(first: 20) { pageInfo { hasNextPage } edges { node { title } } } }", json!({}), 1 + 1 + 20),
        ("{ rfqs(last: 20) { nodes { buyer { name } } } }", json!({}), 1 + 1 + 20 * 2),
        ("query ($n: Int) { rfqs(first: $n) { nodes { title } } }", json!({"n": 7}), 1 + 1 + 7),
        ("query ($n: Int = 9) { rfqs(first: $n) { nodes { title } } }", json!({}), 1 + 1 + 9),
        ("{ rfqs(first: 10) { nodes { quotes(first: 10) { nodes { id } } } } }", json!({}), 1 + 1 + 10 * (1 + 1 + 10)),
        ("query ($ids: [ID!]!) { nodes(ids: $ids) { a { b } } }", json!({"ids": ["1", "2"]}), 1 + 1 + 2),
        ("{ rfqs(first: 10) { ...F } } fragment F on C { nodes { ...G } } fragment G on N { a { b } }", json!({}), 22),
        ("mutation { a { b } c { d } }", json!({}), 20 + 2),
        ("mutation { ...F } fragment F on M { a { b } c { d } }", json!({}), 20 + 2),
        ("{ rfqs(first: -5) { nodes { a } } }", json!({}), 3),
    ] {
        assert_eq!(points(text, variables), expected, "{text}");
    }
    let scalars = |n: usize| (0..n).map(|n| format!("s{n}: s ")).collect::<String>();
    for (text, expected) in [
        // A list without pages has an assumed size, each item is an object, and in itself it is as long as it can be.
        ("{ rfq(id: 1) { lines { id } } }".to_owned(), 1 + 1 + 20),
        ("{ rfqs(first: 100) { nodes { lines { id } } } }".to_owned(), 1 + 1 + 100 * (1 + 20)),
        ("{ orders(first: 5) { nodes { id } } }".to_owned(), 1 + 1 + 5),
        ("{ order(id: 1) { lines { order { lines { id } } } } }".to_owned(), 1 + 1 + 1_000 * (1 + 1 + 20)),
        (
            "{ order(id: 1) { lines { ...O } } } fragment O on L { order { ...P } } fragment P on O { lines { id } }"
                .to_owned(),
            1 + 1 + 1_000 * (1 + 1 + 20),
        ),
        // Scalars of an object cost something once there are many.
        (format!("{{ rfq(id: 1) {{ {} }} }}", scalars(19)), 1 + 1),
        (format!("{{ rfq(id: 1) {{ lines {{ {} }} }} }}", scalars(50)), 1 + 1 + 20 * (1 + 2)),
        (
            format!("{{ rfq(id: 1) {{ lines {{ ...S }} }} }} fragment S on L {{ {} }}", scalars(50)),
            1 + 1 + 20 * (1 + 2),
        ),
    ] {
        assert_eq!(points(&text, json!({})), expected, "{text}");
    }
    let billions =
        "{ a(first: 2000000000) { ".to_owned() + &"b { c(first: 2000000000) { ".repeat(6) + "d" + &"}".repeat(14);
    assert_eq!(points(&billions, json!({})), u64::MAX);
}
