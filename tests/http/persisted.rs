//! Documents named by their hash.

use std::collections::HashMap;

use serde_json::{Value, json};

use crate::probe::{code, start, start_with};

const QUERY: &str = "{ hello }";

fn by_hash(query: Option<&str>, hash: &str) -> Value {
    json!({"query": query, "extensions": {"persistedQuery": {"version": 1, "sha256Hash": hash}}})
}

/// As clients write it.
fn hash(text: &str) -> String {
    tradehall::graphql::document::digest(text).iter().map(|byte| format!("{byte:02x}")).collect()
}

#[tokio::test]
async fn a_hash_is_enough_once_its_text_was_seen() {
    let server = start();
    let hash = hash(QUERY);
    let (status, body) = server.send(by_hash(None, &hash)).await;
    assert_eq!((status, code(&body)), (400, "PERSISTED_QUERY_NOT_FOUND"));
    assert_eq!(body["errors"][0]["message"], "PersistedQueryNotFound", "Apollo's clients look at the message");
    assert_eq!(server.send(by_hash(Some(QUERY), &hash)).await.0, 200);
    assert_eq!(server.send(by_hash(None, &hash)).await.1["data"]["hello"], "world");
    assert_eq!(server.send(json!({"documentId": format!("sha256:{hash}")})).await.1["data"]["hello"], "world");
}

#[tokio::test]
async fn nothing_is_kept_under_the_hash_of_something_else() {
    let server = start();
    let hash = hash(QUERY);
    let (status, body) = server.send(by_hash(Some("mutation { act }"), &hash)).await;
    assert_eq!((status, code(&body)), (400, "PERSISTED_QUERY_MISMATCH"));
    assert_eq!(code(&server.send(by_hash(None, &hash)).await.1), "PERSISTED_QUERY_NOT_FOUND");
    assert_eq!(server.send(by_hash(None, "rubbish")).await.0, 400);
    assert_eq!(server.send(json!({"extensions": {"persistedQuery": {"version": 2, "sha256Hash": hash}}})).await.0, 400);
}

#[tokio::test]
async fn hashes_can_be_switched_off() {
    let server = start_with(|settings| settings.persisted_queries = false);
    assert_eq!(server.ask(QUERY).await.0, 200);
    assert_eq!(code(&server.send(by_hash(None, &hash(QUERY))).await.1), "PERSISTED_QUERY_NOT_SUPPORTED");
}

#[tokio::test]
async fn only_trusted_documents_run_where_there_are_any() {
    let trusted = HashMap::from([(hash(QUERY), QUERY.to_owned())]);
    let server = start_with(|settings| settings.trusted_documents = Some(trusted));
    assert_eq!(server.ask(QUERY).await.0, 200);
    assert_eq!(server.send(by_hash(None, &hash(QUERY))).await.0, 200);
    assert_eq!(server.send(json!({"documentId": format!("sha256:{}", hash(QUERY))})).await.0, 200);
    for request in
        [json!({"query": "{ hello  }"}), by_hash(None, &hash("{ hello  }")), by_hash(Some("{ who }"), &hash("{ who }"))]
    {
        let (status, body) = server.send(request).await;
        assert_eq!((status, code(&body)), (403, "DOCUMENT_NOT_TRUSTED"));
    }
}
