//! The documents in `tests/operations`: the contract accepts each, each says what it is for, and together they use every root field.

use std::collections::{BTreeMap, BTreeSet};

use async_graphql::parser::types::{DocumentOperations, OperationDefinition, Selection};
use async_graphql::{Positioned, Request, Variables};
use serde_json::json;
use tradehall::graphql::build;
use tradehall::graphql::document::Document;
use tradehall::graphql::limits::Limits;
use tradehall_tests::operation::OPERATIONS;

use crate::contract::Contract;
use crate::generated::snapshot;

/// Root fields that several documents may use, because clients need them in several shapes.
const MANY_SHAPES: usize = 8;

/// Validates without running: no operation has this name.
const NOBODY: &str = "nobody";

#[tokio::test]
async fn the_contract_accepts_every_document() {
    let schema = build();
    let mut faults = Vec::new();
    for (name, text) in OPERATIONS.iter() {
        let response = schema.execute(Request::new(text).operation_name(NOBODY)).await;
        let messages = response.errors.iter().map(|error| error.message.as_str());
        let about_document = messages.filter(|message| !message.contains(NOBODY));
        faults.extend(about_document.map(|message| format!("{name}: {message}")));
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[tokio::test]
async fn a_document_that_the_contract_does_not_have_is_noticed() {
    let response = build().execute(Request::new("query bad { rfq(id: 1) { nmber } }").operation_name(NOBODY)).await;
    assert!(response.errors.iter().any(|error| error.message.contains("nmber")), "{:?}", response.errors);
}

#[test]
fn every_document_is_within_the_limits_of_one_request() {
    let variables = Variables::from_json(json!({ "first": 24 }));
    for (name, text) in OPERATIONS.iter() {
        let limits = Limits::default();
        let document = Document::parse(text, &limits).unwrap_or_else(|error| panic!("{name}: {error}"));
        let operation = document.operation(None).unwrap_or_else(|| panic!("{name} holds one operation"));
        let cost = operation.estimate(&variables).cost;
        assert!(cost <= limits.cost, "{name} costs {cost} of {}", limits.cost);
    }
}

/// The one operation of a document.
fn operation(name: &str, text: &str) -> (String, Positioned<OperationDefinition>) {
    let document = async_graphql::parser::parse_query(text).unwrap_or_else(|error| panic!("{name}: {error}"));
    match document.operations {
        DocumentOperations::Multiple(named) if named.len() == 1 => {
            let (found, definition) = named.into_iter().next().unwrap();
            (found.to_string(), definition)
        }
        _ => panic!("{name} holds one operation, which has a name"),
    }
}

#[test]
fn every_document_has_its_own_name_and_a_comment_and_takes_variables() {
    for (name, text) in OPERATIONS.iter() {
        let (found, definition) = operation(name, text);
        assert_eq!(&found, name, "the operation is called as its file");
        let comment = text.lines().next().unwrap_or_default();
        assert!(comment.starts_with("# ") && comment.ends_with('.') && comment.len() > 15, "{name}: {comment:?}");
        assert!(text.ends_with("}\n") && !text.contains('\t'), "{name} is indented by two spaces");
        for field in root_fields(&definition) {
            let arguments = text.split_once(&field).map_or("", |(_, rest)| rest);
            assert!(!arguments.starts_with("(\""), "{name}: values are given as variables");
        }
    }
}

fn root_fields(definition: &Positioned<OperationDefinition>) -> Vec<String> {
    let items = definition.node.selection_set.node.items.iter();
    items
        .map(|item| match &item.node {
            Selection::Field(field) => field.node.name.node.to_string(),
            _ => panic!("a root field is written out"),
        })
        .collect()
}

/// The list of what no document uses is committed and may only become shorter.
#[tokio::test]
async fn every_root_field_is_used() {
    let mut used: BTreeMap<String, BTreeSet<&str>> = BTreeMap::new();
    for (name, text) in OPERATIONS.iter() {
        let (_, definition) = operation(name, text);
        for field in root_fields(&definition) {
            used.entry(format!("{} {field}", definition.node.ty)).or_default().insert(name);
        }
    }
    let contract = Contract::read().await;
    let mut unused = String::new();
    for (kind, field) in contract.roots() {
        let Some(documents) = used.get(&format!("{kind} {}", field.name)) else {
            unused.push_str(&format!("{kind} {}\n", field.name));
            continue;
        };
        assert!(documents.len() <= MANY_SHAPES, "{} has {} documents", field.name, documents.len());
        let mutates = kind == "mutation";
        let own = documents.contains(field.name.as_str()) || documents.len() > 1;
        assert!(!mutates || own, "the document of {} has another name: {documents:?}", field.name);
    }
    snapshot(
        "unused.txt",
        &format!("# Root fields that no document in tests/operations uses. This list only becomes shorter.\n{unused}"),
    );
    assert_eq!(unused, "", "write tests/operations/<capability>/<field>.graphql");
}
