//! Subscriptions as server-sent events.

use std::time::Duration;

use crate::probe::{PATIENCE, Server, start, start_with};

async fn open(server: &Server, accept: &str, token: Option<&str>, query: &str) -> reqwest::Response {
    let mut request = tradehall_tests::client()
        .post(server.url("/graphql"))
        .header("content-type", "application/json")
        .header("accept", accept)
        .header("accept-encoding", "gzip")
        .body(serde_json::json!({ "query": query }).to_string());
    if let Some(token) = token {
        request = request.header("authorization", format!("Bearer {token}"));
    }
    request.send().await.unwrap()
}

async fn text(response: reqwest::Response) -> String {
    tokio::time::timeout(PATIENCE, response.text()).await.expect("the stream never ended").unwrap()
}

#[tokio::test]
async fn results_are_events_and_the_end_is_one_too() {
    let server = start();
    let response = open(&server, "text/event-stream", None, "subscription { count(to: 2) }").await;
    assert_eq!(response.status(), 200);
    assert_eq!(response.headers()["content-type"], "text/event-stream; charset=utf-8");
    assert!(!response.headers().contains_key("content-encoding"));
    assert_eq!(
        text(response).await,
        "event: next\ndata: {\"data\":{\"count\":1}}\n\nevent: next\ndata: {\"data\":{\"count\":2}}\n\nevent: complete\ndata:\n\n"
    );
}

#[tokio::test]
async fn a_subscription_streams_wherever_streams_are_accepted_and_a_query_only_where_they_are_preferred() {
    let server = start();
    let all = "application/graphql-response+json, application/json, text/event-stream";
    let counted = open(&server, all, None, "subscription { count(to: 1) }").await;
    assert!(text(counted).await.starts_with("event: next"));
    let asked = open(&server, all, None, "{ hello }").await;
    assert!(text(asked).await.starts_with("{\"data\""));
    let streamed = open(&server, "text/event-stream", None, "{ hello }").await;
    let streamed = text(streamed).await;
    assert!(streamed.starts_with("event: next\ndata: {\"data\":{\"hello\":\"world\"}"), "{streamed}");
    assert!(streamed.ends_with("event: complete\ndata:\n\n"));
}

#[tokio::test]
async fn errors_of_graphql_are_events_and_errors_of_http_are_not() {
    let server = start();
    let invalid = open(&server, "text/event-stream", None, "subscription { unknown }").await;
    assert_eq!(invalid.status(), 200);
    let invalid = text(invalid).await;
    assert!(
        invalid.contains("GRAPHQL_VALIDATION_FAILED") && invalid.ends_with("event: complete\ndata:\n\n"),
        "{invalid}"
    );
    let refused = text(open(&server, "text/event-stream", None, "subscription { refused }").await).await;
    assert!(refused.contains("NOT_FOUND"), "{refused}");
    assert_eq!(open(&server, "text/event-stream", None, "{").await.status(), 400);
    assert_eq!(open(&server, "text/event-stream", Some("forged"), "{ hello }").await.status(), 401);
}

#[tokio::test]
async fn a_stream_stops_with_its_client_or_its_credentials() {
    let server = start();
    let response = open(&server, "text/event-stream", None, "subscription { endless }").await;
    server.seen.waiting(1).await;
    drop(response);
    server.seen.waiting(0).await;

    let expiring = open(&server, "text/event-stream", Some("brief"), "subscription { endless }").await;
    assert!(text(expiring).await.ends_with("event: complete\ndata:\n\n"));
    server.seen.waiting(0).await;
}

#[tokio::test]
async fn streams_are_bounded() {
    let server = start_with(|settings| settings.socket.connections_max = 1);
    let first = open(&server, "text/event-stream", None, "subscription { endless }").await;
    assert_eq!(first.status(), 200);
    let second = open(&server, "text/event-stream", None, "subscription { endless }").await;
    assert_eq!((second.status().as_u16(), second.headers().contains_key("retry-after")), (503, true));
    drop(first);
    server.seen.waiting(0).await;
    // The place is free once the connection is gone.
    let again = async {
        while open(&server, "text/event-stream", None, "subscription { count(to: 1) }").await.status() != 200 {
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
    };
    tokio::time::timeout(PATIENCE, again).await.expect("the place never became free");
}
