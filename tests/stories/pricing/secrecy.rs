//! Non-interference: what one customer is answered does not depend on what another customer pays.

use serde_json::Value;
use tradehall_tests::{Person, json, story};

use super::Prices;

/// Everything that a customer can ask about prices, as it is answered.
async fn answers(person: &Person, products: &[Value]) -> String {
    let mut all = Vec::new();
    for quantity in ["1", "10", "100"] {
        for currency in [Value::Null, json!("USD"), json!("VND")] {
            let page = json!({ "quantity": quantity, "currency": currency, "first": 50 });
            all.push(person.run("productsWithPrices", page).await.json);
        }
        for product in products {
            let asked = json!({ "id": product["id"], "quantity": quantity });
            all.push(person.run("productPrice", asked).await.json);
            let asked = json!({ "productId": product["id"], "quantity": quantity });
            all.push(person.run("priceExplanation", asked).await.json);
        }
    }
    all.push(person.run("priceLists", json!({ "first": 50 })).await.json);
    all.push(person.run("promotions", json!({ "first": 50 })).await.json);
    serde_json::to_string(&all).unwrap()
}

story! {
    async fn another_customers_prices_change_nothing(world) {
        let prices = Prices::open(&world).await;
        let products = [prices.shop.product("B-1").await, prices.shop.product("B-2").await, prices.shop.product("B-3").await];
        let (buyer, rival, guest) = (world.buyer().await, world.organization("Đối thủ").await, world.stranger().await);
        let rival = world.member(rival, tradehall_domain::access::SystemRole::Owner);
        let (own, theirs) = (prices.shop.customer(&buyer).await, prices.shop.customer(&rival).await);
        let general = prices.list("G", json!({})).await;
        prices.enter(&general, &products[0], "10", json!({})).await;
        prices.enter(&general, &products[0], "9", json!({ "minQuantity": "10", "orderMultiple": "5" })).await;
        prices.offer(&products[1], "30").await;
        let special = prices.list("C", json!({ "customerId": own })).await;
        prices.enter(&special, &products[2], "7", json!({})).await;
        let (before, guests) = (answers(&buyer, &products).await, answers(&guest, &products).await);

        // The rival gets a segment, lists, promotions and prices of every kind, newer and of higher priority than all others.
        let segment = prices.shop.segment("R").await;
        let sort = json!({ "input": { "segmentId": segment, "addCustomerIds": [theirs] } });
        prices.seller().run("sortCustomers", sort).await.only();
        for (n, fields) in [json!({ "customerId": theirs, "priority": 9 }), json!({ "segmentId": segment, "priority": 9 })].into_iter().enumerate() {
            let list = prices.list(&format!("R{n}"), fields).await;
            for product in &products {
                prices.enter(&list, product, "1", json!({ "orderMinimum": "50" })).await;
                prices.enter(&list, product, "0.5", json!({ "minQuantity": "10" })).await;
                prices.enter(&list, product, "2", json!({ "unit": "DZN" })).await;
            }
        }
        let fields = json!({ "percentOff": "50", "segmentId": segment, "priority": 9 });
        let promotion = prices.promotion("Bí mật", fields).await;
        prices.promotion("Bí mật hơn", json!({ "percentOff": "60", "customerId": theirs, "productIds": [products[1]["id"]] })).await;
        assert_ne!(answers(&rival, &products).await, before, "the rival does pay something else");
        assert_eq!(answers(&buyer, &products).await, before);
        assert_eq!(answers(&guest, &products).await, guests);

        prices.seller().run("endPromotion", json!({ "input": { "promotionId": promotion } })).await.only();
        let sort = json!({ "input": { "segmentId": segment, "removeCustomerIds": [theirs] } });
        prices.seller().run("sortCustomers", sort).await.only();
        assert_eq!(answers(&buyer, &products).await, before);
        assert_eq!(answers(&guest, &products).await, guests);
    }
}
