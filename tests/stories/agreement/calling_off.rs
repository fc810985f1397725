//! Calling off to the last piece, by one or by many, and what comes back.

use tradehall_domain::access::SystemRole;
use tradehall_tests::{json, story};

use super::{Trade, call_off, key};

story! {
    async fn to_the_last_piece(world) {
        let trade = Trade::prepare(&world).await;
        let (id, line) = trade.agreed(&trade.content()).await;
        let buyer = &trade.buyer;
        let lines = json!([
            { "lineId": line, "quantity": "20", "requestedDate": "2026-04-01", "deliveryAddress": "Kho 1" },
            { "lineId": line, "quantity": "100", "requestedDate": "2026-05-01" },
        ]);
        let input = json!({ "agreementId": id, "lines": lines, "deliveryAddress": "Kho 2", "remarks": "Gọi trước", "idempotencyKey": key() });
        let done = buyer.run("callOff", json!({ "input": input })).await.only();
        assert_eq!(done["order"]["total"]["amount"], "8600000", "20 × 80 000 and 100 × 70 000");
        assert_eq!(done["agreement"]["lines"][0]["remaining"], "80");
        let again = buyer.run("callOff", json!({ "input": input })).await.only();
        assert_eq!(again["order"]["id"], done["order"]["id"], "sent twice, ordered once");
        let mut other = input.clone();
        other["remarks"] = json!("Khác");
        assert_eq!(buyer.run("callOff", json!({ "input": other })).await.error(), "CONFLICT");

        let order = trade.seller().run("order", json!({ "id": done["order"]["id"] })).await.only();
        assert_eq!((&order["origin"], &order["source"]["id"]), (&json!("CALL_OFF"), &id));
        assert_eq!((&order["paymentTerms"], &order["deliveryTerm"]["incoterm"]), (&json!("30 ngày"), &json!("DAP")));
        assert_eq!((&order["lines"][0]["deliveryAddress"], &order["lines"][0]["leadTimeDays"]), (&json!("Kho 1"), &json!(7)));
        let listed = buyer.run("agreementCallOffs", json!({ "id": id, "first": 9 })).await.only();
        assert_eq!(listed["callOffs"]["edges"][0]["node"]["id"], done["order"]["id"]);
        assert_eq!(order["lines"][1]["sourceLine"]["id"], line);

        for (quantity, code) in [("15", "OFF_ORDER_MULTIPLE"), ("90", "MORE_THAN_REMAINS"), ("0", "NOT_POSITIVE")] {
            let refused = buyer.run("callOff", call_off(&id, &line, quantity)).await;
            assert_eq!(refused.refusals(), [(code.to_owned(), "lines.0.quantity".to_owned())]);
        }
        let refused = buyer.run("callOff", call_off(&id, &line, "90")).await;
        assert_eq!(refused.json["data"]["callOff"]["userErrors"][0]["message"], "Only 80 C62 can still be called off.");
        assert_eq!(trade.price(buyer, "10").await.0, "CONTRACT_LINE");
        buyer.run("callOff", call_off(&id, &line, "80")).await.ok();
        assert_eq!(trade.price(buyer, "10").await.0, "LIST", "what is used up makes no price");
        assert_eq!(buyer.run("callOff", call_off(&id, &line, "10")).await.refusal(), "MORE_THAN_REMAINS");
        let seen = trade.seen(&id).await;
        assert_eq!((&seen["lines"][0]["calledOff"], &seen["lines"][0]["remaining"]), (&json!("200"), &json!("0")));
        assert_eq!(seen["calledOffAmount"]["amount"], "15000000", "and 80 × 80 000");
        assert_eq!(seen["lines"][0]["isMet"], true);
    }
}

