//! Health and metrics.

use std::sync::atomic::Ordering::SeqCst;

use crate::probe::{start, start_with};

#[tokio::test]
async fn readiness_follows_the_application_and_says_nothing_of_its_insides() {
    let server = start();
    assert_eq!(server.get("/health/live").send().await.unwrap().status(), 200);
    assert_eq!(server.get("/health/ready").send().await.unwrap().status(), 200);
    let head = tradehall_tests::client().head(server.url("/health/ready")).send().await.unwrap();
    assert_eq!(head.status(), 200);
    server.seen.unready.store(1, SeqCst);
    let unready = server.get("/health/ready").send().await.unwrap();
    assert_eq!(unready.status(), 503);
    assert_eq!(unready.text().await.unwrap(), r#"{"status":"unavailable"}"#);
    assert_eq!(server.get("/health/live").send().await.unwrap().status(), 200);
}

#[tokio::test]
async fn operations_are_counted_by_kind_and_status() {
    let server = start();
    for query in ["{ hello }", "{ hello }", "mutation { act }", "{ unknown }", "{"] {
        server.ask(query).await;
    }
    let metrics = server.get("/metrics").send().await.unwrap();
    assert!(metrics.headers()["content-type"].to_str().unwrap().starts_with("application/openmetrics-text"));
    let metrics = metrics.text().await.unwrap();
    for line in [
        r#"tradehall_graphql_operations_total{kind="query",status="200"} 2"#,
        r#"tradehall_graphql_operations_total{kind="mutation",status="200"} 1"#,
        r#"tradehall_graphql_operations_total{kind="query",status="422"} 1"#,
        r#"tradehall_graphql_operations_total{kind="unknown",status="400"} 1"#,
        r#"tradehall_graphql_duration_seconds_count{kind="query"} 3"#,
        "tradehall_http_requests_in_flight 1",
        "tradehall_connections_open 0",
    ] {
        assert!(metrics.contains(line), "{line} in:\n{metrics}");
    }
    let closed = start_with(|settings| settings.metrics = false);
    assert_eq!(closed.get("/metrics").send().await.unwrap().status(), 404);
}
