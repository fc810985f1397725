//! Customers of a shop: who registers, what each is shown, and that nobody learns what the others are.

mod assorting;
mod emptying;
mod meeting;
mod sorting;

use serde_json::Value;
use tradehall::graphql::id::global;
use tradehall_tests::{Answer, Person, World, json};

use crate::catalog::published;

/// A seller with its shop, and what it sells.
pub struct Shop {
    /// Who sells.
    pub seller: Person,
    /// The shop's global id.
    pub venue: Value,
}

impl Shop {
    /// Opens a shop with that guest policy.
    pub async fn open(world: &World, policy: &str) -> Self {
        let seller = world.seller("Kim Khí Sài Gòn").await;
        let input = json!({ "input": {
            "name": "Cửa hàng Kim Khí", "model": "SELL_SIDE", "access": "PUBLIC", "guestPolicy": policy,
        } });
        let venue = seller.run("openVenue", input).await.only()["venue"]["id"].clone();
        Self { seller, venue }
    }

    /// Shows visitors what that policy says; what guests are shown stays.
    pub async fn visited(&self, policy: &str) {
        let venue = self.amended(json!({ "visitorPolicy": policy })).await.only()["venue"].clone();
        assert_eq!(venue["visitorPolicy"], policy);
    }

    /// Changes the shop as it is now.
    pub async fn amended(&self, fields: Value) -> Answer {
        let known = self.seller.run("venue", json!({ "id": self.venue })).await.only();
        let mut input = json!({ "venueId": self.venue, "expectedVersion": known["version"] });
        input.as_object_mut().unwrap().extend(fields.as_object().unwrap().clone());
        self.seller.run("amendVenue", json!({ "input": input })).await
    }

    /// A published product with that number.
    pub async fn product(&self, number: &str) -> Value {
        published(&self.seller, number, "Bu lông lục giác").await
    }

    /// Registers an organization; the seller has not decided.
    pub async fn registered(&self, buyer: &Person) -> Value {
        let input = json!({ "input": { "venueId": self.venue, "side": "BUYER" } });
        buyer.run("applyToVenue", input).await.only()["participation"]["id"].clone()
    }

    /// Registers an organization and lets it in; answers the customer's global id.
    pub async fn customer(&self, buyer: &Person) -> Value {
        let part = self.registered(buyer).await;
        self.decide(&part, "approveParticipation").await;
        let wanted = json!({ "filter": { "status": "APPROVED" }, "first": 100 });
        let listed = self.seller.run("customers", wanted).await.only();
        let own = global(buyer.organization()).0;
        let edges = listed["edges"].as_array().unwrap().clone();
        let found = edges.iter().find(|edge| edge["node"]["organization"]["id"] == json!(own)).unwrap();
        found["node"]["id"].clone()
    }

    /// Takes one step of a participation.
    pub async fn decide(&self, part: &Value, verb: &str) {
        self.seller.run(verb, json!({ "input": { "participationId": part } })).await.only();
    }

    /// Makes a segment.
    pub async fn segment(&self, code: &str) -> Value {
        let input = json!({ "input": { "code": code, "name": code } });
        self.seller.run("defineSegment", input).await.only()["segment"]["id"].clone()
    }

    /// Makes an assortment of these products.
    pub async fn assortment(&self, code: &str, kind: &str, products: &[&Value]) -> Value {
        let input = json!({ "input": { "code": code, "name": code, "kind": kind } });
        let id = self.seller.run("defineAssortment", input).await.only()["assortment"]["id"].clone();
        let ids: Vec<_> = products.iter().map(|product| product["id"].clone()).collect();
        let input = json!({ "input": { "assortmentId": id, "addProductIds": ids } });
        self.seller.run("listInAssortment", input).await.only();
        id
    }

    /// Grants an assortment to `grantee`, which is one field of the input.
    pub async fn grant(&self, assortment: &Value, grantee: Value, effect: &str) {
        let input = json!({ "input": { "assortmentId": assortment, "grantee": grantee, "effect": effect } });
        self.seller.run("grantAssortment", input).await.only();
    }
}

/// The numbers of all products that somebody is shown, in order.
pub async fn shown(person: &Person) -> Vec<String> {
    let answer = person.run("products", json!({ "first": 100 })).await.only();
    let edges = answer["edges"].as_array().unwrap();
    let mut numbers: Vec<_> = edges.iter().map(|edge| edge["node"]["number"].as_str().unwrap().to_owned()).collect();
    numbers.sort();
    // Search shows the same, before it is asked for anything in particular.
    tradehall::worker::step(person.session().app()).await.unwrap();
    let found = person.run("productSearch", json!({ "sort": "NUMBER", "first": 100 })).await.only();
    assert_eq!(crate::search::each(&found, "number"), numbers);
    assert_eq!(found["totalCount"], numbers.len());
    numbers
}

/// The participation by which somebody is a customer.
pub async fn part_of(person: &Person) -> Value {
    let document =
        "{ venues(first: 9) { edges { node { model participations(first: 2) { edges { node { id } } } } } } }";
    let seen = person.ask(document, json!({})).await.only();
    let edges = seen["edges"].as_array().unwrap().clone();
    let shop = edges.iter().find(|edge| edge["node"]["model"] == "SELL_SIDE").unwrap();
    shop["node"]["participations"]["edges"][0]["node"]["id"].clone()
}
