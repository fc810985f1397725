//! Framework agreements: negotiated between a seller and its customer, called off, ended and renewed.

mod boxes;
mod calling_off;
mod ending;
mod meeting;
mod negotiating;
mod pricing;
mod renewing;

use jiff::{SignedDuration, Timestamp};
use serde_json::Value;
use tradehall::graphql::id::global;
use tradehall::worker;
use tradehall_tests::{Person, World, json};
use uuid::Uuid;

use crate::customer::Shop;

/// A seller, its customer, and a product that everybody pays 100 000 đồng for.
pub struct Trade {
    pub world: World,
    pub shop: Shop,
    pub buyer: Person,
    /// The buyer as the seller's customer.
    pub customer: Value,
    /// What is sold.
    pub product: Value,
}

/// A key of its own for every request.
pub fn key() -> String {
    Uuid::now_v7().to_string()
}

impl Trade {
    pub async fn prepare(world: &World) -> Self {
        let shop = Shop::open(world, "OPEN").await;
        let buyer = world.buyer().await;
        let customer = shop.customer(&buyer).await;
        let product = shop.product("BL-8").await["id"].clone();
        let offer = json!({ "input": {
            "productId": product, "unitPrice": "100000", "currency": "VND", "unit": "C62", "leadTimeDays": 3, "access": "PUBLIC",
        } });
        shop.seller.run("createOffer", offer).await.ok();
        Self { world: world.clone(), shop, buyer, customer, product }
    }

    pub fn seller(&self) -> &Person {
        &self.shop.seller
    }

    /// So many days from now.
    pub fn in_days(&self, days: i64) -> Timestamp {
        self.world.now() + SignedDuration::from_hours(24 * days)
    }

    /// A year at 80 000 đồng, 70 000 from 100 on, in tens; 200 at most, of which 50 are promised.
    pub fn content(&self) -> Value {
        json!({
            "title": "Bu lông 2026", "sellerReference": "HĐ-17", "currency": "VND", "validUntil": self.in_days(365).to_string(),
            "paymentTerms": "30 ngày", "incoterm": "DAP", "incotermPlace": "KCN Tân Bình", "commitment": "5000000", "noticeDays": 30,
            "lines": [{
                "productId": self.product, "orderMultiple": "10", "volume": "200", "commitment": "50", "leadTimeDays": 7,
                "tiers": [{ "unitPrice": "80000" }, { "minQuantity": "100", "unitPrice": "70000" }],
            }],
        })
    }

    /// Drafts it in the seller's name.
    pub async fn drafted(&self, content: &Value) -> Value {
        let partner = json!({ "customerId": self.customer });
        let input = json!({ "input": { "partner": partner, "content": content, "idempotencyKey": key() } });
        self.seller().run("draftAgreement", input).await.only()["agreement"]["id"].clone()
    }

    /// The same, offered to the buyer; its id and its hash.
    pub async fn offered(&self, content: &Value) -> (Value, Value) {
        let id = self.drafted(content).await;
        let offered = one(self.seller(), "offerAgreement", &id).await.only()["agreement"].clone();
        (id, offered["hash"].clone())
    }

    /// The same, accepted by the buyer; its id and that of its first line.
    pub async fn agreed(&self, content: &Value) -> (Value, Value) {
        let (id, hash) = self.offered(content).await;
        let input = json!({ "input": { "agreementId": id, "hash": hash } });
        let agreed = self.buyer.run("acceptAgreement", input).await.only()["agreement"].clone();
        (id, agreed["lines"][0]["id"].clone())
    }

    /// What the buyer sees of an agreement.
    pub async fn seen(&self, id: &Value) -> Value {
        self.buyer.run("agreement", json!({ "id": id })).await.only()
    }

    /// The rule and the price by which somebody buys so much.
    pub async fn price(&self, person: &Person, quantity: &str) -> (String, String) {
        let asked = json!({ "id": self.product, "quantity": quantity });
        let price = person.run("agreedPrice", asked).await.only()["price"].clone();
        let text = |value: &Value| value.as_str().unwrap_or("none").to_owned();
        (text(&price["rule"]), text(&price["unitPrice"]["amount"]))
    }

    /// Lets so many days pass, and the market do what is due.
    pub async fn pass(&self, days: i64) -> worker::Did {
        self.world.pass(SignedDuration::from_hours(24 * days));
        worker::step(&self.world.app).await.unwrap()
    }

    /// The kinds of what happened to an agreement, the newest first, as the buyer reads it.
    pub async fn told(&self, id: &Value) -> Vec<String> {
        worker::step(&self.world.app).await.unwrap();
        let read = self.buyer.run("agreementTimeline", json!({ "id": id, "first": 50 })).await.only();
        let edges = read["timeline"]["edges"].as_array().unwrap().clone();
        edges.iter().map(|edge| edge["node"]["kind"].as_str().unwrap().to_owned()).collect()
    }
}

/// Sends an operation that takes an agreement and nothing else.
pub async fn one(person: &Person, operation: &str, id: &Value) -> tradehall_tests::Answer {
    person.run(operation, json!({ "input": { "agreementId": id } })).await
}

/// The input of a call-off of so much of one line.
pub fn call_off(id: &Value, line: &Value, quantity: &str) -> Value {
    json!({ "input": { "agreementId": id, "lines": [{ "lineId": line, "quantity": quantity }], "idempotencyKey": key() } })
}

/// What an organization is called on the wire.
pub fn organization(person: &Person) -> Value {
    json!(global(person.organization()).0)
}
