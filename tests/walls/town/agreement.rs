//! Framework agreements between the seller and its customer: a draft, an offer, and one that binds and was called off under.

use jiff::SignedDuration;
use serde_json::Value;
use tradehall_tests::json;
use uuid::Uuid;

use super::{SECRET, Town, send};

/// What is agreed about a product of the seller.
fn content(town: &Town, product: &str) -> Value {
    let until = town.world.now() + SignedDuration::from_hours(24 * 365);
    json!({
        "title": SECRET, "buyerReference": SECRET, "sellerReference": SECRET, "currency": "USD", "validUntil": until.to_string(),
        "paymentTerms": SECRET, "renewalMonths": 12,
        "lines": [{ "productId": product, "volume": "10", "tiers": [{ "unitPrice": "6.6666" }] }],
    })
}

pub(super) async fn populate(town: &mut Town) {
    let (buyer, seller) = (town.buyer.clone(), town.seller.clone());
    let customer = town.any("Customer").id.clone();
    let product = town.things.iter().find(|thing| thing.label == "the seller's product for its customer alone");
    let content = content(town, &product.expect("the customers come first").id);
    let draft = json!({ "partner": { "customerId": customer }, "content": content });
    let mut drafted = Vec::new();
    for _ in 0..3 {
        drafted.push(send(&seller, "draftAgreement", draft.clone()).await["agreement"]["id"].clone());
    }
    town.add("the seller's draft of an agreement", "Agreement", &drafted[0]);
    let offered = send(&seller, "offerAgreement", json!({ "agreementId": drafted[1] })).await;
    town.add("the seller's offer of an agreement", "Agreement", &offered["agreement"]["id"]);
    let id = &drafted[2];
    let hash = send(&seller, "offerAgreement", json!({ "agreementId": id })).await["agreement"]["hash"].clone();
    let agreed = send(&buyer, "acceptAgreement", json!({ "agreementId": id, "hash": hash })).await;
    let line = agreed["agreement"]["lines"][0]["id"].clone();
    town.add("the agreement that binds", "Agreement", id);
    town.add("its line", "AgreementLine", &line);
    let call = json!({
        "agreementId": id, "lines": [{ "lineId": line, "quantity": "4" }], "remarks": SECRET,
        "idempotencyKey": Uuid::now_v7().to_string(),
    });
    let order = send(&buyer, "callOff", call).await["order"]["id"].clone();
    town.add("the order that was called off", "Order", &order);
}
