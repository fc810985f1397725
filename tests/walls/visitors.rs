//! What may be asked without a login: a list, and nothing else.

use std::collections::{BTreeMap, BTreeSet};

use tradehall::graphql::document::Document;
use tradehall::graphql::limits::Limits;
use tradehall_tests::World;
use tradehall_tests::operation::{OPERATIONS, operation};

use crate::contract::Contract;
use crate::inquiry::{Eagerness, inquire};
use crate::roles::needed;
use crate::stranger::asked;

/// What needs `Permission::Visit`: looking at what shops show visitors.
const LOOKING: &[&str] =
    &["categories", "category", "node", "nodes", "product", "productSearch", "productSuggestions", "products", "venue"];

/// What needs `Permission::Anyone`: asking who one is, signing up and signing in.
const GETTING_IN: &[&str] = &[
    "confirmAddress",
    "refresh",
    "requestPasswordReset",
    "resendConfirmation",
    "resetPassword",
    "signIn",
    "signUp",
    "viewer",
];

/// The committed operations that a shop's front sends without a login, with a full page.
const FRONT: &[&str] = &[
    "categories",
    "category",
    "product",
    "productDetail",
    "productPrice",
    "productSearch",
    "productSuggestions",
    "productVariants",
    "products",
    "productsWithPrices",
    "shop",
];

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_visitor_may_ask_what_stands_here_and_nothing_else() {
    let contract = Contract::read().await;
    let world = World::sqlite().await;
    world.index().await;
    let visitor = world.nobody();
    let mut open = BTreeSet::new();
    for (operation, root) in contract.roots() {
        let ids = needed(&contract, root);
        let inquiry = inquire(&contract, operation, root, &ids, &BTreeMap::new(), Eagerness::Least);
        let answer = asked(&visitor, operation, &inquiry).await;
        match answer["errors"][0]["extensions"]["code"].as_str() {
            Some("UNAUTHENTICATED") => {}
            Some("FORBIDDEN") => panic!("{} tells a visitor that there is something to forbid: {answer:#}", root.name),
            _ => _ = open.insert(root.name.clone()),
        }
    }
    let expected: BTreeSet<_> = LOOKING.iter().chain(GETTING_IN).map(|name| (*name).to_owned()).collect();
    assert_eq!(open, expected, "left: what answers without a login; right: what may");
}

/// Objects that a visitor may be shown by their ids; those of every other type are asked for in vain.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_visitor_may_ask_for_these_types_by_id_and_no_other() {
    let contract = Contract::read().await;
    let world = World::sqlite().await;
    let mut open = BTreeSet::new();
    for kind in &contract.the("Node").possible {
        let id = tradehall::graphql::id::global_as(kind, uuid::Uuid::now_v7()).0;
        let one = world.nobody().run("node", serde_json::json!({ "id": id })).await;
        let several = world.nobody().run("nodes", serde_json::json!({ "ids": [id] })).await;
        if one.json["errors"].is_null() && several.json["errors"].is_null() {
            open.insert(kind.as_str());
        } else {
            assert_eq!([one.error(), several.error()], ["UNAUTHENTICATED"; 2], "{kind}");
        }
    }
    let shown = ["Attachment", "Category", "Offer", "Organization", "Product", "ProductType", "Venue"];
    assert_eq!(open, BTreeSet::from(shown));
}

#[test]
fn a_shop_front_keeps_within_what_a_visitor_may_ask_at_once() {
    let limits = Limits::default();
    for name in FRONT {
        assert!(OPERATIONS.iter().any(|(known, _)| known == name), "{name} is committed");
        let document = Document::parse(operation(name), &limits).unwrap();
        let variables = async_graphql::Variables::from_json(serde_json::json!({ "first": 100 }));
        let cost = document.operation(None).unwrap().estimate(&variables).cost;
        assert!(cost <= limits.visitor_cost, "{name} costs {cost} of {}", limits.visitor_cost);
    }
    assert!(limits.visitor_cost < limits.cost);
}
