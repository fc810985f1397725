//! Who is told what, and when.

use tradehall::graphql::id::global;
use tradehall_tests::{json, story};

use super::resuming::first;
use super::{bolts, due};
use crate::rfq::desk::Desk;

story! {
    async fn a_request_reaches_whom_it_asks_and_nobody_else(world) {
        let desk = Desk::open(&world).await;
        let other = Desk::open(&world).await;
        let seller = world.seller("Thép Việt").await;
        let mut asked = seller.subscribe("rfqEvents", json!({})).await;
        let mut apart = other.buyer.subscribe("rfqEvents", json!({})).await;
        let mut own = desk.buyer.subscribe("rfqEvents", json!({})).await;

        let rfq = desk.draft(desk.content(bolts(&desk), "OPEN")).await["id"].clone();
        let input = json!({ "input": { "rfqId": rfq, "supplierIds": [global(seller.organization())] } });
        desk.buyer.run("inviteSuppliers", input).await.ok();
        due(&world).await;
        assert_eq!(own.kind().await, "RFQ_DRAFTED");
        assert_eq!(own.kind().await, "INVITATION_NOTED", "the buyer's own note, until it publishes");
        desk.buyer.run("publishRfq", json!({ "input": { "rfqId": rfq } })).await.ok();
        due(&world).await;

        let notice = asked.next().await;
        assert_eq!(notice["event"]["kind"], "RFQ_PUBLISHED", "nothing of the draft is told");
        assert_eq!(notice["event"]["payload"], json!({}), "it stands in the buyer's audit trail, not in the seller's");
        assert_eq!(notice["rfq"]["id"], rfq);
        assert_eq!(notice["rfq"]["lines"][0]["description"], "Steel bolt M8");
        assert_eq!(asked.kind().await, "INVITATION_SENT");
        let notice = own.next().await;
        assert_eq!(notice["event"]["kind"], "RFQ_PUBLISHED");
        assert!(notice["event"]["payload"]["deadline"].is_string(), "{notice:#}");
        assert_eq!(own.kind().await, "INVITATION_SENT");

        // What comes later is shown as it is then, not as it was when the stream began.
        desk.buyer.run("closeRfq", json!({ "input": { "rfqId": rfq } })).await.ok();
        due(&world).await;
        let notice = asked.next().await;
        assert_eq!((&notice["event"]["kind"], &notice["rfq"]["status"]), (&json!("RFQ_CLOSED"), &json!("OPENED")));

        // The first that a stranger hears is what concerns the stranger.
        let drafted = other.draft(other.content(bolts(&other), "OPEN")).await;
        due(&world).await;
        assert_eq!(apart.next().await["rfq"]["id"], drafted["id"]);
    }
}

story! {
    async fn a_public_request_reaches_every_verified_organization_and_no_other(world) {
        use tradehall_domain::access::SystemRole;
        use tradehall_domain::organization::Verification;

        let desk = Desk::open_in(&world, "PUBLIC").await;
        let verified = world.seller("Thép Việt").await;
        let unverified = world.organization_at("Chưa xác minh", Verification::Unverified).await;
        let unverified = world.member(unverified, SystemRole::Owner);
        let mut seen = verified.subscribe("rfqEvents", json!({})).await;
        let mut unseen = unverified.subscribe("rfqEvents", json!({})).await;
        let mut content = desk.content(bolts(&desk), "OPEN");
        content["audience"] = json!("PUBLIC");
        let rfq = desk.draft(content).await["id"].clone();
        desk.buyer.run("publishRfq", json!({ "input": { "rfqId": rfq } })).await.ok();
        due(&world).await;
        assert_eq!(seen.next().await["rfq"]["id"], rfq);

        // What the unverified one hears first is its own, which came later.
        let venue = json!({ "input": { "name": "Own", "model": "BUY_SIDE", "access": "PRIVATE" } });
        let venue = unverified.run("openVenue", venue).await.only()["venue"]["id"].clone();
        let mut content = desk.content(bolts(&desk), "OPEN");
        content["venueId"] = venue;
        let own = unverified.run("draftRfq", json!({ "input": { "content": content } })).await.only()["rfq"]["id"].clone();
        due(&world).await;
        assert_eq!(unseen.next().await["rfq"]["id"], own);
        // Asked by name, it hears of the other's too.
        let input = json!({ "input": { "rfqId": rfq, "supplierIds": [global(unverified.organization())] } });
        desk.buyer.run("inviteSuppliers", input).await.ok();
        due(&world).await;
        assert_eq!(unseen.kind().await, "INVITATION_SENT");
    }
}

