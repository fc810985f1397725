//! Boxes of what is agreed on by the piece, and pieces of what is agreed on by the box.

use serde_json::Value;
use tradehall_tests::{Answer, json, story};

use super::{Trade, key, one};

/// Says that twelve come in a box, or not.
async fn pack(trade: &Trade, packagings: Value) -> Answer {
    let input = json!({ "input": { "productId": trade.product, "packagings": packagings } });
    trade.seller().run("packProduct", input).await
}

fn dozen() -> Value {
    json!([{ "unit": "XBX", "quantity": "12" }])
}

/// Calls off so much of one line, in a unit.
async fn call_off(trade: &Trade, (id, line): (&Value, &Value), quantity: &str, unit: &str) -> Answer {
    let lines = json!([{ "lineId": line, "quantity": quantity, "unit": unit }]);
    let input = json!({ "input": { "agreementId": id, "lines": lines, "idempotencyKey": key() } });
    trade.buyer.run("callOff", input).await
}

/// What the resolver says that so much costs the buyer in all, and by which rule.
async fn priced(trade: &Trade, quantity: &str, unit: &str) -> (Value, Value) {
    let asked = json!({ "id": trade.product, "quantity": quantity, "unit": unit });
    let price = trade.buyer.run("productPrice", asked).await.only()["price"].clone();
    (price["rule"].clone(), price["amount"]["amount"].clone())
}

fn refused(code: &str, field: &str) -> [(String, String); 1] {
    [(code.to_owned(), format!("lines.0.{field}"))]
}

story! {
    async fn boxes_are_called_off_of_a_line_of_pieces(world) {
        let trade = Trade::prepare(&world).await;
        let mut content = trade.content();
        content["lines"][0]["orderMultiple"] = json!(null);
        let (id, line) = trade.agreed(&content).await;
        let line = (&id, &line);
        assert_eq!(call_off(&trade, line, "2", "XBX").await.refusals(), refused("PACKAGING_UNKNOWN", "unit"));
        pack(&trade, dozen()).await.only();
        // 24 pieces at 80 000, and 108 at 70 000: what the resolver says is what is ordered.
        for (quantity, total, remaining) in [("2", "1920000", "176"), ("9", "7560000", "68")] {
            assert_eq!(priced(&trade, quantity, "XBX").await, (json!("CONTRACT_LINE"), json!(total)));
            let done = call_off(&trade, line, quantity, "XBX").await.only();
            assert_eq!((&done["order"]["total"]["amount"], &done["agreement"]["lines"][0]["remaining"]), (&json!(total), &json!(remaining)));
            let order = trade.buyer.run("order", json!({ "id": done["order"]["id"] })).await.only()["lines"][0].clone();
            assert_eq!(order["unit"], "C62", "ordered in what was agreed on");
        }
        assert_eq!(call_off(&trade, line, "6", "XBX").await.refusals(), refused("MORE_THAN_REMAINS", "quantity"));
        assert_eq!(call_off(&trade, line, "0.5", "XBX").await.refusals(), refused("WHOLE_NUMBER_NEEDED", "quantity"));
        assert_eq!(call_off(&trade, line, "1", "KGM").await.refusals(), refused("PACKAGING_UNKNOWN", "unit"));
        let done = call_off(&trade, line, "0.5", "DZN").await.only();
        assert_eq!(done["agreement"]["lines"][0]["remaining"], "62");
        let done = call_off(&trade, line, "5", "XBX").await.only();
        assert_eq!((&done["agreement"]["lines"][0]["calledOff"], &done["agreement"]["lines"][0]["remaining"]), (&json!("198"), &json!("2")));
    }
}

story! {
    async fn a_line_of_boxes_stays_one_of_boxes(world) {
        let trade = Trade::prepare(&world).await;
        let mut content = trade.content();
        content["lines"][0] = json!({
            "productId": trade.product, "unit": "XBX", "volume": "20",
            "tiers": [{ "unitPrice": "900000" }, { "minQuantity": "10", "unitPrice": "800000" }],
        });
        let partner = json!({ "customerId": trade.customer });
        let early = json!({ "input": { "partner": partner, "content": content, "idempotencyKey": key() } });
        let path = "content.lines.0.unit".to_owned();
        assert_eq!(trade.seller().run("draftAgreement", early).await.refusals(), [("PACKAGING_UNKNOWN".to_owned(), path)]);
        pack(&trade, dozen()).await.only();
        let (id, line) = trade.agreed(&content).await;
        let line = (&id, &line);
        assert_eq!(priced(&trade, "24", "C62").await, (json!("CONTRACT_LINE"), json!("1800000")));
        assert_eq!(priced(&trade, "120", "C62").await, (json!("CONTRACT_LINE"), json!("8000000")));
        assert_eq!(priced(&trade, "13", "C62").await.0, "LIST");
        let done = call_off(&trade, line, "120", "C62").await.only();
        assert_eq!((&done["order"]["total"]["amount"], &done["agreement"]["lines"][0]["remaining"]), (&json!("8000000"), &json!("10")));
        assert_eq!(call_off(&trade, line, "13", "C62").await.refusals(), refused("NUMBER_NOT_EXACT", "quantity"));

        // Neither side changes alone what a box is that both agreed on.
        let held = [("PACKAGING_PRICED".to_owned(), "packagings".to_owned())];
        assert_eq!(pack(&trade, json!([])).await.refusals(), held);
        assert_eq!(pack(&trade, json!([{ "unit": "XBX", "quantity": "10" }])).await.refusals(), held);
        pack(&trade, json!([{ "unit": "XBX", "quantity": "1", "of": "DZN" }, { "unit": "XCT", "quantity": "4", "of": "XBX" }])).await.only();
        let done = call_off(&trade, line, "2", "XCT").await.only();
        assert_eq!(done["agreement"]["lines"][0]["remaining"], "2");
        let end = json!({ "input": { "agreementId": id, "reason": "Hết hợp tác" } });
        trade.buyer.run("terminateAgreement", end).await.ok();
        pack(&trade, json!([])).await.only();
        assert_eq!(one(trade.seller(), "offerAgreement", &id).await.refusal(), "AGREEMENT_STATUS");
    }
}
