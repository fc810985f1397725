//! What a document is charged for: no list may be answered that nothing was charged for.

use std::collections::BTreeSet;

use async_graphql::Variables;
use serde_json::json;
use tradehall::graphql::document::Document;
use tradehall::graphql::guard::unpaged::UNPAGED;
use tradehall::graphql::limits::Limits;
use tradehall_tests::operation::OPERATIONS;

use crate::contract::{Contract, Field};

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
        // What a page lists was charged for where its size was said.
        if one.name.ends_with("Connection") {
            continue;
        }
        for field in one.fields.iter().filter(|field| !contract.the(&field.of.name).is_leaf() && !says_its_size(field))
        {
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
