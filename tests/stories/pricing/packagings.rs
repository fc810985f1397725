//! Prices for a box of what is counted in pieces, and the reverse.

use serde_json::Value;
use tradehall_domain::language::Language;
use tradehall_tests::{Person, json, story};

use super::lists::codes;
use super::{Prices, verdicts};
use crate::import::desk::{counts, reasons};

/// What so much costs somebody, as `24 C62 at 2.50 for 60.00`, and why it cannot be ordered; nothing where there is no price.
async fn asked(person: &Person, product: &Value, quantity: &str, unit: &str) -> String {
    let asked = json!({ "id": product["id"], "quantity": quantity, "unit": unit });
    let price = person.run("productPrice", asked).await.only()["price"].clone();
    if price.is_null() {
        return String::new();
    }
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let (quantity, unit) = (text(&price["quantity"]), text(&price["unit"]));
    let (each, all) = (text(&price["unitPrice"]["amount"]), text(&price["amount"]["amount"]));
    format!("{quantity} {unit} at {each} for {all} {}", text(&price["reasonCode"])).trim_end().to_owned()
}

story! {
    async fn a_price_per_piece_is_asked_per_box_and_the_reverse(world) {
        let prices = Prices::open(&world).await;
        let (pieces, boxes) = (prices.packed("B-1").await, prices.packed("B-2").await);
        let buyer = world.buyer().await;
        let list = prices.list("G", json!({})).await;
        prices.enter(&list, &pieces, "2.5", json!({})).await;
        prices.enter(&list, &boxes, "27", json!({ "unit": "XBX" })).await;

        assert_eq!(asked(&buyer, &pieces, "2", "XBX").await, "24 C62 at 2.50 for 60.00");
        assert_eq!(asked(&buyer, &pieces, "1", "XPX").await, "60 C62 at 2.50 for 150.00");
        assert_eq!(asked(&buyer, &boxes, "24", "C62").await, "2 XBX at 27.00 for 54.00");
        assert_eq!(asked(&buyer, &boxes, "2", "DZN").await, "2 XBX at 27.00 for 54.00");
        assert_eq!(asked(&buyer, &boxes, "1", "XPX").await, "5 XBX at 27.00 for 135.00");
        assert_eq!(asked(&buyer, &boxes, "13", "C62").await, "");
        assert_eq!(asked(&buyer, &boxes, "1", "XCT").await, "");

        // Where both are said, the unit that is asked for decides.
        prices.enter(&list, &pieces, "27", json!({ "unit": "XBX" })).await;
        assert_eq!(asked(&buyer, &pieces, "24", "C62").await, "24 C62 at 2.50 for 60.00");
        assert_eq!(asked(&buyer, &pieces, "2", "XBX").await, "2 XBX at 27.00 for 54.00");
    }
}

story! {
    async fn an_explanation_speaks_the_readers_language(world) {
        let prices = Prices::open(&world).await;
        let product = prices.packed("B-1").await;
        let buyer = world.buyer().await;
        let list = prices.list("G", json!({})).await;
        prices.enter(&list, &product, "27", json!({ "unit": "XBX" })).await;
        let explain = async |person: &Person, quantity: &str, unit: &str| {
            let asked = json!({ "productId": product["id"], "quantity": quantity, "unit": unit });
            let seen = person.run("priceExplanation", asked).await.only();
            (verdicts(&seen).remove(0), seen["rules"][6]["candidates"][0]["explanation"].as_str().unwrap().to_owned())
        };
        let mut vietnamese = buyer.clone();
        vietnamese.language = Language::Vietnamese;
        for (quantity, unit, verdict, english, local) in [
            ("12", "C62", "TAKEN", "It is the price.", "Đây là giá được áp dụng."),
            ("13", "C62", "QUANTITY_INEXACT", "The quantity asked for is no number of its unit", "Số lượng được hỏi không phải là một số"),
            ("1", "KGM", "UNIT_DIFFERS", "It is for a unit that has nothing to do with", "Giá này dành cho đơn vị không liên quan"),
        ] {
            let (told, sentence) = explain(&buyer, quantity, unit).await;
            assert_eq!(told, format!("LIST GENERAL_LIST {verdict}"));
            assert!(sentence.starts_with(english), "{sentence}");
            let (same, sentence) = explain(&vietnamese, quantity, unit).await;
            assert_eq!(same, told);
            assert!(sentence.starts_with(local), "{sentence}");
        }
    }
}

story! {
    async fn a_tier_in_boxes_is_reached_by_pieces(world) {
        let prices = Prices::open(&world).await;
        let product = prices.packed("B-1").await;
        let buyer = world.buyer().await;
        let list = prices.list("G", json!({})).await;
        prices.enter(&list, &product, "27", json!({ "unit": "XBX" })).await;
        prices.enter(&list, &product, "24", json!({ "unit": "XBX", "minQuantity": "10" })).await;
        assert_eq!(asked(&buyer, &product, "108", "C62").await, "9 XBX at 27.00 for 243.00");
        assert_eq!(asked(&buyer, &product, "120", "C62").await, "10 XBX at 24.00 for 240.00");
        assert_eq!(asked(&buyer, &product, "2", "XPX").await, "10 XBX at 24.00 for 240.00");
        let less = json!({ "percentOff": "50", "productIds": [product["id"]], "unit": "XPX", "minQuantity": "3" });
        prices.promotion("Tết", less).await;
        assert_eq!(asked(&buyer, &product, "180", "C62").await, "15 XBX at 12.00 for 180.00");
    }
}

