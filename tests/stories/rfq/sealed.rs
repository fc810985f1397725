//! Sealed bidding: nobody reads a quote before all are opened.

use jiff::SignedDuration;
use tradehall_tests::{json, story};

use super::desk::{Desk, action};
use crate::live::{bolts, due};

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

story! {
    async fn until_the_opening_the_buyer_cannot_tell_who_quotes(world) {
        let desk = Desk::open_in(&world, "PUBLIC").await;
        let rfq = desk.publish_to_all(bolts(&desk), "SEALED").await;
        due(&world).await;
        let mut heard = desk.buyer.subscribe("rfqEvents", json!({ "rfqId": rfq })).await;
        let mut quotes = desk.buyer.subscribe("quoteEvents", json!({ "rfqId": rfq })).await;
        let [asked, unasked, later] =
            [world.seller("Thép Việt").await, world.seller("Kim Khí").await, world.seller("Cơ Khí").await];
        desk.ask(&asked, &rfq).await.ok();
        due(&world).await;
        assert_eq!(heard.kind().await, "INVITATION_SENT");
        for seller in [&asked, &unasked, &later] {
            let lines = desk.priced(seller, &rfq, "1").await;
            desk.quote(seller, &rfq, lines).await;
        }
        // Not even by asking whom it has not asked yet does the buyer learn that they quote.
        desk.ask(&later, &rfq).await.ok();
        due(&world).await;
        assert_eq!(heard.kind().await, "INVITATION_SENT", "nothing was told in between");

        let seen = desk.buyer.run("rfq", json!({ "id": rfq })).await.only();
        let statuses: Vec<_> =
            seen["invitations"].as_array().unwrap().iter().map(|one| one["status"].clone()).collect();
        assert_eq!(statuses, ["INVITED", "INVITED"], "{seen:#}");
        assert_eq!(seen["quotes"], json!([]));
        let step = json!({ "input": { "rfqId": rfq } });
        assert_eq!(action(&seen, "closeRfq"), "DEADLINE_AHEAD");
        assert_eq!(desk.buyer.run("closeRfq", step.clone()).await.refusal(), "DEADLINE_AHEAD");
        assert_eq!(desk.buyer.run("openQuotes", step.clone()).await.refusal(), "RFQ_STATUS");

        world.pass(SignedDuration::from_hours(240));
        due(&world).await;
        assert_eq!(heard.kind().await, "RFQ_CLOSED");
        desk.buyer.run("openQuotes", step).await.ok();
        due(&world).await;
        let mut kinds = Vec::new();
        for _ in 0..4 {
            kinds.push(heard.kind().await);
        }
        kinds.sort();
        assert_eq!(kinds, ["INVITATION_ACCEPTED", "INVITATION_ACCEPTED", "INVITATION_ACCEPTED", "RFQ_OPENED"]);
        assert_eq!(quotes.kind().await, "QUOTE_OPENED");
        let seen = desk.buyer.run("rfq", json!({ "id": rfq })).await.only();
        assert!(seen["invitations"].as_array().unwrap().iter().all(|one| one["status"] == "WILL_QUOTE"), "{seen:#}");
        assert_eq!((seen["invitations"].as_array().unwrap().len(), seen["quotes"].as_array().unwrap().len()), (3, 3));
    }
}

story! {
    async fn a_sealed_request_called_off_tells_every_bidder_and_shows_the_buyer_nothing(world) {
        let desk = Desk::open(&world).await;
        let rfq = desk.publish(bolts(&desk), "SEALED", &["Thép Việt", "Kim Khí Á Châu"]).await;
        let [bidder, drafter] = [desk.seller(0), desk.seller(1)];
        let lines = desk.priced(bidder, &rfq, "1").await;
        let quote = desk.quote(bidder, &rfq, lines.clone()).await;
        let draft = drafter.run("draftQuote", desk.drafted(&rfq, lines)).await.only()["quote"]["id"].clone();
        let mut own = bidder.subscribe("quoteEvents", json!({})).await;
        let mut heard = desk.buyer.subscribe("quoteEvents", json!({ "rfqId": rfq })).await;
        due(&world).await;
        assert_eq!(own.kind().await, "QUOTE_SUBMITTED");

        let cancel = json!({ "input": { "rfqId": rfq, "reason": "Not needed" } });
        for other in [bidder, &world.stranger().await] {
            assert_eq!(other.run("cancelRfq", cancel.clone()).await.error(), "NOT_FOUND");
        }
        desk.buyer.run("cancelRfq", cancel).await.ok();
        due(&world).await;
        assert_eq!(own.kind().await, "QUOTE_LOST");
        assert_eq!(bidder.run("quote", json!({ "id": quote })).await.only()["status"], "LOST");
        assert_eq!(drafter.run("quote", json!({ "id": draft })).await.only()["status"], "DRAFT");
        assert_eq!(desk.buyer.run("quote", json!({ "id": quote })).await.error(), "NOT_FOUND");
        assert_eq!(desk.buyer.run("rfq", json!({ "id": rfq })).await.only()["quotes"], json!([]));
        assert_eq!(heard.told(), None);
    }
}