story! {
    async fn what_is_rejected_or_cancelled_can_be_called_off_again(world) {
        let trade = Trade::prepare(&world).await;
        let (id, line) = trade.agreed(&trade.content()).await;
        let (buyer, seller) = (&trade.buyer, trade.seller());
        let remaining = async || trade.seen(&id).await["lines"][0]["remaining"].as_str().unwrap().to_owned();
        let order = async || buyer.run("callOff", call_off(&id, &line, "200")).await.only()["order"]["id"].clone();

        let first = order().await;
        assert_eq!((remaining().await.as_str(), trade.price(buyer, "10").await.0.as_str()), ("0", "LIST"));
        buyer.run("cancelOrder", json!({ "input": { "orderId": first, "reason": "Nhầm" } })).await.ok();
        assert_eq!((remaining().await.as_str(), trade.price(buyer, "10").await.0.as_str()), ("200", "CONTRACT_LINE"));
        let second = order().await;
        seller.run("rejectOrder", json!({ "input": { "orderId": second, "reason": "Hết hàng" } })).await.ok();
        assert_eq!((remaining().await.as_str(), trade.price(buyer, "10").await.0.as_str()), ("200", "CONTRACT_LINE"));
        let third = order().await;
        seller.run("acknowledgeOrder", json!({ "input": { "orderId": third } })).await.ok();
        let wish = json!({ "input": { "orderId": third, "reason": "Thôi", "idempotencyKey": key() } });
        buyer.run("requestOrderCancellation", wish).await.ok();
        assert_eq!(remaining().await, "0", "a wish gives nothing back");
        seller.run("agreeOrderCancellation", json!({ "input": { "orderId": third } })).await.ok();
        assert_eq!((remaining().await.as_str(), trade.price(buyer, "10").await.0.as_str()), ("200", "CONTRACT_LINE"));
        assert_eq!(trade.seen(&id).await["calledOffAmount"]["amount"], "0");
        let stranger = world.stranger().await;
        let cancel = json!({ "input": { "orderId": order().await, "reason": "?" } });
        assert_eq!(stranger.run("cancelOrder", cancel.clone()).await.error(), "NOT_FOUND");
        assert_eq!(seller.run("cancelOrder", cancel).await.refusal(), "WRONG_SIDE");
        assert_eq!(trade.told(&id).await.iter().filter(|kind| *kind == "AGREEMENT_GIVEN_BACK").count(), 3);
    }
}

story! {
    async fn sixteen_call_off_the_last_piece_and_one_gets_it(world) {
        let trade = Trade::prepare(&world).await;
        let mut content = trade.content();
        content["lines"][0]["volume"] = json!("10");
        content["lines"][0]["commitment"] = json!(null);
        let (id, line) = trade.agreed(&content).await;
        let sent: Vec<_> = (0..16)
            .map(|_| {
                let (buyer, input) = (trade.buyer.clone(), call_off(&id, &line, "10"));
                // Tasks of their own, so that they run side by side.
                tokio::spawn(async move { buyer.run("callOff", input).await })
            })
            .collect();
        let mut sold = 0;
        for answer in sent {
            let answer = answer.await.unwrap();
            match answer.refusals().as_slice() {
                [] if answer.json.get("errors").is_none() => sold += 1,
                [(code, _)] if code == "MORE_THAN_REMAINS" => {}
                _ => panic!("{:#}", answer.json),
            }
        }
        assert_eq!(sold, 1);
        let orders = trade.buyer.run("orders", json!({ "side": "BUYER", "first": 50 })).await.only();
        assert_eq!(orders["edges"].as_array().unwrap().len(), 1);
        let seen = trade.seen(&id).await["lines"][0].clone();
        assert_eq!((&seen["calledOff"], &seen["remaining"]), (&json!("10"), &json!("0")));
    }
}

story! {
    async fn only_the_buyer_and_only_whom_it_lets(world) {
        let trade = Trade::prepare(&world).await;
        let (id, line) = trade.agreed(&trade.content()).await;
        let input = call_off(&id, &line, "10");
        assert_eq!(trade.seller().run("callOff", input.clone()).await.refusal(), "WRONG_SIDE");
        assert_eq!(world.stranger().await.run("callOff", input.clone()).await.error(), "NOT_FOUND");
        let finance = world.member(trade.buyer.organization(), SystemRole::Finance);
        assert_eq!(finance.run("callOff", input.clone()).await.error(), "FORBIDDEN");
        let purchaser = world.member(trade.buyer.organization(), SystemRole::Purchaser);
        purchaser.run("callOff", input.clone()).await.ok();
        let other = trade.agreed(&trade.content()).await.1;
        let refused = purchaser.run("callOff", call_off(&id, &other, "10")).await;
        assert_eq!(refused.refusals(), [("NOT_FOUND".into(), "lines.0.lineId".into())], "a line of another agreement");
        let part = trade.shop.seller.run("customer", json!({ "id": trade.customer })).await.only()["participation"]["id"].clone();
        trade.shop.decide(&part, "suspendParticipation").await;
        assert_eq!(purchaser.run("callOff", call_off(&id, &line, "10")).await.refusal(), "NOT_IN_VENUE");
        assert_eq!(trade.price(&purchaser, "10").await.0, "LIST", "nor is it shown the price");
    }
}
