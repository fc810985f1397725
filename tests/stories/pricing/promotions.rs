//! What promotions are for, and what they take off what.

use serde_json::Value;
use tradehall_tests::{json, story};

use super::{Prices, pays, verdicts};

async fn sorted(prices: &Prices, number: &str, category: Option<&Value>, brand: Option<&str>) -> Value {
    let input =
        json!({ "input": { "number": number, "name": number, "unit": "C62", "categoryId": category, "brand": brand } });
    let product = prices.seller().run("createProduct", input).await.only()["product"].clone();
    prices.seller().run("publishProduct", json!({ "input": { "productId": product["id"] } })).await.only();
    product
}

async fn category(prices: &Prices, code: &str, parent: Option<&Value>) -> Value {
    let input = json!({ "input": { "code": code, "name": code, "parentId": parent } });
    prices.seller().run("createCategory", input).await.only()["category"]["id"].clone()
}

story! {
    async fn a_promotion_reaches_what_it_is_for(world) {
        let prices = Prices::open(&world).await;
        let root = category(&prices, "ROOT", None).await;
        let leaf = category(&prices, "LEAF", Some(&root)).await;
        let deep = sorted(&prices, "P-1", Some(&leaf), None).await;
        let branded = sorted(&prices, "P-2", None, Some("Bosch")).await;
        let plain = sorted(&prices, "P-3", None, Some("Makita")).await;
        let buyer = world.buyer().await;
        let list = prices.list("G", json!({})).await;
        for product in [&deep, &branded, &plain] {
            prices.enter(&list, product, "100", json!({})).await;
        }
        prices.promotion("Danh mục", json!({ "percentOff": "10", "categoryIds": [root] })).await;
        let by_brand = prices.promotion("Hãng", json!({ "percentOff": "20", "brands": ["Bosch"] })).await;
        let of_promotion = prices.seller().run("promotion", json!({ "id": by_brand })).await.only();
        assert_eq!(of_promotion["targetBrands"], json!(["Bosch"]));
        assert_eq!(pays(&buyer, &deep, "1").await, "90.00 USD by PROMOTION");
        assert_eq!(pays(&buyer, &branded, "1").await, "80.00 USD by PROMOTION");
        assert_eq!(pays(&buyer, &plain, "1").await, "100.00 USD by LIST");
        let fixed = json!({
            "unitPrice": { "amount": "70", "currency": "USD" }, "unit": "C62", "minQuantity": "10", "productIds": [plain["id"]],
        });
        prices.promotion("Mười cái", fixed).await;
        assert_eq!(pays(&buyer, &plain, "9").await, "100.00 USD by LIST");
        assert_eq!(pays(&buyer, &plain, "10").await, "70.00 USD by PROMOTION");
        prices.promotion("Ưu tiên", json!({ "percentOff": "5", "priority": 7 })).await;
        assert_eq!(pays(&buyer, &plain, "10").await, "95.00 USD by PROMOTION", "the higher priority, not the lower price");
        let seen = buyer.run("productPrice", json!({ "id": plain["id"] })).await.only();
        assert_eq!(seen["price"]["promotionName"], "Ưu tiên");
        let why = buyer.run("priceExplanation", json!({ "productId": plain["id"], "quantity": "10" })).await.only();
        assert_eq!(verdicts(&why), [
            "PROMOTION PROMOTION TAKEN", "PROMOTION PROMOTION LOWER_PRIORITY", "LIST GENERAL_LIST EARLIER_RULE",
        ]);
        let candidate = &why["rules"][4]["candidates"][1];
        assert_eq!((&candidate["priority"], &candidate["promotion"]), (&Value::Null, &Value::Null), "for the seller alone");
    }
}

story! {
    async fn a_promotion_for_a_segment_is_its_customers_alone(world) {
        let prices = Prices::open(&world).await;
        let product = sorted(&prices, "P-1", None, None).await;
        let (buyer, other) = (world.buyer().await, world.stranger().await);
        let customer = prices.shop.customer(&buyer).await;
        let segment = prices.shop.segment("S").await;
        let sort = json!({ "input": { "segmentId": segment, "addCustomerIds": [customer] } });
        prices.seller().run("sortCustomers", sort).await.only();
        prices.offer(&product, "100").await;
        prices.promotion("Đại lý", json!({ "percentOff": "12.5", "segmentId": segment })).await;
        assert_eq!(pays(&buyer, &product, "1").await, "87.50 USD by PROMOTION");
        assert_eq!(pays(&other, &product, "1").await, "100.00 USD by LIST");
        let wrong = json!({ "input": { "name": "X", "percentOff": "100", "categoryIds": [], "minQuantity": "3" } });
        let refused = prices.seller().run("createPromotion", wrong).await.refusals();
        assert_eq!(refused, [("TOO_LARGE".into(), "percentOff".into()), ("REQUIRED".into(), "unit".into())]);
    }
}
