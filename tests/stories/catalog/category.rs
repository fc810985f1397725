//! The tree of categories.

use serde_json::Value;
use tradehall_tests::{Person, json, story};

use super::found;

async fn category(person: &Person, code: &str, parent: Option<&Value>) -> Value {
    let input = json!({ "input": { "code": code, "name": code, "parentId": parent } });
    person.run("createCategory", input).await.only()["category"]["id"].clone()
}

async fn moved(person: &Person, id: &Value, version: i64, parent: &Value) -> tradehall_tests::Answer {
    let input = json!({ "input": { "categoryId": id, "expectedVersion": version, "parentId": parent } });
    person.run("reviseCategory", input).await
}

story! {
    async fn a_tree_stays_a_tree(world) {
        let owner = world.buyer().await;
        let top = category(&owner, "A", None).await;
        let mut below = top.clone();
        for n in 2..=20 {
            below = category(&owner, &format!("A{n}"), Some(&below)).await;
        }
        let input = json!({ "input": { "code": "A21", "name": "too deep", "parentId": below } });
        assert_eq!(owner.run("createCategory", input).await.refusals(), [("CATEGORY_TOO_DEEP".into(), "parentId".into())]);
        assert_eq!(moved(&owner, &top, 1, &below).await.refusal(), "CATEGORY_CYCLE");
        assert_eq!(moved(&owner, &top, 1, &top).await.refusal(), "CATEGORY_CYCLE");
        let other = category(&owner, "B", None).await;
        assert_eq!(moved(&owner, &top, 1, &other).await.refusal(), "CATEGORY_TOO_DEEP");
        assert_eq!(moved(&owner, &other, 9, &top).await.refusal(), "STALE");
        let under = moved(&owner, &other, 1, &top).await.only();
        assert_eq!(under["category"]["parent"]["id"], top);
        let freed = moved(&owner, &other, 2, &Value::Null).await.only();
        assert_eq!(freed["category"]["parent"], Value::Null);

        let same = json!({ "input": { "code": "A", "name": "again" } });
        assert_eq!(owner.run("createCategory", same).await.refusals(), [("CATEGORY_CODE_TAKEN".into(), "code".into())]);
        let stranger = world.stranger().await;
        let input = json!({ "input": { "code": "S", "name": "S", "parentId": top } });
        assert_eq!(stranger.run("createCategory", input).await.refusals(), [("NOT_FOUND".into(), "parentId".into())]);
    }
}

story! {
    async fn two_moves_at_once_make_no_cycle(world) {
        let owner = world.buyer().await;
        let (one, other) = (category(&owner, "A", None).await, category(&owner, "B", None).await);
        let (first, second) =
            tokio::join!(moved(&owner, &one, 1, &other), moved(&owner, &other, 1, &one));
        let refused = [first, second].iter().filter(|answer| !answer.refusals().is_empty()).count();
        assert_eq!(refused, 1, "one of them must see what the other did");
    }
}

story! {
    async fn a_category_is_known_once_something_in_it_is_shown(world) {
        let (owner, stranger) = (world.buyer().await, world.stranger().await);
        let tree = json!({ "ownerId": tradehall::graphql::id::global(owner.organization()) });
        let top = category(&owner, "A", None).await;
        let middle = category(&owner, "B", Some(&top)).await;
        category(&owner, "C", Some(&top)).await;
        let input = json!({ "input": { "number": "N", "name": "N", "unit": "C62", "categoryId": middle } });
        let product = owner.run("createProduct", input).await.only()["product"]["id"].clone();
        assert_eq!(stranger.run("categories", tree.clone()).await.only()["edges"], json!([]));

        owner.run("publishProduct", json!({ "input": { "productId": product } })).await.only();
        let seen = stranger.run("categories", tree.clone()).await.only();
        assert_eq!(seen["edges"][0]["node"]["code"], "A");
        assert_eq!(seen["edges"][0]["node"]["children"]["edges"].as_array().unwrap().len(), 1, "not C");
        assert_eq!(owner.run("categories", tree).await.only()["edges"][0]["node"]["children"]["edges"].as_array().unwrap().len(), 2);

        // A category means everything below it.
        assert_eq!(found(&stranger, json!({ "categoryId": top })).await, ["N"]);
        assert_eq!(found(&stranger, json!({ "categoryId": middle })).await, ["N"]);
        // Moved below another, it takes what is above it out of the dark.
        let above = category(&owner, "D", None).await;
        assert_eq!(moved(&owner, &top, 1, &above).await.refusal(), "STALE", "publishing counted as a change");
        moved(&owner, &top, 2, &above).await.only();
        assert_eq!(found(&stranger, json!({ "categoryId": above })).await, ["N"]);
        assert_eq!(stranger.run("categories", json!({ "ownerId": tradehall::graphql::id::global(owner.organization()) })).await.only()["edges"][0]["node"]["code"], "D");

        // Nobody sorts into another's tree.
        let input = json!({ "input": { "number": "S", "name": "S", "unit": "C62", "categoryId": top } });
        assert_eq!(stranger.run("createProduct", input).await.refusals(), [("NOT_FOUND".into(), "categoryId".into())]);
    }
}
