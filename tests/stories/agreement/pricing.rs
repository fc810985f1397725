//! The agreed price: for the buyer alone, while the agreement is in force, and as it was in the past.

use jiff::SignedDuration;
use tradehall_tests::{json, story};

use super::{Trade, call_off, one};

fn listed() -> (String, String) {
    ("LIST".into(), "100000".into())
}

fn agreed(price: &str) -> (String, String) {
    ("CONTRACT_LINE".into(), price.into())
}

story! {
    async fn the_price_follows_the_agreement(world) {
        let trade = Trade::prepare(&world).await;
        let buyer = &trade.buyer;
        assert_eq!(trade.price(buyer, "10").await, listed());
        let mut content = trade.content();
        content["validFrom"] = json!(trade.in_days(1).to_string());
        let (id, line) = trade.agreed(&content).await;
        assert_eq!(trade.seen(&id).await["status"], "AGREED");
        assert_eq!(trade.price(buyer, "10").await, listed(), "its validity has not begun");
        assert_eq!(buyer.run("callOff", call_off(&id, &line, "10")).await.refusal(), "AGREEMENT_STATUS");

        trade.pass(1).await;
        assert_eq!(trade.price(buyer, "10").await, agreed("80000"));
        assert_eq!(trade.price(buyer, "100").await, agreed("70000"));
        let before = world.now();

        world.pass(SignedDuration::from_hours(1));
        let stop = json!({ "input": { "agreementId": id, "reason": "Chưa thanh toán" } });
        assert_eq!(buyer.run("suspendAgreement", stop.clone()).await.refusal(), "WRONG_SIDE");
        assert_eq!(trade.seller().run("suspendAgreement", stop).await.only()["agreement"]["status"], "SUSPENDED");
        assert_eq!(trade.price(buyer, "10").await, listed());
        assert_eq!(buyer.run("callOff", call_off(&id, &line, "10")).await.refusal(), "AGREEMENT_STATUS");
        let then = json!({ "id": trade.product, "quantity": "10", "asOf": before.to_string() });
        let then = buyer.run("agreedPrice", then).await.only()["price"].clone();
        assert_eq!(then["unitPrice"]["amount"], "80000", "what is past is answered as it was");

        world.pass(SignedDuration::from_hours(1));
        one(trade.seller(), "resumeAgreement", &id).await.ok();
        assert_eq!(trade.price(buyer, "10").await, agreed("80000"));
        trade.pass(365).await;
        assert_eq!(trade.price(buyer, "10").await, listed());
        assert_eq!(trade.seen(&id).await["status"], "EXPIRED");
        assert_eq!(buyer.run("callOff", call_off(&id, &line, "10")).await.refusal(), "AGREEMENT_STATUS");
    }
}

story! {
    async fn another_customer_notices_nothing(world) {
        let trade = Trade::prepare(&world).await;
        let other = world.stranger().await;
        trade.shop.customer(&other).await;
        let answers = async || {
            let product = json!({ "id": trade.product, "quantity": "10" });
            let explained = json!({ "side": "BUYER", "first": 10 });
            let mut all = Vec::new();
            for (operation, variables) in [
                ("agreedPrice", product),
                ("product", json!({ "id": trade.product })),
                ("products", json!({ "first": 10 })),
                ("agreements", explained),
                ("orders", json!({ "side": "BUYER", "first": 10 })),
            ] {
                all.push(other.run(operation, variables).await.json.to_string());
            }
            all
        };
        let before = answers().await;
        let (id, line) = trade.agreed(&trade.content()).await;
        assert_eq!(answers().await, before);
        trade.buyer.run("callOff", call_off(&id, &line, "200")).await.ok();
        assert_eq!(answers().await, before);
        let end = json!({ "input": { "agreementId": id, "reason": "Hết hợp tác" } });
        trade.buyer.run("terminateAgreement", end).await.ok();
        assert_eq!(answers().await, before);
    }
}

story! {
    async fn a_call_off_of_whoever_began_earlier_comes_after_that_of_whoever_was_quicker(world) {
        let trade = Trade::prepare(&world).await;
        let (id, line) = trade.agreed(&trade.content()).await;
        world.pass(SignedDuration::from_secs(2));
        trade.buyer.run("callOff", call_off(&id, &line, "150")).await.only();
        world.pass(SignedDuration::from_secs(-1));
        trade.buyer.run("callOff", call_off(&id, &line, "50")).await.only();
        world.pass(SignedDuration::from_secs(2));
        assert_eq!(trade.price(&trade.buyer, "10").await.0, "LIST", "nothing remains");
    }
}
