//! Numbers under which others know products: who finds what by them, and when.

use serde_json::Value;
use tradehall::graphql::id::global;
use tradehall_domain::access::PermissionSet;
use tradehall_tests::{Person, World, json, story};

use super::{each, find, numbers, settle};
use crate::catalog::{draft, published};

/// Records numbers; `Some` buyer for those that a seller keeps for a customer. Answers their ids.
async fn record(person: &Person, entries: &[(&Value, &str, &str, Option<&Person>)]) -> Vec<Value> {
    let entry = |(product, kind, number, buyer): &(&Value, &str, &str, Option<&Person>)| {
        let buyer = buyer.map(|buyer| global(buyer.organization()).0);
        json!({ "productId": product["id"], "kind": kind, "number": number, "buyerId": buyer })
    };
    let entries: Vec<_> = entries.iter().map(entry).collect();
    let answer = person.run("recordPartNumbers", json!({ "input": { "entries": entries } })).await.only();
    let ids = answer["results"].as_array().unwrap().iter().map(|one| one["partNumber"]["id"].clone()).collect();
    assert!(!answer.to_string().contains("code"), "{answer}");
    ids
}

async fn drop(person: &Person, ids: &[Value]) {
    person.run("dropPartNumbers", json!({ "input": { "partNumberIds": ids } })).await.only();
}

async fn suggested(person: &Person, prefix: &str) -> Vec<String> {
    let told = person.run("productSuggestions", json!({ "prefix": prefix, "first": 9 })).await.only();
    told.as_array().unwrap().iter().map(|one| one["text"].as_str().unwrap().to_owned()).collect()
}

story! {
    async fn a_purchaser_types_its_own_number_and_nobody_else_finds_by_it(world) {
        let owner = world.seller("Thép Việt").await;
        let (buyer, rival) = (world.buyer().await, world.seller("Rival").await);
        let bolt = published(&owner, "B-1", "Bu lông").await;
        let nut = published(&owner, "B-2", "Đai ốc").await;
        let ids = record(&buyer, &[(&bolt, "CUSTOMER", "KHO-100/7", None)]).await;
        record(&owner, &[(&nut, "CUSTOMER", "KHO 200.SAT", Some(&buyer))]).await;
        settle(&world).await;
        for (query, expected) in [
            ("KHO-100/7", &["B-1"][..]),
            ("kho1007", &["B-1"]),
            ("kho 10", &["B-1"]),
            ("1007", &["B-1"]),
            ("kho", &["B-1", "B-2"]),
            ("kho 200", &["B-2"]),
            ("kho bu long", &["B-1"]),
            ("sta", &[]),
        ] {
            assert_eq!(numbers(&buyer, query).await, expected, "{query}");
            assert_eq!(numbers(&owner, query).await, expected, "{query}, for the seller");
            if query != "kho bu long" {
                assert_eq!(numbers(&rival, query).await, [""; 0], "{query}, for somebody else");
                assert_eq!(suggested(&rival, query).await, [""; 0]);
            }
        }
        assert_eq!(suggested(&buyer, "kho1").await, ["Bu lông"]);
        let told = async |person: &Person, query: &str| {
            let found = person.run("productSearch", json!({ "query": query, "first": 9 })).await.only();
            (found["totalCount"].clone(), found["facets"].as_array().unwrap().len(), found["didYouMean"].clone())
        };
        assert_eq!(told(&rival, "khp").await, (json!(0), 0, Value::Null));
        assert_eq!(told(&buyer, "khp").await.2, "kho", "its own is what it can mean");
        let mut clerk = owner.clone();
        clerk.actor.permissions = PermissionSet::NONE;
        assert_eq!(numbers(&clerk, "kho").await, [""; 0], "customers' numbers are for those who read the catalog");

        // The same number of another one leads it elsewhere.
        record(&rival, &[(&nut, "CUSTOMER", "KHO-100/7", None)]).await;
        drop(&buyer, &ids).await;
        assert_eq!(find(&world, &buyer, "kho1007").await.len(), 0);
        assert_eq!(numbers(&rival, "kho1007").await, ["B-2"]);
        assert_eq!(numbers(&owner, "kho1007").await, ["B-2"]);
    }
}

