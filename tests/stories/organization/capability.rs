//! What an organization may act as decides what its people can begin, not what they can end.

use jiff::SignedDuration;
use serde_json::Value;
use tradehall::graphql::id::global_as;
use tradehall_tests::{Client, World, json, story};
use uuid::Uuid;

use super::{founder, staff};

/// The content of a request in a venue of the client's own, and its draft.
async fn draft(world: &World, buyer: &Client) -> Value {
    let venue = json!({ "name": "Purchasing", "model": "BUY_SIDE", "access": "PUBLIC" });
    let venue = buyer.send("openVenue", venue).await.only()["venue"]["id"].clone();
    let content = json!({ "venueId": venue, "title": "Fasteners", "currency": "USD", "bidding": "OPEN",
        "audience": "PUBLIC", "deadline": (world.now() + SignedDuration::from_hours(240)).to_string(),
        "lines": [{ "description": "Steel bolt M8", "quantity": "100", "unit": "C62" }] });
    buyer.send("draftRfq", json!({ "content": content })).await.only()["rfq"].clone()
}

fn anything(kind: &str) -> String {
    global_as(kind, Uuid::now_v7()).0
}

/// What becomes of everything that only a seller may begin.
async fn selling(world: &World, client: &Client) -> Vec<String> {
    let offer = json!({ "productId": anything("Product"), "unitPrice": "1", "currency": "USD", "unit": "C62",
        "leadTimeDays": 1, "access": "PUBLIC" });
    let valid_until = (world.now() + SignedDuration::from_hours(24)).to_string();
    let quote =
        json!({ "rfqId": anything("Rfq"), "content": { "currency": "USD", "validUntil": valid_until, "lines": [] } });
    let submitted = json!({ "idempotencyKey": "submitted-once", "rfqId": quote["rfqId"], "content": quote["content"] });
    let drafted = json!({ "quoteId": anything("Quote") });
    let import = json!({ "attachmentId": anything("Attachment"), "kind": "OFFERS", "mode": "KEEP_GOOD_ROWS" });
    let mut said = Vec::new();
    for (verb, input) in [
        ("createOffer", &offer),
        ("draftQuote", &quote),
        ("submitQuote", &submitted),
        ("submitDraftedQuote", &drafted),
        ("startImport", &import),
    ] {
        said.push(client.send(verb, input.clone()).await.refusal());
    }
    said.sort();
    said.dedup();
    said
}

story! {
    async fn who_does_not_sell_begins_no_sale(world) {
        let (buyer, _) = founder(&world, "ann@example.com", "Bách Hóa").await;
        assert_eq!(selling(&world, &buyer).await, ["CAPABILITY_MISSING"]);
        buyer.send("applyForCapability", json!({ "capability": "SELLER" })).await.ok();
        // Others would rely on it, so it is checked first.
        assert_eq!(selling(&world, &buyer).await, ["NOT_VERIFIED"]);
    }
}

story! {
    async fn who_may_buy_no_more_can_still_end_what_it_began(world) {
        let (buyer, id) = founder(&world, "ann@example.com", "Bách Hóa").await;
        let staff = staff(&world).await;
        let rfq = draft(&world, &buyer).await;
        buyer.send("publishRfq", json!({ "rfqId": rfq["id"] })).await.ok();
        let stop = json!({ "organizationId": id, "capability": "BUYER", "reason": "Unpaid orders" });
        staff.send("suspendCapability", stop).await.ok();

        let deadline = (world.now() + SignedDuration::from_hours(300)).to_string();
        let extend = json!({ "rfqId": rfq["id"], "deadline": deadline });
        for (verb, input) in [
            ("extendRfqDeadline", &extend),
            ("copyRfq", &extend),
            ("awardRfq", &json!({ "rfqId": rfq["id"], "award": { "lines": [] }, "idempotencyKey": "awarded-once" })),
        ] {
            assert_eq!(buyer.send(verb, input.clone()).await.refusal(), "CAPABILITY_MISSING", "{verb}");
        }
        let seen = buyer.run("rfq", json!({ "id": rfq["id"] })).await.only();
        let reason = |name: &str| {
            let actions = seen["availableActions"].as_array().unwrap();
            actions.iter().find(|action| action["action"] == name).unwrap()["reasonCode"].clone()
        };
        assert_eq!(reason("extendRfqDeadline"), "CAPABILITY_MISSING");
        assert_eq!(reason("cancelRfq"), json!(null));
        buyer.send("cancelRfq", json!({ "rfqId": rfq["id"], "reason": "We may not" })).await.ok();

        staff.send("reinstateCapability", json!({ "organizationId": id, "capability": "BUYER" })).await.ok();
        buyer.send("copyRfq", extend).await.ok();
    }
}
