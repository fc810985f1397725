//! Numbers under which others know products: whose they are, who sees them, and what they find.

use serde_json::Value;
use tradehall::graphql::id::global;
use tradehall_tests::{Person, json, story};

use super::{draft, published};

async fn record(person: &Person, entries: Value) -> Vec<Value> {
    let answer = person.run("recordPartNumbers", json!({ "input": { "entries": entries } })).await.only();
    answer["results"].as_array().unwrap().clone()
}

/// What each number finds: by what, and which product.
async fn find(person: &Person, numbers: &[&str]) -> Vec<Vec<String>> {
    let found = person.run("productsByPartNumber", json!({ "numbers": numbers })).await;
    assert!(found.statements <= 4, "{}", found.statements);
    let one = |one: &Value| format!("{} {}", one["by"].as_str().unwrap(), one["product"]["number"].as_str().unwrap());
    let found = found.only();
    found
        .as_array()
        .unwrap()
        .iter()
        .map(|found| found["matches"].as_array().unwrap().iter().map(one).collect())
        .collect()
}

async fn numbers(person: &Person, product: &Value) -> Vec<String> {
    let seen = person.run("productDetail", json!({ "id": product["id"] })).await.only();
    seen["partNumbers"].as_array().unwrap().iter().map(|one| one["number"].as_str().unwrap().to_owned()).collect()
}

story! {
    async fn a_customers_own_number_is_between_the_two(world) {
        let owner = world.seller("Thép Việt").await;
        let (buyer, rival) = (world.buyer().await, world.seller("Rival").await);
        let bolt = published(&owner, "B-1", "Bu lông").await;
        let nut = published(&owner, "B-2", "Đai ốc").await;
        let entry = |product: &Value, number: &str| json!({ "productId": product["id"], "kind": "CUSTOMER", "number": number });
        assert_eq!(record(&buyer, json!([entry(&bolt, "KHO-100/7")])).await[0]["userErrors"], json!([]));
        let mut theirs = entry(&nut, "KHO-200");
        theirs["buyerId"] = json!(global(buyer.organization()).0);
        assert_eq!(record(&owner, json!([theirs])).await[0]["userErrors"], json!([]));

        assert_eq!(find(&buyer, &["kho 1007", "KHO-200", "", "!!"]).await, [vec!["CUSTOMER B-1"], vec!["CUSTOMER B-2"], vec![], vec![]]);
        assert_eq!(find(&owner, &["KHO-100/7"]).await, [["CUSTOMER B-1"]]);
        assert_eq!(find(&rival, &["KHO-100/7", "KHO-200"]).await, [[""; 0], [""; 0]]);
        assert_eq!(numbers(&rival, &bolt).await, [""; 0]);
        assert_eq!(numbers(&owner, &bolt).await, ["KHO-100/7"]);
        let mut clerk = owner.clone();
        clerk.actor.permissions = tradehall_domain::access::PermissionSet::NONE;
        assert_eq!(numbers(&clerk, &bolt).await, [""; 0], "customers' numbers are for those who read the catalog");
        assert_eq!(find(&clerk, &["KHO-100/7"]).await, [[""; 0]]);

        // What a rival has and says changes nothing of it.
        assert_eq!(record(&rival, json!([entry(&bolt, "KHO-100/7")])).await[0]["userErrors"], json!([]));
        assert_eq!(numbers(&buyer, &bolt).await, ["KHO-100/7"]);
        assert_eq!(record(&buyer, json!([entry(&bolt, "kho 100-7")])).await[0]["partNumber"]["number"], "KHO-100/7", "the same, sent again");
        let mine = record(&buyer, json!([entry(&bolt, "KHO-100/7")])).await[0]["partNumber"]["id"].clone();
        let drop = json!({ "input": { "partNumberIds": [mine] } });
        assert_eq!(rival.run("dropPartNumbers", drop.clone()).await.refusals(), [("NOT_FOUND".into(), "partNumberIds.0".into())]);
        buyer.run("dropPartNumbers", drop).await.only();
        assert_eq!(find(&buyer, &["KHO-100/7"]).await, [[""; 0]]);
        assert_eq!(find(&rival, &["KHO-100/7"]).await, [["CUSTOMER B-1"]]);
    }
}

story! {
    async fn one_list_is_looked_up_under_every_number(world) {
        let (owner, buyer) = (world.seller("Thép Việt").await, world.buyer().await);
        let input = json!({ "input": { "number": "B-1", "name": "Bu lông", "unit": "C62", "mpn": "M-77", "gtin": "96385074" } });
        let bolt = owner.run("createProduct", input).await.only()["product"].clone();
        let hidden = draft(&owner, "B-9", "Sắp có").await;
        let cross = |product: &Value, kind: &str, number: &str| {
            json!({ "productId": product["id"], "kind": kind, "number": number, "issuer": "SKF" })
        };
        record(&owner, json!([cross(&bolt, "ORIGINAL", "6204-2RS"), cross(&bolt, "COMPETITOR", "C.1"), cross(&hidden, "ORIGINAL", "6204 2rs")])).await;
        let pack = json!({ "input": { "productId": bolt["id"], "packagings": [{ "unit": "XBX", "quantity": "9", "gtin": "4006381333931" }] } });
        owner.run("packProduct", pack).await.only();
        let asked = ["B-1", "M-77", "96385074", "4006381333931", "62042rs", "c1", "nothing"];
        let empty = || asked.map(|_| Vec::<String>::new()).to_vec();
        assert_eq!(find(&buyer, &asked).await, empty(), "nothing of it is published");
        owner.run("publishProduct", json!({ "input": { "productId": bolt["id"] } })).await.only();
        assert_eq!(find(&buyer, &asked).await, [
            vec!["NUMBER B-1"], vec!["MPN B-1"], vec!["GTIN B-1"], vec!["PACKAGING B-1"], vec!["ORIGINAL B-1"], vec!["COMPETITOR B-1"], vec![],
        ]);
        assert_eq!(find(&owner, &["6204-2RS"]).await, [["ORIGINAL B-1", "ORIGINAL B-9"]]);
        let results = record(&buyer, json!([cross(&bolt, "ORIGINAL", "X"), cross(&hidden, "CUSTOMER", "X"), cross(&bolt, "CUSTOMER", "X")])).await;
        let told: Vec<_> = results.iter().map(|one| one["userErrors"][0]["code"].as_str().unwrap()).collect();
        assert_eq!(told, ["WRONG_SIDE", "NOT_FOUND", "INVALID"]);
    }
}

story! {
    async fn a_number_that_nothing_can_have_finds_nothing(world) {
        let owner = world.seller("Thép Việt").await;
        published(&owner, "B-1", "Bu lông").await;
        assert_eq!(find(&owner, &["B\0-1", "B-1"]).await, [vec![], vec!["NUMBER B-1".to_owned()]]);
    }
}
