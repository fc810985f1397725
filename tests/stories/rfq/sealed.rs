//! Sealed bidding: nobody reads a quote before all are opened.

use jiff::SignedDuration;
use tradehall_tests::{json, story};

use super::desk::Desk;

story! {
    async fn a_sealed_quote_is_read_only_once_all_are_opened(world) {
        let desk = Desk::open(&world).await;
        let rfq = desk.publish(desk.lines(&[("Steel bolt M8", "100", "C62")]), "SEALED", &["Thép Việt"]).await;
        let seller = desk.seller(0);
        let seen = seller.run("rfq", json!({ "id": rfq })).await.only();
        let lines = json!([{ "rfqLineId": seen["lines"][0]["id"], "unitPrice": "0.20", "leadTimeDays": 7 }]);
        let quote = desk.quote(seller, &rfq, lines.clone()).await;
        assert_eq!(seller.run("quote", json!({ "id": quote })).await.only()["status"], "SEALED");

        let step = json!({ "input": { "rfqId": rfq } });
        assert_eq!(desk.buyer.run("quote", json!({ "id": quote })).await.error(), "NOT_FOUND");
        let seen = desk.buyer.run("rfq", json!({ "id": rfq })).await.only();
        assert_eq!(seen["quotes"], json!([]), "not even their number");
        assert_eq!(desk.buyer.run("rfqComparison", json!({ "id": rfq })).await.only()["comparison"], json!(null));
        assert_eq!(desk.buyer.run("openQuotes", step.clone()).await.refusal(), "RFQ_STATUS");

        world.pass(SignedDuration::from_hours(240));
        assert_eq!(desk.try_quote(seller, &rfq, lines).await.refusal(), "DEADLINE_PASSED");
        tradehall::worker::step(&world.app).await.unwrap();
        let seen = desk.buyer.run("rfq", json!({ "id": rfq })).await.only();
        assert_eq!(seen["status"], "CLOSED");
        assert_eq!(seen["quotes"], json!([]), "closed is not opened");

        let stranger = world.stranger().await;
        assert_eq!(stranger.run("openQuotes", step.clone()).await.error(), "NOT_FOUND");
        assert_ne!(seller.run("openQuotes", step.clone()).await.json["data"]["openQuotes"]["rfq"]["status"], "OPENED");
        desk.buyer.run("openQuotes", step.clone()).await.ok();
        let compared = desk.buyer.run("rfqComparison", json!({ "id": rfq })).await.only();
        assert_eq!(compared["comparison"]["quotes"][0]["total"]["amount"], "20.00");
        assert_eq!(desk.buyer.run("openQuotes", step).await.refusal(), "RFQ_STATUS");
    }
}
