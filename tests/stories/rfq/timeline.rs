//! Timelines: what happened, to those who may know.

use serde_json::Value;
use tradehall_domain::access::SystemRole;
use tradehall_tests::{Person, json, story};

use super::desk::Desk;

/// What `person` reads in the timeline of the one thing that `operation` asks for, newest first; nothing where there is none.
async fn kinds(person: &Person, operation: &str, id: &Value) -> Option<Vec<String>> {
    let seen = person.run(operation, json!({ "id": id, "first": 20 })).await.only();
    told(&seen["timeline"])
}

fn told(timeline: &Value) -> Option<Vec<String>> {
    let kind = |edge: &Value| edge["node"]["kind"].as_str().unwrap().to_owned();
    timeline["edges"].as_array().map(|edges| edges.iter().map(kind).collect())
}

const INVITATIONS: &str = "query($id: ID!) { rfq(id: $id) { invitations {
    seller { name } timeline(first: 5) { edges { node { kind principal } } } } } }";

/// What `person` reads of the invitations to a request, by the name of the seller.
async fn invitations(person: &Person, rfq: &Value) -> Vec<(String, Option<Vec<String>>)> {
    let answer = person.ask(INVITATIONS, json!({ "id": rfq })).await;
    assert_eq!(answer.statements, 4, "however many are invited: the request, its invitations, sellers, timelines");
    let seen = answer.only();
    let mut found: Vec<_> = seen["invitations"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| (one["seller"]["name"].as_str().unwrap().to_owned(), told(&one["timeline"])))
        .collect();
    found.sort();
    found
}

fn all(kinds: &[&str]) -> Option<Vec<String>> {
    Some(kinds.iter().map(|kind| (*kind).to_owned()).collect())
}

story! {
    async fn a_timeline_tells_nothing_of_a_sealed_quote_or_of_rivals(world) {
        let desk = Desk::open(&world).await;
        let rfq = desk.publish(desk.lines(&[("Steel bolt M8", "100", "C62")]), "SEALED", &["Seller", "Rival"]).await;
        let (seller, rival) = (desk.seller(0), desk.seller(1));
        let line = seller.run("rfq", json!({ "id": rfq })).await.only()["lines"][0]["id"].clone();
        let lines = json!([{ "rfqLineId": line, "unitPrice": "0.20", "leadTimeDays": 7 }]);
        let quote = desk.quote(seller, &rfq, lines.clone()).await;
        assert_eq!(desk.quote(seller, &rfq, lines).await, quote);
        let hidden = async |person: &Person| {
            let answer = person.run("quoteTimeline", json!({ "id": quote, "first": 20 })).await;
            assert_eq!(answer.error(), "NOT_FOUND");
        };
        assert_eq!(kinds(seller, "quoteTimeline", &quote).await, all(&["QUOTE_SUBMITTED", "QUOTE_SUBMITTED"]));
        assert_eq!(kinds(&desk.buyer, "rfqTimeline", &rfq).await, all(&["RFQ_PUBLISHED", "RFQ_DRAFTED"]));
        hidden(&desk.buyer).await;
        hidden(rival).await;
        assert_eq!(kinds(rival, "rfqTimeline", &rfq).await, None, "the request's own is its buyer's");
        assert_eq!(kinds(seller, "rfqTimeline", &rfq).await, None);
        let asked = all(&["INVITATION_SENT"]);
        assert_eq!(invitations(rival, &rfq).await, [("Rival".to_owned(), asked.clone())]);
        let accepted = all(&["INVITATION_ACCEPTED", "INVITATION_SENT"]);
        let both = [("Rival".to_owned(), asked), ("Seller".to_owned(), accepted)];
        assert_eq!(invitations(&desk.buyer, &rfq).await, both);

        desk.buyer.run("closeRfq", json!({ "input": { "rfqId": rfq } })).await.ok();
        hidden(&desk.buyer).await;
        desk.buyer.run("openQuotes", json!({ "input": { "rfqId": rfq } })).await.ok();
        assert_eq!(kinds(&desk.buyer, "quoteTimeline", &quote).await, all(&["QUOTE_OPENED"]), "not when or how often it was sent");
        hidden(rival).await;

        let award = json!({ "input": { "rfqId": rfq, "award": { "quoteId": quote }, "idempotencyKey": "award-0001" } });
        let order = desk.buyer.run("awardRfq", award).await.only()["orders"][0]["id"].clone();
        assert_eq!(kinds(&desk.buyer, "quoteTimeline", &quote).await, all(&["QUOTE_AWARDED", "QUOTE_OPENED"]));
        for side in [&desk.buyer, seller] {
            assert_eq!(kinds(side, "orderTimeline", &order).await, all(&["ORDER_PLACED"]));
        }
        let answer = rival.run("orderTimeline", json!({ "id": order, "first": 20 })).await;
        assert_eq!(answer.error(), "NOT_FOUND");
        let last = all(&["RFQ_AWARDED", "RFQ_OPENED", "RFQ_CLOSED", "RFQ_PUBLISHED", "RFQ_DRAFTED"]);
        assert_eq!(kinds(&desk.buyer, "rfqTimeline", &rfq).await, last);
    }
}

story! {
    async fn a_timeline_is_for_those_who_read_the_audit_trail(world) {
        let desk = Desk::open_in(&world, "PUBLIC").await;
        let rfq = desk.draft(desk.content(desk.lines(&[("Bolt", "100", "C62")]), "OPEN")).await["id"].clone();
        let purchaser = world.member(desk.buyer.organization(), SystemRole::Purchaser);
        let auditor = world.member(desk.buyer.organization(), SystemRole::Auditor);
        let answer = purchaser.run("rfqTimeline", json!({ "id": rfq, "first": 20 })).await;
        assert_eq!(answer.error(), "FORBIDDEN");
        assert_eq!(answer.json["data"]["rfq"]["id"], rfq, "all else is answered");
        assert_eq!(kinds(&auditor, "rfqTimeline", &rfq).await, all(&["RFQ_DRAFTED"]));
        assert_eq!(kinds(&auditor, "venueTimeline", &desk.venue).await, all(&["VENUE_OPENED"]));
        let stranger = world.stranger().await;
        assert_eq!(kinds(&stranger, "venueTimeline", &desk.venue).await, None);
        let page = desk.buyer.run("rfqTimeline", json!({ "id": rfq, "first": 0 })).await;
        assert_eq!(page.error(), "BAD_USER_INPUT");
    }
}
