//! Catalog versions: gathered, reviewed, published in one moment, compared.

mod conflicts;
mod due;
mod going_live;
mod size;

use serde_json::Value;
use tradehall_tests::{Person, json};

/// A version of that name.
pub async fn version(person: &Person, name: &str) -> Value {
    person.run("createCatalogVersion", json!({ "input": { "name": name } })).await.only()["catalogVersion"]["id"]
        .clone()
}

/// Adds changes; what became of each.
pub async fn add(person: &Person, version: &Value, changes: Value) -> Vec<Value> {
    let input = json!({ "input": { "catalogVersionId": version, "changes": changes } });
    person.run("addCatalogChanges", input).await.only()["results"].as_array().unwrap().clone()
}

/// The changes that add these products.
pub fn additions(numbers: &[&str]) -> Value {
    numbers.iter().map(|number| json!({ "add": { "number": number, "name": "Bu lông", "unit": "C62" } })).collect()
}

/// One step of a version.
pub async fn step(person: &Person, verb: &str, version: &Value) -> Value {
    person.run(verb, json!({ "input": { "catalogVersionId": version } })).await.only()["catalogVersion"].clone()
}

/// A version that holds these changes and was published.
pub async fn live(person: &Person, name: &str, changes: Value) -> Value {
    let version = version(person, name).await;
    for result in add(person, &version, changes).await {
        assert_eq!(result["userErrors"], json!([]), "{result}");
    }
    step(person, "submitCatalogVersion", &version).await;
    step(person, "publishCatalogVersion", &version).await;
    version
}

/// A version as its owner reads it.
pub async fn read(person: &Person, version: &Value) -> Value {
    person.run("catalogVersion", json!({ "id": version, "first": 100 })).await.only()
}

/// What the nodes of a connection say under `field`.
pub fn says(connection: &Value, field: &str) -> Vec<String> {
    let edges = connection["edges"].as_array().unwrap().iter();
    edges.map(|edge| edge["node"][field].as_str().unwrap_or_default().to_owned()).collect()
}
