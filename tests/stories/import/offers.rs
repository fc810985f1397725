//! A seller's price list as CSV, over GraphQL.

use serde_json::Value;
use tradehall_tests::{Answer, Person, World, json, story};

use crate::catalog::published;

/// A buyer with three products, and a seller.
async fn parties(world: &World) -> (Person, Person) {
    let (buyer, seller) = (world.buyer().await, world.seller("Thép Việt").await);
    for number in ["A-1", "A-2", "A-3"] {
        published(&buyer, number, "Vòng bi").await;
    }
    (buyer, seller)
}

async fn send(seller: &Person, owner: &Person, csv: &str, extra: Value) -> Answer {
    let owner = tradehall::graphql::id::global(owner.organization());
    let mut input = json!({ "csv": csv, "productOwnerId": owner, "mode": "KEEP_GOOD_ROWS" });
    input.as_object_mut().unwrap().extend(extra.as_object().unwrap().clone());
    seller.run("importOffers", json!({ "input": input })).await
}

fn counts(answer: Answer) -> [i64; 4] {
    let counts = answer.only()["import"]["counts"].clone();
    ["created", "changed", "unchanged", "rejected"].map(|name| counts[name].as_i64().unwrap())
}

async fn prices(seller: &Person) -> Vec<(String, String)> {
    let made = seller.run("offers", json!({ "filter": { "side": "SELLER" }, "first": 100 })).await.only();
    let offers = made["edges"].as_array().unwrap().iter().map(|edge| &edge["node"]);
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    let mut prices: Vec<_> =
        offers.map(|offer| (text(&offer["product"]["number"]), text(&offer["unitPrice"]["amount"]))).collect();
    prices.sort();
    prices
}

const LIST: &str = "product_number,price,currency,lead_time_days,min_quantity,max_quantity\n\
                    A-1,.99,USD,17,10,100\n\
                    A-2,12500,VND,3,,\n\
                    A-3,1.00001,USD,3,1,\n\
                    A-9,1,USD,3,1,\n\
                    A-1,2,USD,3,1,\n\
                    A-3,1,XXX,-3,1,\n\
                    A-3,1,USD,-3,5,4\n";

story! {
    async fn a_price_list_comes_in_with_a_reason_for_each_refused_row(world) {
        let (buyer, seller) = parties(&world).await;
        let answer = send(&seller, &buyer, LIST, json!({})).await.only();
        assert_eq!(answer["import"]["status"], "COMPLETED");
        let rows = answer["import"]["rows"]["edges"].as_array().unwrap().iter();
        let reasons: Vec<_> = rows
            .flat_map(|edge| {
                let line = edge["node"]["line"].as_i64().unwrap();
                edge["node"]["errors"].as_array().unwrap().iter().map(move |error| {
                    (line, error["code"].as_str().unwrap(), error["path"][0].as_str().unwrap_or_default())
                })
            })
            .collect();
        assert_eq!(reasons, [
            (7, "UNKNOWN_CURRENCY", "currency"),
            (4, "TOO_MANY_DECIMALS", "price"),
            (5, "NOT_FOUND", "product_number"),
            (6, "DUPLICATE", "product_number"),
            (8, "DUPLICATE", "product_number"),
        ]);
        assert_eq!(prices(&seller).await, [("A-1".into(), "0.99".into()), ("A-2".into(), "12500".into())]);

        let run = json!({ "id": answer["import"]["id"] });
        assert_eq!(seller.run("import", run.clone()).await.only()["counts"]["rejected"], 5);
        assert_eq!(buyer.run("import", run.clone()).await.error(), "NOT_FOUND");
        assert_eq!(world.nobody().run("import", run).await.error(), "UNAUTHENTICATED");
    }
}

story! {
    async fn the_same_list_again_changes_nothing(world) {
        let (buyer, seller) = parties(&world).await;
        assert_eq!(counts(send(&seller, &buyer, LIST, json!({})).await), [2, 0, 0, 5]);
        assert_eq!(counts(send(&seller, &buyer, LIST, json!({})).await), [0, 0, 2, 5]);
        let dearer = "product_number;price;currency;lead_time_days\r\nA-1;1.25;USD;17\r\n";
        assert_eq!(counts(send(&seller, &buyer, dearer, json!({})).await), [0, 1, 0, 0]);
        let made = seller.run("offers", json!({ "filter": { "side": "SELLER" }, "first": 100 })).await.only();
        let nuts = made["edges"].as_array().unwrap().iter().find(|edge| edge["node"]["product"]["number"] == "A-1");
        assert_eq!(nuts.unwrap()["node"]["maxQuantity"], "100", "a column that is missing leaves what it would say");
    }
}

