//! Venues, requests, quotes and orders.

use jiff::SignedDuration;
use serde_json::Value;
use tradehall::graphql::id::global;
use tradehall_tests::{Person, World, json};
use uuid::Uuid;

use super::{SECRET, Town, ask, send};

/// The content of a request with these lines, open for ten days.
pub(super) fn content(world: &World, venue: &Value, title: &str, lines: Value) -> Value {
    let deadline = world.now() + SignedDuration::from_hours(240);
    json!({ "venueId": venue, "title": title, "currency": "USD", "audience": "INVITED",
            "deadline": deadline.to_string(), "lines": lines })
}

fn key() -> String {
    Uuid::now_v7().to_string()
}

async fn venue(town: &Town, name: &str, access: &str) -> Value {
    let input = json!({ "name": name, "model": "BUY_SIDE", "access": access });
    send(&town.buyer, "openVenue", input).await["venue"]["id"].clone()
}

async fn draft(town: &Town, venue: &Value) -> Value {
    let line = |what: &str| json!({ "description": format!("{SECRET} {what}"), "quantity": "10", "unit": "C62" });
    let content = content(&town.world, venue, SECRET, json!([line("bolt"), line("nut")]));
    send(&town.buyer, "draftRfq", json!({ "content": content })).await["rfq"]["id"].clone()
}

/// A published request to which the seller was invited.
async fn published(town: &Town, venue: &Value) -> (Value, Value) {
    let rfq = draft(town, venue).await;
    let suppliers = [global(town.seller.organization()).0];
    let invited = send(&town.buyer, "inviteSuppliers", json!({ "rfqId": rfq, "supplierIds": suppliers })).await;
    send(&town.buyer, "publishRfq", json!({ "rfqId": rfq })).await;
    (rfq, invited["invitations"][0]["id"].clone())
}

async fn lines(person: &Person, rfq: &Value) -> Vec<Value> {
    let found = ask(person, "query($id: ID!) { rfq(id: $id) { lines { id } } }", json!({ "id": rfq })).await;
    found["lines"].as_array().unwrap().iter().map(|line| line["id"].clone()).collect()
}

async fn offer(town: &Town, rfq: &Value) -> Value {
    let until = town.world.now() + SignedDuration::from_hours(24 * 30);
    let lines = lines(&town.seller, rfq).await;
    let priced: Vec<_> = lines
        .iter()
        .map(|line| json!({ "rfqLineId": line, "unitPrice": "7.7777", "leadTimeDays": 7, "remarks": SECRET }))
        .collect();
    let content = json!({ "currency": "USD", "validUntil": until.to_string(), "remarks": SECRET, "lines": priced });
    json!({ "rfqId": rfq, "content": content })
}

async fn quote(town: &Town, rfq: &Value) -> Value {
    let mut input = offer(town, rfq).await;
    input["idempotencyKey"] = json!(key());
    send(&town.seller, "submitQuote", input).await["quote"]["id"].clone()
}

pub(super) async fn populate(town: &mut Town) {
    let private = venue(town, SECRET, "PRIVATE").await;
    let to = global(town.seller.organization()).0;
    let asked = json!({ "venueId": private, "organizationId": to, "side": "SELLER" });
    let part = send(&town.buyer, "inviteToVenue", asked).await["participation"]["id"].clone();
    send(&town.seller, "acceptParticipation", json!({ "participationId": part })).await;
    town.add("the buyer's private venue", "Venue", &private);
    town.add("the seller's part in it", "Participation", &part);
    let public = venue(town, "Open house", "PUBLIC").await;
    town.add_public("the buyer's public venue", "Venue", &public);

    let drafted = draft(town, &private).await;
    let line = lines(&town.buyer, &drafted).await[0].clone();
    town.add("the buyer's request, drafted", "Rfq", &drafted);
    town.add("a line of the drafted request", "RfqLine", &line);

    let (open, invitation) = published(town, &private).await;
    let line = lines(&town.buyer, &open).await[0].clone();
    town.add("the buyer's request, published", "Rfq", &open);
    town.add("a line of the published request", "RfqLine", &line);
    town.add("the invitation to it", "Invitation", &invitation);
    let submitted = quote(town, &open).await;
    town.add("the seller's quote, submitted", "Quote", &submitted);

    let (second, _) = published(town, &private).await;
    let draft_quote = offer(town, &second).await;
    let draft_quote = send(&town.seller, "draftQuote", draft_quote).await["quote"]["id"].clone();
    town.add("the seller's quote, drafted", "Quote", &draft_quote);

    let (won, _) = published(town, &private).await;
    let winner = quote(town, &won).await;
    send(&town.buyer, "closeRfq", json!({ "rfqId": won })).await;
    let award = json!({ "rfqId": won, "award": { "quoteId": winner }, "idempotencyKey": key() });
    let order = send(&town.buyer, "awardRfq", award).await["orders"][0]["id"].clone();
    let found = "query($id: ID!) { order(id: $id) { lines { id } } }";
    let found = ask(&town.buyer, found, json!({ "id": order })).await;
    town.add("the buyer's request, awarded", "Rfq", &won);
    town.add("the seller's quote, awarded", "Quote", &winner);
    town.add("the order", "Order", &order);
    town.add("a line of the order", "OrderLine", &found["lines"][0]["id"]);

    let (closed, _) = published(town, &private).await;
    quote(town, &closed).await;
    send(&town.buyer, "closeRfq", json!({ "rfqId": closed })).await;
    town.add("the buyer's request, opened", "Rfq", &closed);

    let (bound, _) = published(town, &private).await;
    let best = quote(town, &bound).await;
    send(&town.buyer, "closeRfq", json!({ "rfqId": bound })).await;
    let award = json!({ "rfqId": bound, "award": { "quoteId": best }, "idempotencyKey": key() });
    let order = send(&town.buyer, "awardRfq", award).await["orders"][0]["id"].clone();
    send(&town.seller, "acknowledgeOrder", json!({ "orderId": order })).await;
    let wish = json!({ "orderId": order, "reason": SECRET, "idempotencyKey": key() });
    send(&town.buyer, "requestOrderCancellation", wish).await;
    town.add("the order, acknowledged, to be cancelled", "Order", &order);
}