story! {
    async fn whoever_sees_a_product_finds_it_by_what_it_replaces(world) {
        let (owner, buyer) = (world.seller("Thép Việt").await, world.buyer().await);
        let bearing = published(&owner, "VB-1", "Vòng bi").await;
        let own = published(&owner, "6204-2RS", "Vòng bi khác").await;
        let hidden = draft(&owner, "VB-9", "Sắp có").await;
        let cross = record(&owner, &[
            (&bearing, "ORIGINAL", "6204-2RS", None),
            (&bearing, "COMPETITOR", "SKF.E2/6204", None),
            (&hidden, "COMPETITOR", "E2-6204", None),
        ]).await;
        settle(&world).await;
        assert_eq!(numbers(&buyer, "6204 2rs").await, ["6204-2RS", "VB-1"], "its own number before what stands for it");
        assert_eq!(numbers(&buyer, "skfe2").await, ["VB-1"]);
        assert_eq!(numbers(&buyer, "E2 6204").await, ["VB-1"]);
        assert_eq!(numbers(&owner, "E2-6204").await, ["VB-9", "VB-1"], "the whole number first");
        drop(&owner, &cross[1..]).await;
        settle(&world).await;
        assert_eq!(numbers(&buyer, "skfe2").await, [""; 0]);

        // A predecessor that the viewer was never shown is no secret to who knows its number, and to nobody else.
        let old = json!({ "input": { "productId": own["id"], "kind": "SUCCESSOR", "relations": [{ "productId": bearing["id"] }] } });
        owner.run("relateProduct", old).await.only();
        owner.run("withdrawProduct", json!({ "input": { "productId": own["id"] } })).await.only();
        drop(&owner, &cross[..1]).await;
        settle(&world).await;
        assert_eq!(numbers(&buyer, "6204/2rs").await, ["VB-1"]);
        for begun in ["6204", "62042r", "2rs", "6204-2R", "6205-2RS"] {
            assert_eq!(numbers(&buyer, begun).await, [""; 0], "{begun}");
            assert_eq!(suggested(&buyer, begun).await, [""; 0], "{begun}");
        }
        assert_eq!(numbers(&owner, "62042r").await, ["6204-2RS", "VB-1"]);
    }
}

/// The answers of somebody who has nothing to do with it.
async fn answers(world: &World, person: &Person) -> Vec<String> {
    settle(world).await;
    let mut told = Vec::new();
    for query in ["kho", "kho 77", "kho77", "khp", "bu", "bu long", "77"] {
        let found = person.run("productSearch", json!({ "query": query, "first": 9 })).await;
        told.push(found.json.to_string());
        let hits = found.only();
        told.push(each(&hits, "number").join(" "));
        told.extend(suggested(person, query).await);
    }
    told
}

story! {
    async fn what_a_customer_calls_a_product_moves_no_answer_of_another(world) {
        let owner = world.seller("Thép Việt").await;
        let (buyer, rival, stranger) = (world.buyer().await, world.seller("Rival").await, world.stranger().await);
        let bolt = published(&owner, "B-1", "Bu lông").await;
        let nut = published(&owner, "KHO-9", "Đai ốc bu lông").await;
        record(&rival, &[(&bolt, "CUSTOMER", "77", None)]).await;
        let before = (answers(&world, &rival).await, answers(&world, &stranger).await, answers(&world, &buyer).await);
        let ids = record(&buyer, &[(&bolt, "CUSTOMER", "KHO-77", None), (&nut, "CUSTOMER", "BU", None)]).await;
        assert_eq!(answers(&world, &rival).await, before.0);
        assert_eq!(answers(&world, &stranger).await, before.1);
        assert_ne!(answers(&world, &buyer).await, before.2, "the numbers are none");
        drop(&buyer, &ids).await;
        assert_eq!(answers(&world, &rival).await, before.0);
        assert_eq!(answers(&world, &stranger).await, before.1);
        assert_eq!(answers(&world, &buyer).await, before.2);
    }
}
