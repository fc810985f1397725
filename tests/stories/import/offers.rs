//! A seller's price list as a table.

use serde_json::Value;
use tradehall::graphql::id::global;
use tradehall_tests::tables::CSV;
use tradehall_tests::{Person, World, json, story};

use super::desk::{ask, counts, reasons};
use crate::catalog::published;

/// A buyer with three products, and a seller.
async fn parties(world: &World) -> (Person, Person) {
    let (buyer, seller) = (world.buyer().await, world.seller("Thép Việt").await);
    for number in ["A-1", "A-2", "A-3"] {
        published(&buyer, number, "Vòng bi").await;
    }
    (buyer, seller)
}

/// Imports a list that names the products of `owner`.
async fn send(world: &World, seller: &Person, owner: &Person, csv: &str, extra: Value) -> Value {
    let mut input = json!({ "options": { "productOwnerId": global(owner.organization()) } });
    input.as_object_mut().unwrap().extend(extra.as_object().unwrap().clone());
    world.import_csv(seller, "OFFERS", csv, input).await
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
                    A-3,-1,EUR,-3,5,4\n";

story! {
    async fn a_price_list_comes_in_with_a_reason_for_each_refused_row(world) {
        let (buyer, seller) = parties(&world).await;
        let run = send(&world, &seller, &buyer, LIST, json!({})).await;
        assert_eq!(run["status"], "PARTLY");
        let expected = [
            (4, "TOO_MANY_DECIMALS", "price"),
            (5, "NOT_FOUND", "product_number"),
            (6, "DUPLICATE", "product_number"),
            (7, "UNKNOWN_CURRENCY", "currency"),
            (8, "NEGATIVE", "price"),
            (8, "MAX_BELOW_MIN", "max_quantity"),
            (8, "NEGATIVE", "lead_time_days"),
        ];
        let mut told = reasons(&run);
        told.sort();
        let mut expected = expected.map(|(line, code, column)| (line, code.to_owned(), column.to_owned()));
        expected.sort();
        assert_eq!(told, expected);
        assert_eq!(prices(&seller).await, [("A-1".into(), "0.99".into()), ("A-2".into(), "12500".into())]);

        let run = json!({ "id": run["id"] });
        assert_eq!(seller.run("import", run.clone()).await.only()["counts"]["rejected"], 5);
        assert_eq!(buyer.run("import", run.clone()).await.error(), "NOT_FOUND");
        assert_eq!(world.nobody().run("import", run).await.error(), "UNAUTHENTICATED");
    }
}

story! {
    async fn the_same_list_again_changes_nothing(world) {
        let (buyer, seller) = parties(&world).await;
        assert_eq!(counts(&send(&world, &seller, &buyer, LIST, json!({})).await), [2, 0, 0, 5]);
        assert_eq!(counts(&send(&world, &seller, &buyer, LIST, json!({})).await), [0, 0, 2, 5]);
        let dearer = "product_number;price;currency;lead_time_days\r\nA-1;1.25;USD;17\r\n";
        assert_eq!(counts(&send(&world, &seller, &buyer, dearer, json!({})).await), [0, 1, 0, 0]);
        let made = seller.run("offers", json!({ "filter": { "side": "SELLER" }, "first": 100 })).await.only();
        let nuts = made["edges"].as_array().unwrap().iter().find(|edge| edge["node"]["product"]["number"] == "A-1");
        assert_eq!(nuts.unwrap()["node"]["maxQuantity"], "100", "a column that is missing leaves what it would say");
    }
}

story! {
    async fn all_or_nothing_and_trials_keep_nothing(world) {
        let (buyer, seller) = parties(&world).await;
        for (extra, status) in [(json!({ "mode": "ALL_OR_NOTHING" }), "FAILED"), (json!({ "trial": true }), "PARTLY")] {
            let run = send(&world, &seller, &buyer, LIST, extra).await;
            assert_eq!((&run["status"], &run["counts"]["created"]), (&json!(status), &json!(2)));
            assert_eq!(prices(&seller).await, []);
        }
        let good = LIST.lines().take(3).collect::<Vec<_>>().join("\n");
        let run = send(&world, &seller, &buyer, &good, json!({ "mode": "ALL_OR_NOTHING" })).await;
        assert_eq!(counts(&run), [2, 0, 0, 0]);
    }
}

story! {
    async fn a_retry_answers_the_first_run(world) {
        let (_, seller) = parties(&world).await;
        let file = world.place(&seller, "list.csv", CSV, LIST.as_bytes()).await;
        let key = json!({ "idempotencyKey": "price-list-1" });
        let first = ask(&seller, &file, "OFFERS", key.clone()).await.only();
        assert_eq!(ask(&seller, &file, "OFFERS", key.clone()).await.only(), first);
        let other = json!({ "idempotencyKey": "price-list-1", "trial": true });
        assert_eq!(ask(&seller, &file, "OFFERS", other).await.error(), "CONFLICT");
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
             {id}\t\t1\tUSD\t1\t2026-03-01\tpublic\n\tS-1\t2\tUSD\t1\t\t\n{}\t\t1\tUSD\t1\t\t\n\t\t1\tUSD\t1\t01/03/2026\tall\n",
            hidden["id"].as_str().unwrap(),
        );
        let run = world.import_csv(&seller, "OFFERS", &csv, json!({})).await;
        assert_eq!(run["counts"]["created"], 2);
        let codes: Vec<_> = reasons(&run).into_iter().map(|(_, code, _)| code).collect();
        assert_eq!(codes, ["NOT_FOUND", "REQUIRED", "DATE_MALFORMED", "INVALID"]);
    }
}
