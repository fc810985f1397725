//! Hits narrowed and sorted by what the viewer pays.

use serde_json::Value;
use tradehall_tests::{Person, World, json, story};

use super::{each, facet, settle};
use crate::pricing::Prices;

/// Five bolts of two brands and two lengths, four of them with a price, and who buys them.
async fn shelf(world: &World) -> (Prices, Person, Vec<Value>) {
    let prices = Prices::open(world).await;
    let list = prices.list("L", json!({})).await;
    let mut products = Vec::new();
    for (number, brand, length, price) in [
        ("B-1", "Bosch", "40", Some("1")),
        ("B-2", "Bosch", "60", Some("2")),
        ("B-3", "Würth", "40", Some("3")),
        ("B-4", "Würth", "60", Some("4")),
        ("B-5", "Würth", "40", None),
    ] {
        let input = json!({
            "number": number, "name": "Bolt", "brand": brand, "unit": "C62", "attributes": [{ "name": "Length", "value": length }],
        });
        let product = prices.seller().run("createProduct", json!({ "input": input })).await.only()["product"].clone();
        prices.seller().run("publishProduct", json!({ "input": { "productId": product["id"] } })).await.only();
        if let Some(price) = price {
            prices.enter(&list, &product, price, json!({})).await;
        }
        products.push(product);
    }
    settle(world).await;
    (prices, world.buyer().await, products)
}

fn values(list: &[(&str, u64)]) -> Vec<(String, u64)> {
    list.iter().map(|(label, count)| ((*label).to_owned(), *count)).collect()
}

story! {
    async fn facets_count_what_a_price_leaves(world) {
        let (_prices, buyer, _) = shelf(&world).await;
        let ask = async |filter: Value, sort: &str| {
            let asked = json!({ "query": "bolt", "filter": filter, "sort": sort, "first": 9 });
            let answer = buyer.run("productSearch", asked).await;
            // The groups, the products, their prices, and the sellers among the facets.
            assert!(answer.statements <= 4, "{}", answer.statements);
            answer.only()
        };
        let dear = json!({ "currency": "USD", "min": "2" });
        let found = ask(json!({ "price": dear }), "RELEVANCE").await;
        assert_eq!((each(&found, "number").join(" "), &found["totalCount"]), ("B-2 B-3 B-4".to_owned(), &json!(3)));
        assert_eq!(facet(&found, "BRAND", None), values(&[("Würth", 2), ("Bosch", 1)]));
        assert_eq!(facet(&found, "ATTRIBUTE", Some("Length")), values(&[("60", 2), ("40", 1)]));

        // A facet's own choice is left aside in its counts, the price is not.
        let found = ask(json!({ "price": dear, "brands": ["Würth"] }), "PRICE_DESCENDING").await;
        assert_eq!(each(&found, "number"), ["B-4", "B-3"]);
        assert_eq!(facet(&found, "BRAND", None), values(&[("Würth", 2), ("Bosch", 1)]));
        assert_eq!(facet(&found, "ATTRIBUTE", Some("Length")), values(&[("40", 1), ("60", 1)]));
        assert!(found["facets"].as_array().unwrap().iter().all(|facet| facet["withinFilter"] == false));
        let found = ask(json!({ "price": { "currency": "EUR" } }), "NAME").await;
        assert_eq!((&found["totalCount"], &found["facets"], &found["didYouMean"]), (&json!(0), &json!([]), &Value::Null));
    }
}

story! {
    async fn pages_by_price_go_on_where_they_stopped(world) {
        let (prices, buyer, products) = shelf(&world).await;
        for (sort, expected) in [
            ("PRICE_ASCENDING", ["B-1", "B-2", "B-3", "B-4"]),
            ("PRICE_DESCENDING", ["B-4", "B-3", "B-2", "B-1"]),
            ("NUMBER", ["B-1", "B-2", "B-3", "B-4"]),
            ("NEWEST", ["B-4", "B-3", "B-2", "B-1"]),
        ] {
            let ask = async |arguments: Value| {
                let mut variables = json!({ "query": "bolt", "sort": sort, "filter": { "price": { "currency": "USD" } } });
                variables.as_object_mut().unwrap().extend(arguments.as_object().unwrap().clone());
                buyer.run("productSearch", variables).await
            };
            let first = ask(json!({ "first": 3 })).await.only();
            assert_eq!(each(&first, "number"), expected[..3], "{sort}");
            assert_eq!(first["pageInfo"]["hasNextPage"], true);
            let rest = ask(json!({ "first": 3, "after": first["edges"][1]["cursor"] })).await.only();
            assert_eq!(each(&rest, "number"), expected[2..], "{sort}");
            assert_eq!((&rest["pageInfo"]["hasNextPage"], &rest["totalCount"]), (&json!(false), &json!(4)));
            let before = ask(json!({ "last": 1, "before": first["edges"][2]["cursor"] })).await.only();
            assert_eq!(each(&before, "number"), expected[1..2], "{sort}");
            assert_eq!(before["pageInfo"]["hasPreviousPage"], true);
            assert_eq!(ask(json!({ "first": 3, "after": "r0.zz" })).await.error(), "BAD_USER_INPUT");
            assert_eq!(ask(json!({ "first": 3, "last": 3 })).await.error(), "BAD_USER_INPUT");
        }
        // The place of a hit stays a place when the hit is gone.
        let ask = async |after: &Value| {
            let filter = json!({ "price": { "currency": "USD" } });
            buyer.run("productHits", json!({ "query": "bolt", "sort": "NUMBER", "filter": filter, "first": 2, "after": after })).await.only()
        };
        let cursor = ask(&Value::Null).await["edges"][1]["cursor"].clone();
        prices.seller().run("withdrawProduct", json!({ "input": { "productId": products[1]["id"] } })).await.only();
        assert_eq!(each(&ask(&cursor).await, "number"), ["B-3", "B-4"]);
        let unpriced = buyer.run("productHits", json!({ "sort": "PRICE_ASCENDING", "first": 1 })).await;
        assert_eq!((unpriced.error().as_str(), &unpriced.json["errors"][0]["extensions"]["reason"]), ("BAD_USER_INPUT", &json!("REQUIRED")));
    }
}