story! {
    async fn all_or_nothing_and_trials_keep_nothing(world) {
        let (buyer, seller) = parties(&world).await;
        for (extra, status) in [
            (json!({ "mode": "ALL_OR_NOTHING" }), "ROLLED_BACK"),
            (json!({ "dryRun": true }), "TRIED"),
        ] {
            let answer = send(&seller, &buyer, LIST, extra).await.only();
            assert_eq!((&answer["import"]["status"], &answer["import"]["counts"]["created"]), (&json!(status), &json!(2)));
            assert_eq!(prices(&seller).await, []);
        }
        let good = LIST.lines().take(3).collect::<Vec<_>>().join("\n");
        assert_eq!(counts(send(&seller, &buyer, &good, json!({ "mode": "ALL_OR_NOTHING" })).await), [2, 0, 0, 0]);
    }
}

story! {
    async fn a_retry_answers_the_first_run(world) {
        let (buyer, seller) = parties(&world).await;
        let key = json!({ "idempotencyKey": "price-list-1" });
        let first = send(&seller, &buyer, LIST, key.clone()).await.only();
        assert_eq!(send(&seller, &buyer, LIST, key.clone()).await.only(), first);
        assert_eq!(send(&seller, &buyer, "product_number,price\n", key).await.error(), "CONFLICT");
        assert_eq!(seller.run("imports", json!({ "first": 10 })).await.only()["edges"].as_array().unwrap().len(), 1);
    }
}

story! {
    async fn a_file_that_is_no_list_of_offers_is_refused_as_a_whole(world) {
        let (buyer, seller) = parties(&world).await;
        for (csv, code) in [
            (String::new(), "COLUMN_MISSING"),
            ("product_number,price,currency,lead_time_days,colour\n".to_owned(), "COLUMN_UNKNOWN"),
            ("p\0r\0i\0c\0e\0".to_owned(), "TEXT_NOT_UTF8"),
            ("x".repeat(512 * 1024 + 1), "TOO_LONG"),
            (format!("product_number,price,currency,lead_time_days\n{}", "A,1,USD,1\n".repeat(10_001)), "TOO_MANY"),
        ] {
            assert_eq!(send(&seller, &buyer, &csv, json!({})).await.refusals()[0], (code.to_owned(), "csv".to_owned()));
        }
        let mojibake = "product_number,price,currency,lead_time_days\nM\u{fffd}tter,1,USD,1\n";
        assert_eq!(counts(send(&seller, &buyer, mojibake, json!({})).await), [0, 0, 0, 1]);
        assert_eq!(seller.run("imports", json!({ "first": 10 })).await.only()["edges"].as_array().unwrap().len(), 1);
    }
}

story! {
    async fn a_product_is_named_by_id_or_by_number_in_ones_own_catalog(world) {
        let (buyer, seller) = parties(&world).await;
        published(&seller, "S-1", "Của mình").await;
        let found = crate::search::find(&world, &buyer, "A-1").await;
        let [id] = found.as_slice() else { panic!("{found:?}") };
        let hidden = crate::catalog::draft(&buyer, "H-1", "Bí mật").await;
        let csv = format!(
            "product_id\tproduct_number\tprice\tcurrency\tlead_time_days\tvalid_from\taccess\n\
             {id}\t\t1\tUSD\t1\t2026-03-01\tpublic\n\t{}\t2\tUSD\t1\t\t\n{}\t\t1\tUSD\t1\t\t\n\t\t1\tUSD\t1\t01/03/2026\tall\n",
            "S-1",
            hidden["id"].as_str().unwrap(),
        );
        let input = json!({ "input": { "csv": csv, "mode": "KEEP_GOOD_ROWS" } });
        let answer = seller.run("importOffers", input).await.only();
        assert_eq!(answer["import"]["counts"]["created"], 2);
        let rows = answer["import"]["rows"]["edges"].as_array().unwrap();
        let codes: Vec<_> = rows.iter().flat_map(|edge| edge["node"]["errors"].as_array().unwrap()).map(|e| e["code"].as_str().unwrap()).collect();
        assert_eq!(codes, ["REQUIRED", "DATE_MALFORMED", "INVALID", "NOT_FOUND"]);
    }
}