story! {
    async fn a_multiple_in_boxes_refuses_thirteen_pieces(world) {
        let prices = Prices::open(&world).await;
        let product = prices.packed("B-1").await;
        let buyer = world.buyer().await;
        let offer = json!({ "input": {
            "productId": product["id"], "unitPrice": "30", "currency": "USD", "unit": "XBX", "maxQuantity": "10", "leadTimeDays": 1,
            "access": "PUBLIC",
        } });
        prices.seller().run("createOffer", offer).await.only();
        let list = prices.list("G", json!({})).await;
        prices.enter(&list, &product, "2", json!({})).await;
        assert_eq!(asked(&buyer, &product, "12", "C62").await, "12 C62 at 2.00 for 24.00");
        assert_eq!(asked(&buyer, &product, "13", "C62").await, "13 C62 at 2.00 for 26.00 OFF_ORDER_MULTIPLE");
        assert_eq!(asked(&buyer, &product, "11", "C62").await, "11 C62 at 2.00 for 22.00 BELOW_ORDER_MINIMUM");
        assert_eq!(asked(&buyer, &product, "3", "XPX").await, "180 C62 at 2.00 for 360.00 ABOVE_ORDER_MAXIMUM");
        let price = json!({ "id": product["id"], "quantity": "13" });
        let told = buyer.run("productPrice", price).await.only()["price"]["reason"].clone();
        assert_eq!(told, "Quantities are multiples of 1 XBX.");
    }
}

story! {
    async fn prices_are_entered_in_units_that_the_product_has(world) {
        let prices = Prices::open(&world).await;
        let (packed, bare) = (prices.packed("B-1").await, prices.shop.product("B-2").await);
        let list = prices.list("G", json!({})).await;
        let row = |product: &Value, unit: &str| json!({ "productId": product["id"], "unit": unit, "unitPrice": "5" });
        let rows = [row(&packed, "XBX"), row(&packed, "XCT"), row(&bare, "XBX"), row(&bare, "DZN"), row(&bare, "KGM")];
        let told: Vec<_> = prices.enter_all(&list, &rows).await.iter().map(|result| codes(result).concat()).collect();
        let unknown = "unit PACKAGING_UNKNOWN";
        assert_eq!(told, ["", unknown, unknown, "", unknown]);

        let file = "list_code,product_number,unit,unit_price\nG,B-1,XPX,50\nG,B-1,XCT,5\nG,B-2,XBX,5\nG,B-2,SCO,5\n";
        let run = world.import_csv(prices.seller(), "PRICES", file, json!({})).await;
        assert_eq!(counts(&run), [2, 0, 0, 2], "{run:#}");
        let refused = [3, 4].map(|line| (line, "PACKAGING_UNKNOWN".to_owned(), "unit".to_owned()));
        assert_eq!(reasons(&run), refused);
        assert_eq!(asked(&world.buyer().await, &packed, "60", "C62").await, "1 XPX at 50.00 for 50.00");
    }
}

story! {
    async fn a_packaging_stays_while_prices_in_force_count_it(world) {
        let prices = Prices::open(&world).await;
        let product = prices.packed("B-1").await;
        let buyer = world.buyer().await;
        let (list, draft) = (prices.list("G", json!({})).await, prices.draft("D", json!({})).await);
        let entered = prices.enter(&list, &product, "27", json!({ "unit": "XBX" })).await;
        prices.enter(&draft, &product, "99", json!({ "unit": "XPX" })).await;
        let before = world.now();
        world.pass(jiff::SignedDuration::from_hours(1));
        let refused = [("PACKAGING_PRICED".to_owned(), "packagings".to_owned())];
        let none = async || prices.pack(&product, json!([])).await;
        assert_eq!(none().await.refusals(), refused);
        // What is only drafted does not hold it, and a list does not hold how much it is.
        prices.pack(&product, json!([{ "unit": "XBX", "quantity": "10" }])).await.only();
        assert_eq!(asked(&buyer, &product, "20", "C62").await, "2 XBX at 27.00 for 54.00");
        prices.step("activatePriceList", &draft).await;
        assert_eq!(asked(&buyer, &product, "1", "XPX").await, "1 XPX at 99.00 for 99.00", "it answers for itself alone");

        let ended = json!({ "input": { "priceListId": list, "priceIds": [entered["price"]["id"]] } });
        prices.seller().run("endPrices", ended).await.only();
        none().await.only();
        let then = |quantity: &str, unit: &str| {
            json!({ "id": product["id"], "quantity": quantity, "unit": unit, "asOf": before.to_string() })
        };
        let past = buyer.run("productPrice", then("2", "XBX")).await.only()["price"].clone();
        assert_eq!(past["amount"]["amount"], "54.00", "what is past is answered as it was");
        let past = buyer.run("productPrice", then("24", "C62")).await.only();
        assert_eq!(past["price"], Value::Null, "counted by the packagings of now");
    }
}
