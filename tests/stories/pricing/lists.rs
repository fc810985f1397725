//! Making lists, and entering and ending prices in them.

use serde_json::Value;
use tradehall_domain::access::SystemRole;
use tradehall_tests::{json, story};

use super::{Prices, pays};
use crate::catalog::published;

pub(super) fn codes(result: &Value) -> Vec<String> {
    let errors = result["userErrors"].as_array().unwrap().iter();
    let path = |error: &Value| {
        let steps: Vec<_> = error["path"].as_array().into_iter().flatten().filter_map(Value::as_str).collect();
        steps.join(".")
    };
    errors.map(|error| format!("{} {}", path(error), error["code"].as_str().unwrap())).collect()
}

story! {
    async fn a_price_counts_from_the_moment_its_list_is_in_force(world) {
        let prices = Prices::open(&world).await;
        let product = prices.shop.product("B-1").await;
        let (buyer, other) = (world.buyer().await, world.stranger().await);
        let customer = prices.shop.customer(&buyer).await;

        let list = prices.draft("A", json!({ "customerId": customer })).await;
        prices.enter(&list, &product, "9.5", json!({})).await;
        assert_eq!(pays(&buyer, &product, "1").await, "", "nobody is told of a draft");
        prices.step("activatePriceList", &list).await;
        assert_eq!(pays(&buyer, &product, "1").await, "9.50 USD by CUSTOMER", "visible at once");
        assert_eq!(pays(&other, &product, "1").await, "");
        prices.enter(&list, &product, "9.25", json!({})).await;
        assert_eq!(pays(&buyer, &product, "1").await, "9.25 USD by CUSTOMER");
        prices.step("pausePriceList", &list).await;
        assert_eq!(pays(&buyer, &product, "1").await, "");
        prices.step("resumePriceList", &list).await;

        let kept = json!({ "id": list, "ended": true, "first": 10 });
        let kept = prices.seller().run("priceList", kept).await.only();
        assert_eq!(kept["prices"]["edges"].as_array().unwrap().len(), 2, "nothing is deleted");
        assert_eq!(kept["customer"]["id"], customer);
        let standing = prices.seller().run("priceList", json!({ "id": list, "first": 10 })).await.only();
        let price = standing["prices"]["edges"][0]["node"].clone();
        assert_eq!(price["unitPrice"]["amount"], "9.25");
        let end = json!({ "input": { "priceListId": list, "priceIds": [price["id"], price["id"]] } });
        let ended = prices.seller().run("endPrices", end).await.only();
        assert_eq!(codes(&ended["results"][0]), [""; 0]);
        assert_eq!(codes(&ended["results"][1]), [" PRICE_ENDED"]);
        assert_eq!(pays(&buyer, &product, "1").await, "");
        prices.step("endPriceList", &list).await;
        let late = json!({ "input": { "priceListId": list, "prices": [
            { "productId": product["id"], "unit": "C62", "unitPrice": "1" },
        ] } });
        assert_eq!(prices.seller().run("enterPrices", late).await.refusal(), "PRICE_LIST_STATUS");
    }
}

