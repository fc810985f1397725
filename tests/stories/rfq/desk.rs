//! A purchasing desk: a buyer with a venue, its sellers, and the steps that many stories share.

use jiff::SignedDuration;
use serde_json::Value;
use tradehall::graphql::id::global;
use tradehall_tests::{Answer, Person, World, json};

/// The id of an object, as text.
pub fn id(node: &Value) -> &str {
    node["id"].as_str().unwrap_or_else(|| panic!("no id in {node:#}"))
}

/// What `seen` says that can be done by `verb`: the reason why not, or null.
pub fn action(seen: &Value, verb: &str) -> Value {
    let actions = seen["availableActions"].as_array().unwrap_or_else(|| panic!("no actions in {seen:#}"));
    let found = actions.iter().find(|action| action["action"] == verb);
    found.unwrap_or_else(|| panic!("{verb} is not told of in {seen:#}"))["reasonCode"].clone()
}

/// A buyer with a private venue of its own, and the sellers that it asked.
pub struct Desk {
    pub world: World,
    pub buyer: Person,
    pub venue: Value,
    sellers: std::sync::OnceLock<Vec<Person>>,
}

impl Desk {
    /// A desk in a private buy-side venue.
    pub async fn open(world: &World) -> Self {
        Self::open_in(world, "PRIVATE").await
    }

    /// A desk in a buy-side venue.
    pub async fn open_in(world: &World, access: &str) -> Self {
        let buyer = world.buyer().await;
        let input = json!({ "input": { "name": "Purchasing", "model": "BUY_SIDE", "access": access } });
        let venue = buyer.run("openVenue", input).await.only()["venue"]["id"].clone();
        Self { world: world.clone(), buyer, venue, sellers: std::sync::OnceLock::new() }
    }

    /// The opaque id of the buyer.
    pub fn buyer_id(&self) -> String {
        global(self.buyer.organization()).0
    }

    /// The owner of the seller that was asked as number `n`.
    pub fn seller(&self, n: usize) -> &Person {
        &self.sellers.get().expect("nobody was asked yet")[n]
    }

    /// Lines of description, quantity and unit.
    pub fn lines(&self, lines: &[(&str, &str, &str)]) -> Value {
        let line = |(description, quantity, unit): &(&str, &str, &str)| {
            json!({ "description": description, "quantity": quantity, "unit": unit,
                    "incoterm": "DAP", "incotermPlace": "Hải Phòng", "deliveryPlace": "Kho 2, Hải Phòng" })
        };
        lines.iter().map(line).collect()
    }

    /// The content of a request with these lines, open for ten days.
    pub fn content(&self, lines: Value, bidding: &str) -> Value {
        let deadline = self.world.now() + SignedDuration::from_hours(240);
        json!({ "venueId": self.venue, "title": "Fasteners", "currency": "USD", "bidding": bidding,
                "deadline": deadline.to_string(), "lines": lines })
    }

    /// A drafted request.
    pub async fn draft(&self, content: Value) -> Value {
        self.buyer.run("draftRfq", json!({ "input": { "content": content } })).await.only()["rfq"].clone()
    }

    /// A published request, for which sellers of these names are made and asked.
    pub async fn publish(&self, lines: Value, bidding: &str, sellers: &[&str]) -> Value {
        let rfq = self.draft(self.content(lines, bidding)).await["id"].clone();
        let mut people = Vec::new();
        for name in sellers {
            people.push(self.world.seller(name).await);
        }
        let ids: Vec<_> = people.iter().map(|seller| global(seller.organization()).0).collect();
        assert!(self.sellers.set(people).is_ok(), "a desk publishes once");
        let input = json!({ "input": { "rfqId": rfq, "supplierIds": ids } });
        self.buyer.run("inviteSuppliers", input).await.ok();
        self.buyer.run("publishRfq", json!({ "input": { "rfqId": rfq } })).await.ok();
        rfq
    }

    /// A published request for every verified organization; the desk must stand in a public venue.
    pub async fn publish_to_all(&self, lines: Value, bidding: &str) -> Value {
        let mut content = self.content(lines, bidding);
        content["audience"] = json!("PUBLIC");
        let rfq = self.draft(content).await["id"].clone();
        self.buyer.run("publishRfq", json!({ "input": { "rfqId": rfq } })).await.ok();
        rfq
    }

    /// Asks a seller to quote and answers what became of that.
    pub async fn ask(&self, seller: &Person, rfq: &Value) -> Answer {
        let suppliers = [global(seller.organization()).0];
        self.buyer.run("inviteSuppliers", json!({ "input": { "rfqId": rfq, "supplierIds": suppliers } })).await
    }

    /// A price for the first line of a request.
    pub async fn priced(&self, seller: &Person, rfq: &Value, price: &str) -> Value {
        let seen = seller.run("rfq", json!({ "id": rfq })).await.only();
        json!([{ "rfqLineId": seen["lines"][0]["id"], "unitPrice": price, "leadTimeDays": 7 }])
    }

    /// What a draft of a quote of these lines is sent as.
    pub fn drafted(&self, rfq: &Value, lines: Value) -> Value {
        let mut input = self.offer(rfq, lines, "");
        input["input"].as_object_mut().unwrap().remove("idempotencyKey");
        input
    }

    /// What a quote of these lines is sent as, valid for a month.
    pub fn offer(&self, rfq: &Value, lines: Value, key: &str) -> Value {
        let valid_until = self.world.now() + SignedDuration::from_hours(24 * 30);
        json!({ "input": { "rfqId": rfq, "idempotencyKey": key, "content": {
            "currency": "USD", "validUntil": valid_until.to_string(), "lines": lines } } })
    }

    /// Submits a quote and answers its id.
    pub async fn quote(&self, seller: &Person, rfq: &Value, lines: Value) -> Value {
        let key = uuid::Uuid::now_v7().to_string();
        seller.run("submitQuote", self.offer(rfq, lines, &key)).await.only()["quote"]["id"].clone()
    }

    /// Tries to submit a quote.
    pub async fn try_quote(&self, seller: &Person, rfq: &Value, lines: Value) -> Answer {
        let key = uuid::Uuid::now_v7().to_string();
        seller.run("submitQuote", self.offer(rfq, lines, &key)).await
    }
}
