//! Catalogs: what an organization shows, what it keeps to itself, and what sellers ask.

mod category;
mod detail;
mod document;
mod meeting;
mod numbers;
mod offer;
mod product;
mod product_type;

use serde_json::Value;
use tradehall_tests::{Person, json};

/// A product of that number, still a draft.
pub async fn draft(person: &Person, number: &str, name: &str) -> Value {
    let input = json!({ "input": { "number": number, "name": name, "unit": "C62" } });
    person.run("createProduct", input).await.only()["product"].clone()
}

/// A product of that number that everyone sees.
pub async fn published(person: &Person, number: &str, name: &str) -> Value {
    let product = draft(person, number, name).await;
    let input = json!({ "input": { "productId": product["id"] } });
    person.run("publishProduct", input).await.only()["product"].clone()
}

/// The numbers of the products that `person` finds.
pub async fn found(person: &Person, filter: Value) -> Vec<String> {
    let page = person.run("products", json!({ "filter": filter, "first": 100 })).await.only();
    let edges = page["edges"].as_array().unwrap().iter();
    edges.map(|edge| edge["node"]["number"].as_str().unwrap().to_owned()).collect()
}
