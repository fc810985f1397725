//! Search: what people type, what they find, and what they must not notice.

mod alike;
mod finding;
mod judged;
mod narrowing;
mod numbers;
mod priced;

use serde_json::Value;
use tradehall_tests::{Person, World, json};

/// Lets the worker do what is due, after which a search knows of every change so far.
pub async fn settle(world: &World) {
    tradehall::worker::step(&world.app).await.unwrap();
}

/// The ids of the products that `person` finds by `query`, at most 100.
pub async fn find(world: &World, person: &Person, query: &str) -> Vec<String> {
    settle(world).await;
    let found = person.run("productHits", json!({ "query": query, "first": 100 })).await.only();
    each(&found, "id")
}

/// The numbers of the hits of `query`, in their order, without letting anything be indexed first.
pub async fn numbers(person: &Person, query: &str) -> Vec<String> {
    let found = person.run("productHits", json!({ "query": query, "first": 100 })).await.only();
    each(&found, "number")
}

/// A field of the hits.
pub fn each(found: &Value, field: &str) -> Vec<String> {
    let edges = found["edges"].as_array().unwrap().iter();
    edges.map(|edge| edge["node"][field].as_str().unwrap().to_owned()).collect()
}

/// Adds and publishes a product with everything that `input` says.
pub async fn publish(person: &Person, input: Value) -> String {
    let product = person.run("createProduct", json!({ "input": input })).await.only()["product"].clone();
    person.run("publishProduct", json!({ "input": { "productId": product["id"] } })).await.only();
    product["id"].as_str().unwrap().to_owned()
}

/// The values and counts of a facet, by its kind and, for an attribute, its name.
pub fn facet(found: &Value, kind: &str, name: Option<&str>) -> Vec<(String, u64)> {
    let facets = found["facets"].as_array().unwrap().iter();
    let facet = facets.filter(|facet| facet["kind"] == kind && facet["name"].as_str() == name);
    let values = facet.flat_map(|facet| facet["values"].as_array().unwrap());
    let label = |value: &Value| value["label"].as_str().or(value["owner"]["name"].as_str()).unwrap().to_owned();
    values.map(|value| (label(value), value["count"].as_u64().unwrap())).collect()
}
