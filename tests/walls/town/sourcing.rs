//! Venues, requests, quotes and orders.

use jiff::SignedDuration;
use serde_json::Value;
use tradehall::graphql::id::global;
use tradehall_tests::{Person, World, json};
use uuid::Uuid;

use super::{SECRET, Town, ask, send};

/// The content of a request with these lines, open for ten days.
pub fn content(world: &World, venue: &Value, title: &str, lines: Value) -> Value {
    let deadline = world.now() + SignedDuration::from_hours(240);
    json!({ "venueId": venue, "title": title, "currency": "USD", "audience": "INVITED",
            "deadline": deadline.to_string(), "lines": lines })
}

fn key() -> String {
    Uuid::now_v7().to_string()
}

/// A buyer's venue.
pub async fn open_venue(buyer: &Person, name: &str, access: &str) -> Value {
    let input = json!({ "name": name, "model": "BUY_SIDE", "access": access });
    send(buyer, "openVenue", input).await["venue"]["id"].clone()
}

/// A published request, and the invitations of these suppliers to it.
pub async fn publish(buyer: &Person, content: &Value, suppliers: &[&Person]) -> (Value, Value) {
    let rfq = send(buyer, "draftRfq", json!({ "content": content })).await["rfq"]["id"].clone();
    let mut invitations = json!([]);
    if !suppliers.is_empty() {
        let ids: Vec<_> = suppliers.iter().map(|supplier| global(supplier.organization()).0).collect();
        let invited = send(buyer, "inviteSuppliers", json!({ "rfqId": rfq, "supplierIds": ids })).await;
        invitations = invited["invitations"].clone();
    }
    send(buyer, "publishRfq", json!({ "rfqId": rfq })).await;
    (rfq, invitations)
}

/// The ids of a request's lines.
pub async fn lines_of(person: &Person, rfq: &Value) -> Vec<Value> {
    let found = ask(person, "query($id: ID!) { rfq(id: $id) { lines { id } } }", json!({ "id": rfq })).await;
    found["lines"].as_array().unwrap().iter().map(|line| line["id"].clone()).collect()
}

/// A price for every line of a request.
pub async fn offer(world: &World, seller: &Person, rfq: &Value) -> Value {
    let until = world.now() + SignedDuration::from_hours(24 * 30);
    let lines = lines_of(seller, rfq).await;
    let priced: Vec<_> = lines
        .iter()
        .map(|line| json!({ "rfqLineId": line, "unitPrice": "7.7777", "leadTimeDays": 7, "remarks": SECRET }))
        .collect();
    let content = json!({ "currency": "USD", "validUntil": until.to_string(), "remarks": SECRET, "lines": priced });
    json!({ "rfqId": rfq, "content": content })
}

/// A submitted quote on every line of a request.
pub async fn price(world: &World, seller: &Person, rfq: &Value) -> Value {
    price_with(world, seller, rfq, json!([])).await
}

/// The same with these files.
pub async fn price_with(world: &World, seller: &Person, rfq: &Value, files: Value) -> Value {
    let mut input = offer(world, seller, rfq).await;
    input["content"]["attachmentIds"] = files;
    input["idempotencyKey"] = json!(key());
    send(seller, "submitQuote", input).await["quote"]["id"].clone()
}

/// Takes no more quotes.
pub async fn close(buyer: &Person, rfq: &Value) {
    send(buyer, "closeRfq", json!({ "rfqId": rfq })).await;
}

/// Awards a request whole to one quote; the order.
pub async fn award(buyer: &Person, rfq: &Value, quote: &Value) -> Value {
    let award = json!({ "rfqId": rfq, "award": { "quoteId": quote }, "idempotencyKey": key() });
    send(buyer, "awardRfq", award).await["orders"][0]["id"].clone()
}

fn secret(town: &Town, venue: &Value) -> Value {
    let line = |what: &str| json!({ "description": format!("{SECRET} {what}"), "quantity": "10", "unit": "C62" });
    content(&town.world, venue, SECRET, json!([line("bolt"), line("nut")]))
}

