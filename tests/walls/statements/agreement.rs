//! Framework agreements with one line and with twenty: what is negotiated, called off and read of them.

use jiff::SignedDuration;
use serde_json::{Value, json};
use tradehall_tests::World;
use uuid::Uuid;

use super::Bill;
use crate::town::{send, signed_up};

pub(super) async fn measure(bill: &mut Bill, world: &World) {
    for size in [1, 20] {
        measure_with(bill, world, size).await;
    }
}

async fn measure_with(bill: &mut Bill, world: &World, size: usize) {
    let seller = signed_up(world, &format!("agreement-seller-{size}")).await;
    let buyer = signed_up(world, &format!("agreement-buyer-{size}")).await;
    let shop = json!({ "name": "Shop", "model": "SELL_SIDE", "access": "PUBLIC" });
    let shop = send(&seller, "openVenue", shop).await["venue"]["id"].clone();
    let part = send(&buyer, "applyToVenue", json!({ "venueId": shop, "side": "BUYER" })).await["participation"].clone();
    send(&seller, "approveParticipation", json!({ "participationId": part["id"] })).await;
    let customers = seller.run("customers", json!({ "first": 1 })).await.only();
    let mut lines = Vec::new();
    for n in 0..size {
        let product = json!({ "number": format!("N-{n}"), "name": "Nut", "unit": "C62" });
        let product = send(&seller, "createProduct", product).await["product"]["id"].clone();
        send(&seller, "publishProduct", json!({ "productId": product })).await;
        lines.push(json!({ "productId": product, "volume": "10", "tiers": [{ "unitPrice": "2" }] }));
    }
    let until = world.now() + SignedDuration::from_hours(24 * 365);
    let content = json!({ "title": "Nuts", "currency": "USD", "validUntil": until.to_string(), "lines": lines });
    let partner = json!({ "customerId": customers["edges"][0]["node"]["id"] });
    let draft = json!({ "input": { "partner": partner, "content": content } });
    let id = bill.run("draftAgreement: 20 lines", &seller, "draftAgreement", draft).await["agreement"]["id"].clone();
    let revise = json!({ "input": { "agreementId": id, "expectedVersion": 1, "content": content } });
    bill.run("reviseAgreementDraft: 20 lines", &seller, "reviseAgreementDraft", revise).await;
    let one = json!({ "input": { "agreementId": id } });
    bill.run("offerAgreement: 20 lines", &seller, "offerAgreement", one.clone()).await;
    let counter = json!({ "input": { "agreementId": id, "content": content } });
    let offered = bill.run("counterAgreement: 20 lines", &buyer, "counterAgreement", counter).await;
    let accept = json!({ "input": { "agreementId": id, "hash": offered["agreement"]["hash"] } });
    let agreed = bill.run("acceptAgreement: 20 lines", &seller, "acceptAgreement", accept).await["agreement"].clone();
    let of = |quantity: &str| -> Value {
        let lines = agreed["lines"].as_array().unwrap().iter();
        let lines: Vec<_> = lines.map(|line| json!({ "lineId": line["id"], "quantity": quantity })).collect();
        json!({ "input": { "agreementId": id, "lines": lines, "idempotencyKey": Uuid::now_v7().to_string() } })
    };
    bill.run("callOff: 20 lines", &buyer, "callOff", of("4")).await;
    let last = bill.run("callOff: the last of 20 lines", &buyer, "callOff", of("6")).await["order"]["id"].clone();
    let cancel = json!({ "input": { "orderId": last, "reason": "Too many" } });
    bill.run("cancelOrder: the last of 20 lines", &buyer, "cancelOrder", cancel).await;
    bill.run("agreement: 20 lines", &buyer, "agreement", json!({ "id": id })).await;
    bill.run("agreementVersions: 20 lines", &buyer, "agreementVersions", json!({ "id": id })).await;
    bill.run("agreementCallOffs: 20 lines", &buyer, "agreementCallOffs", json!({ "id": id, "first": 5 })).await;
    bill.run("agreementTimeline", &buyer, "agreementTimeline", json!({ "id": id, "first": 5 })).await;
    for (label, filter) in [("agreements", json!(null)), ("agreements by status", json!({ "status": "ACTIVE" }))] {
        let listed = json!({ "side": "BUYER", "filter": filter, "first": 5 });
        bill.run(label, &buyer, "agreements", listed).await;
    }
    let why = json!({ "input": { "agreementId": id, "reason": "No payment" } });
    bill.run("suspendAgreement: 20 lines", &seller, "suspendAgreement", why.clone()).await;
    bill.run("resumeAgreement: 20 lines", &seller, "resumeAgreement", one).await;
    let renew = json!({ "input": {
        "agreementId": id, "validUntil": (until + SignedDuration::from_hours(24)).to_string(), "idempotencyKey": Uuid::now_v7().to_string(),
    } });
    bill.run("renewAgreement: 20 lines", &buyer, "renewAgreement", renew).await;
    bill.run("terminateAgreement: 20 lines", &buyer, "terminateAgreement", why).await;
}
