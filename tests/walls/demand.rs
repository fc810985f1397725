//! What a document is charged for: no list may be answered that nothing was charged for.

use std::collections::BTreeSet;

use async_graphql::Variables;
use serde_json::json;
use tradehall::graphql::description::grouped;
use tradehall::graphql::document::Document;
use tradehall::graphql::guard::unpaged::UNPAGED;
use tradehall::graphql::limits::Limits;
use tradehall::http::HttpSettings;
use tradehall_tests::operation::OPERATIONS;

use crate::contract::{Contract, Field};
use crate::generated::root;

/// Arguments by which a request says how long a list is, unless they have a default.
const SIZES: [&str; 3] = ["first", "last", "ids"];

fn says_its_size(field: &Field) -> bool {
    field.arguments.iter().any(|argument| SIZES.contains(&argument.name.as_str()) && !argument.has_default)
}

#[tokio::test]
async fn every_list_without_pages_has_an_assumed_size_and_nothing_else_has_one() {
    let contract = Contract::read().await;
    let mut unsized_lists = BTreeSet::new();
    let mut faults = Vec::new();
    for one in contract.types.values().filter(|one| matches!(one.kind.as_str(), "OBJECT" | "INTERFACE")) {
        let is_page = one.name.ends_with("Connection");
        for field in one.fields.iter().filter(|field| !contract.the(&field.of.name).is_leaf() && !says_its_size(field))
        {
            // What a page lists was charged for where its size was said.
            if is_page && ["edges", "nodes"].contains(&field.name.as_str()) {
                continue;
            }
            if field.of.is_list {
                unsized_lists.insert(field.name.clone());
            } else if UNPAGED.iter().any(|list| list.name == field.name) {
                faults.push(format!("{}.{} is charged for as a list and is none", one.name, field.name));
            }
        }
    }
    let charged: BTreeSet<String> = UNPAGED.iter().map(|list| list.name.to_owned()).collect();
    faults.extend(unsized_lists.difference(&charged).map(|name| format!("no size is assumed for the list {name}")));
    faults.extend(charged.difference(&unsized_lists).map(|name| format!("there is no list {name} without pages")));
    assert!(faults.is_empty(), "{}\nSee crates/api/src/graphql/guard/unpaged.rs.", faults.join("\n"));
}

/// The numbers that clients are told stand in the schema's own description, which is generated, and in README, which is not.
#[test]
fn limits_are_told_as_they_are() {
    let readme = std::fs::read_to_string(root().join("README.md")).unwrap();
    let schema = tradehall::graphql::sdl(&tradehall::graphql::build());
    let mut told: Vec<_> = Limits::default().told();
    told.push(("bytes of a body, unless configured otherwise", 1024 * 1024));
    assert_eq!(HttpSettings::default().body_limit, 1024 * 1024);
    let mut rows = readme.lines().skip_while(|line| !line.starts_with("| one request has at most")).skip(2);
    for (limit, maximum) in told {
        let row = format!("| {limit} | {} |", grouped(maximum));
        assert_eq!(rows.next(), Some(row.as_str()), "README.md has the limits in their order");
        assert!(limit.contains("body") || schema.contains(&format!("- {limit}: {}\n", grouped(maximum))), "{limit}");
    }
    assert!(rows.next().is_none_or(|line| !line.starts_with('|')), "README.md tells of a limit that there is not");
}

/// What clients need has room to grow: no committed operation with a full page takes more than half of what one may cost.
#[test]
fn no_committed_operation_comes_near_what_one_may_cost() {
    let limits = Limits::default();
    for (name, text) in OPERATIONS.iter() {
        let document = Document::parse(text, &limits).unwrap();
        let estimate = document.operation(None).unwrap().estimate(&Variables::from_json(json!({ "first": 100 })));
        assert!(estimate.cost <= limits.cost / 2, "{name} costs {} of {}", estimate.cost, limits.cost);
    }
}
