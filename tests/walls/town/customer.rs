//! A shop, its customers, and how its owner sorts them.

use serde_json::Value;
use tradehall_tests::{Person, json};

use super::{OURS, SECRET, Town, send};

async fn shop(seller: &Person, name: &str, access: &str) -> Value {
    let visitors = if access == "PUBLIC" { "OPEN" } else { "SIGNED_IN_ONLY" };
    let input = json!({
        "name": name, "model": "SELL_SIDE", "access": access, "guestPolicy": "OPEN", "visitorPolicy": visitors,
    });
    send(seller, "openVenue", input).await["venue"]["id"].clone()
}

async fn customer(seller: &Person, shop: &Value, buyer: &Person) -> Value {
    let part = send(buyer, "applyToVenue", json!({ "venueId": shop, "side": "BUYER" })).await;
    let part = part["participation"]["id"].clone();
    send(seller, "approveParticipation", json!({ "participationId": part })).await;
    let listed = seller.run("customers", json!({ "first": 9 })).await.only();
    listed["edges"][0]["node"]["id"].clone()
}

async fn segment(seller: &Person, name: &str) -> Value {
    send(seller, "defineSegment", json!({ "code": name, "name": name })).await["segment"]["id"].clone()
}

async fn assortment(seller: &Person, name: &str) -> Value {
    let input = json!({ "code": name, "name": name, "kind": "EXCLUSIVE" });
    send(seller, "defineAssortment", input).await["assortment"]["id"].clone()
}

pub(super) async fn populate(town: &mut Town) {
    let (buyer, seller) = (town.buyer.clone(), town.seller.clone());
    let place = shop(&seller, "Cửa hàng", "PUBLIC").await;
    town.add_for_visitors("the seller's shop", "Venue", &place);
    let known = customer(&seller, &place, &buyer).await;
    town.add("the seller's customer", "Customer", &known);
    let noted = json!({ "customerId": known, "expectedVersion": 0, "number": SECRET, "note": SECRET });
    send(&seller, "amendCustomer", noted).await;
    let own_segment = segment(&seller, SECRET).await;
    town.add("the seller's segment", "Segment", &own_segment);
    send(&seller, "sortCustomers", json!({ "segmentId": own_segment, "addCustomerIds": [known] })).await;
    let product = json!({ "number": "E-1", "name": SECRET, "unit": "C62" });
    let product = send(&seller, "createProduct", product).await["product"]["id"].clone();
    let exclusive = assortment(&seller, SECRET).await;
    town.add("the seller's assortment", "Assortment", &exclusive);
    send(&seller, "listInAssortment", json!({ "assortmentId": exclusive, "addProductIds": [product] })).await;
    send(&seller, "publishProduct", json!({ "productId": product })).await;
    let grant = json!({ "assortmentId": exclusive, "grantee": { "segmentId": own_segment }, "effect": "SHOWN" });
    send(&seller, "grantAssortment", grant).await;
    town.add("the seller's product for its customer alone", "Product", &product);
}

pub(super) async fn stranger(town: &mut Town) {
    let stranger = town.stranger.clone();
    shop(&stranger, OURS, "PRIVATE").await;
    let own_segment = segment(&stranger, OURS).await;
    town.own("Segment", &own_segment);
    let own_assortment = assortment(&stranger, OURS).await;
    town.own("Assortment", &own_assortment);
}