story! {
    async fn a_sealed_quote_shows_at_its_opening(world) {
        let desk = Desk::open(&world).await;
        let rfq = desk.publish(bolts(&desk), "SEALED", &["Thép Việt", "Kim Khí Á Châu"]).await;
        let [viet, asia] = [desk.seller(0), desk.seller(1)];
        let mut buyer = desk.buyer.subscribe("quoteEvents", json!({ "rfqId": rfq })).await;
        let mut own = viet.subscribe("quoteEvents", json!({})).await;
        let mut rival = asia.subscribe("quoteEvents", json!({})).await;

        let line = viet.run("rfq", json!({ "id": rfq })).await.only()["lines"][0]["id"].clone();
        let offer = json!([{ "rfqLineId": line, "unitPrice": "0.2", "leadTimeDays": 7 }]);
        let quote = desk.quote(viet, &rfq, offer.clone()).await;
        due(&world).await;
        let notice = own.next().await;
        assert_eq!((&notice["event"]["kind"], &notice["quote"]["id"]), (&json!("QUOTE_SUBMITTED"), &quote));

        world.pass(jiff::SignedDuration::from_hours(241));
        assert_eq!(due(&world).await.deadlines, 1);
        desk.buyer.run("openQuotes", json!({ "input": { "rfqId": rfq } })).await.ok();
        due(&world).await;
        let notice = buyer.next().await;
        assert_eq!(notice["event"]["kind"], "QUOTE_OPENED", "of the sealed quote the buyer has heard nothing");
        assert_eq!(notice["quote"]["versions"][0]["total"]["amount"], "20.00");
        let cursor = notice["cursor"].clone();
        assert_eq!(own.kind().await, "QUOTE_OPENED");

        // Not even afterwards is the buyer told when it was submitted: a stream from the very beginning begins with the opening.
        let mut events = desk.buyer.subscribe("rfqEvents", json!({ "rfqId": rfq })).await;
        desk.buyer.run("startEvaluation", json!({ "input": { "rfqId": rfq } })).await.ok();
        due(&world).await;
        assert_eq!(events.kind().await, "RFQ_EVALUATION_STARTED");
        let mut again = desk.buyer.subscribe("quoteEvents", json!({ "after": first(&world).await })).await;
        assert_eq!(again.next().await["cursor"], cursor);

        // The rival's first is about its own.
        let all = json!({ "input": { "rfqId": rfq, "reason": "Too dear" } });
        desk.buyer.run("declineAllQuotes", all).await.ok();
        due(&world).await;
        assert_eq!(own.kind().await, "QUOTE_LOST");
        let other = Desk::open(&world).await;
        let second = other.draft(other.content(bolts(&other), "OPEN")).await["id"].clone();
        let input = json!({ "input": { "rfqId": second, "supplierIds": [global(asia.organization())] } });
        other.buyer.run("inviteSuppliers", input).await.ok();
        other.buyer.run("publishRfq", json!({ "input": { "rfqId": second } })).await.ok();
        let line = asia.run("rfq", json!({ "id": second })).await.only()["lines"][0]["id"].clone();
        let quote = other.quote(asia, &second, json!([{ "rfqLineId": line, "unitPrice": "1", "leadTimeDays": 1 }])).await;
        due(&world).await;
        assert_eq!(rival.next().await["quote"]["id"], quote);
    }
}

story! {
    async fn an_order_reaches_both_sides(world) {
        let desk = Desk::open(&world).await;
        let rfq = desk.publish(bolts(&desk), "OPEN", &["Thép Việt"]).await;
        let seller = desk.seller(0);
        let line = seller.run("rfq", json!({ "id": rfq })).await.only()["lines"][0]["id"].clone();
        let offer = json!([{ "rfqLineId": line, "unitPrice": "0.2", "leadTimeDays": 7 }]);
        let quote = desk.quote(seller, &rfq, offer).await;
        desk.buyer.run("closeRfq", json!({ "input": { "rfqId": rfq } })).await.ok();
        let mut bought = desk.buyer.subscribe("orderEvents", json!({})).await;
        let mut sold = seller.subscribe("orderEvents", json!({})).await;
        let award = json!({ "rfqId": rfq, "idempotencyKey": "award-0001", "award": { "quoteId": quote } });
        let orders = desk.buyer.run("awardRfq", json!({ "input": award })).await.only()["orders"].clone();
        due(&world).await;
        for (stream, side) in [(&mut bought, "BUYER"), (&mut sold, "SELLER")] {
            let notice = stream.next().await;
            assert_eq!(notice["event"]["kind"], "ORDER_PLACED");
            assert_eq!(notice["order"]["id"], orders[0]["id"]);
            assert_eq!((&notice["order"]["side"], &notice["order"]["total"]["amount"]), (&json!(side), &json!("20.00")));
            assert_eq!(notice["order"]["lines"][0]["description"], "Steel bolt M8");
        }
        // Of one order only.
        let mut one = seller.subscribe("orderEvents", json!({ "orderId": orders[0]["id"] })).await;
        let input = json!({ "input": { "orderId": orders[0]["id"] } });
        seller.run("acknowledgeOrder", input).await.ok();
        due(&world).await;
        assert_eq!(one.kind().await, "ORDER_ACKNOWLEDGED");
    }
}

story! {
    async fn subscribing_needs_the_permission_and_something_to_see(world) {
        use tradehall_domain::access::{Permission, PermissionSet};

        let desk = Desk::open(&world).await;
        let rfq = desk.draft(desk.content(bolts(&desk), "OPEN")).await["id"].clone();
        let mut nobody = world.nobody().subscribe("rfqEvents", json!({})).await;
        assert_eq!(nobody.error().await, "UNAUTHENTICATED");
        let mut clerk = desk.buyer.clone();
        clerk.actor.permissions = PermissionSet::of(&[Permission::OrderRead]);
        assert_eq!(clerk.subscribe("rfqEvents", json!({})).await.error().await, "FORBIDDEN");
        assert_eq!(clerk.subscribe("quoteEvents", json!({})).await.error().await, "FORBIDDEN");
        let stranger = world.stranger().await;
        for name in ["rfqEvents", "quoteEvents"] {
            let mut stream = stranger.subscribe(name, json!({ "rfqId": rfq })).await;
            assert_eq!(stream.error().await, "NOT_FOUND");
        }
    }
}