story! {
    async fn each_price_is_answered_by_itself(world) {
        let prices = Prices::open(&world).await;
        let product = prices.shop.product("B-1").await;
        let foreign = published(&world.buyer().await, "X-1", "Của người khác").await;
        let list = prices.list("A", json!({})).await;
        let row = |fields: Value| {
            let mut row = json!({ "productId": product["id"], "unit": "C62", "unitPrice": "5" });
            row.as_object_mut().unwrap().extend(fields.as_object().unwrap().clone());
            row
        };
        let soon = (world.now() + jiff::SignedDuration::from_hours(1)).to_string();
        let later = (world.now() + jiff::SignedDuration::from_hours(2)).to_string();
        let results = prices.enter_all(&list, &[
            row(json!({ "validFrom": soon, "validUntil": later })),
            row(json!({ "validUntil": soon })),
            row(json!({})),
            row(json!({ "minQuantity": "10", "orderMultiple": "5" })),
            row(json!({ "minQuantity": "12", "orderMultiple": "5" })),
            row(json!({ "unitPrice": "0", "minQuantity": "-10" })),
            row(json!({ "minQuantity": "20", "validFrom": later, "validUntil": soon })),
            row(json!({ "productId": foreign["id"] })),
            row(json!({ "minQuantity": "10", "orderMultiple": "5", "unitPrice": "6" })),
        ]).await;
        let told: Vec<_> = results.iter().map(codes).collect();
        assert_eq!(told[0], [""; 0]);
        assert_eq!(told[1], [""; 0]);
        assert_eq!(told[2], ["validFrom PRICE_OVERLAPS"]);
        assert_eq!(told[3], [""; 0]);
        assert_eq!(told[4], ["minQuantity OFF_MULTIPLE"]);
        assert_eq!(told[5], ["unitPrice NOT_POSITIVE", "minQuantity NOT_POSITIVE"]);
        assert_eq!(told[6], ["validUntil ENDS_BEFORE_START"]);
        assert_eq!(told[7], ["productId NOT_OWN_PRODUCT"]);
        assert_eq!(told[8], [" DUPLICATE"]);
        assert!(results[2]["price"].is_null() && !results[3]["price"].is_null());
        let none = json!({ "input": { "priceListId": list, "prices": [] } });
        assert_eq!(prices.seller().run("enterPrices", none).await.refusals(), [("TOO_FEW".into(), "prices".into())]);
    }
}

story! {
    async fn a_retry_of_the_same_prices_changes_nothing(world) {
        let prices = Prices::open(&world).await;
        let product = prices.shop.product("B-1").await;
        let key = json!({ "code": "A", "name": "A", "currency": "USD", "idempotencyKey": "list-0001" });
        let list = prices.seller().run("createPriceList", json!({ "input": key })).await.only();
        let again = prices.seller().run("createPriceList", json!({ "input": key })).await.only();
        assert_eq!(list["priceList"]["id"], again["priceList"]["id"]);
        let other = json!({ "input": { "code": "A", "name": "B", "currency": "USD" } });
        let refused = prices.seller().run("createPriceList", other).await.refusals();
        assert_eq!(refused, [("PRICE_LIST_CODE_TAKEN".into(), "code".into())]);
        let list = list["priceList"]["id"].clone();
        let one = prices.enter(&list, &product, "5", json!({})).await;
        let two = prices.enter(&list, &product, "5", json!({})).await;
        assert_eq!(one["price"]["id"], two["price"]["id"]);
    }
}

story! {
    async fn whoever_may_not_manage_prices_reads_them_at_most(world) {
        let prices = Prices::open(&world).await;
        let list = prices.list("A", json!({})).await;
        let auditor = world.member(prices.seller().organization(), SystemRole::Auditor);
        let seen = auditor.run("priceList", json!({ "id": list, "first": 1 })).await.only();
        assert_eq!(seen["availableActions"][0]["reasonCode"], "PERMISSION_MISSING");
        let stop = json!({ "input": { "priceListId": list } });
        assert_eq!(auditor.run("pausePriceList", stop.clone()).await.error(), "FORBIDDEN");
        let stranger = world.stranger().await;
        assert_eq!(stranger.run("priceList", json!({ "id": list, "first": 1 })).await.error(), "NOT_FOUND");
        assert_eq!(stranger.run("pausePriceList", stop).await.error(), "NOT_FOUND");
        let both = world.buyer().await;
        let customer = prices.shop.customer(&both).await;
        let segment = prices.shop.segment("S").await;
        let two = json!({ "input": { "code": "B", "name": "B", "currency": "USD", "customerId": customer, "segmentId": segment } });
        assert_eq!(prices.seller().run("createPriceList", two).await.refusal(), "PRICE_GROUP_MISMATCH");
        let rival = crate::customer::Shop::open(&world, "OPEN").await;
        let poached = json!({ "input": { "code": "B", "name": "B", "currency": "USD", "customerId": customer } });
        let refused = rival.seller.run("createPriceList", poached).await.refusals();
        assert_eq!(refused, [("NOT_FOUND".into(), "customerId".into())]);
    }
}
