//! What a stream tells when access changes under it.

use serde_json::Value;
use tradehall_tests::{Client, World, json, story};

use super::due;
use crate::organization::{founder, member, membership};

/// Drafts a request and has its event numbered; the request's id.
async fn draft(world: &World, buyer: &Client, venue: &Value) -> Value {
    let deadline = (world.now() + jiff::SignedDuration::from_hours(240)).to_string();
    let line = json!({ "description": "Bolt", "quantity": "1", "unit": "C62" });
    let content =
        json!({ "venueId": venue, "title": "Bolts", "currency": "USD", "deadline": deadline, "lines": [line] });
    let id = buyer.send("draftRfq", json!({ "content": content })).await.only()["rfq"]["id"].clone();
    due(world).await;
    id
}

story! {
    async fn who_left_hears_nothing_more(world) {
        let (ann, id) = founder(&world, "ann@example.com", "Thép Việt").await;
        let bob = member(&world, &ann, &id, "bob@example.com", &["SALES"]).await;
        let venue = json!({ "name": "Purchasing", "model": "BUY_SIDE", "access": "PRIVATE" });
        let venue = ann.send("openVenue", venue).await.only()["venue"]["id"].clone();
        let mut owner = ann.subscribe("rfqEvents", json!({})).await;
        let mut sales = bob.subscribe("rfqEvents", json!({})).await;

        let first = draft(&world, &ann, &venue).await;
        let notice = sales.next().await;
        assert_eq!((&notice["rfq"]["id"], &notice["event"]["kind"]), (&first, &json!("RFQ_DRAFTED")));
        assert_eq!(owner.next().await["rfq"]["id"], first);

        let bobs = membership(&ann, &id, "bob").await["id"].clone();
        ann.send("endMembership", json!({ "membershipId": bobs })).await.ok();
        let second = draft(&world, &ann, &venue).await;
        assert_eq!(owner.next().await["rfq"]["id"], second);
        assert_eq!(sales.error().await, "UNAUTHENTICATED");
    }
}