pub(super) async fn populate(town: &mut Town) {
    let (buyer, seller) = (town.buyer.clone(), town.seller.clone());
    let private = open_venue(&buyer, SECRET, "PRIVATE").await;
    let asked = json!({ "venueId": private, "organizationId": global(seller.organization()).0, "side": "SELLER" });
    let part = send(&buyer, "inviteToVenue", asked).await["participation"]["id"].clone();
    send(&seller, "acceptParticipation", json!({ "participationId": part })).await;
    town.add("the buyer's private venue", "Venue", &private);
    town.add("the seller's part in it", "Participation", &part);
    let public = open_venue(&buyer, "Open house", "PUBLIC").await;
    town.add_public("the buyer's public venue", "Venue", &public);

    let content = secret(town, &private);
    let drafted = send(&buyer, "draftRfq", json!({ "content": content })).await["rfq"]["id"].clone();
    town.add("the buyer's request, drafted", "Rfq", &drafted);
    town.add("a line of the drafted request", "RfqLine", &lines_of(&buyer, &drafted).await[0]);

    let drawing = json!(super::attachment::one(&town.world, &buyer, SECRET).await);
    let mut with_file = content.clone();
    with_file["attachmentIds"] = json!([drawing]);
    let (open, invitations) = publish(&buyer, &with_file, &[&seller]).await;
    town.add("the file of the published request", "Attachment", &drawing);
    town.add("the buyer's request, published", "Rfq", &open);
    town.add("a line of the published request", "RfqLine", &lines_of(&buyer, &open).await[0]);
    town.add("the invitation to it", "Invitation", &invitations[0]["id"]);
    let sheet = json!(super::attachment::one(&town.world, &seller, SECRET).await);
    let submitted = price_with(&town.world, &seller, &open, json!([sheet])).await;
    town.add("the file of the submitted quote", "Attachment", &sheet);
    town.add("the seller's quote, submitted", "Quote", &submitted);

    let (second, _) = publish(&buyer, &content, &[&seller]).await;
    let drafted = offer(&town.world, &seller, &second).await;
    let drafted = send(&seller, "draftQuote", drafted).await["quote"]["id"].clone();
    town.add("the seller's quote, drafted", "Quote", &drafted);

    let (closed, _) = publish(&buyer, &content, &[&seller]).await;
    price(&town.world, &seller, &closed).await;
    close(&buyer, &closed).await;
    town.add("the buyer's request, opened", "Rfq", &closed);
    orders(town, &content).await;
}

async fn orders(town: &mut Town, content: &Value) {
    let (buyer, seller) = (town.buyer.clone(), town.seller.clone());
    let (won, _) = publish(&buyer, content, &[&seller]).await;
    let winner = price(&town.world, &seller, &won).await;
    close(&buyer, &won).await;
    let order = award(&buyer, &won, &winner).await;
    let found = "query($id: ID!) { order(id: $id) { lines { id } } }";
    let found = ask(&buyer, found, json!({ "id": order })).await;
    town.add("the buyer's request, awarded", "Rfq", &won);
    town.add("the seller's quote, awarded", "Quote", &winner);
    town.add("the order", "Order", &order);
    town.add("a line of the order", "OrderLine", &found["lines"][0]["id"]);

    let (bound, _) = publish(&buyer, content, &[&seller]).await;
    let best = price(&town.world, &seller, &bound).await;
    close(&buyer, &bound).await;
    let order = award(&buyer, &bound, &best).await;
    send(&seller, "acknowledgeOrder", json!({ "orderId": order })).await;
    let wish = json!({ "orderId": order, "reason": SECRET, "idempotencyKey": key() });
    send(&buyer, "requestOrderCancellation", wish).await;
    town.add("the order, acknowledged, to be cancelled", "Order", &order);
}
