//! The search index of the server under measurement: a search means something only when the index holds all products.

use std::time::{Duration, Instant};

use serde_json::{Value, json};

use crate::connection::Connection;
use crate::outcome::Outcome;
use crate::server::Server;

/// How long a million products may take before the run is given up.
const PATIENCE: Duration = Duration::from_mins(12);
/// How often to look.
const STEP: Duration = Duration::from_millis(250);

/// Waits until the last of `products` is found, as whoever has `token` sees it; answers how long that took since `begun`.
pub async fn built(server: &Server, token: Option<&str>, products: u64, begun: Instant) -> Outcome<Duration> {
    let Some(last) = products.checked_sub(1) else { return Ok(Duration::ZERO) };
    let query = "query last($query: String) { productSearch(query: $query, first: 1) { edges { node { number } } } }";
    let number = format!("KK-{last:07}");
    let body = json!({ "query": query, "variables": { "query": number } }).to_string();
    while begun.elapsed() < PATIENCE {
        let mut connection = Connection::open(server.address).await?;
        let answer: Value = serde_json::from_slice(connection.ask(token, body.as_bytes()).await?)?;
        if answer.pointer("/data/productSearch/edges/0/node/number").and_then(Value::as_str) == Some(&number) {
            return Ok(begun.elapsed());
        }
        tokio::time::sleep(STEP).await;
    }
    Err("the search index is not built".into())
}
