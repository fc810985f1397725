//! What browsers care for: origins, headers, compression, the page at `/`.

use crate::probe::{start, start_with};

#[tokio::test]
async fn every_response_has_an_id_and_careful_headers() {
    let server = start();
    for path in ["/", "/graphql", "/nowhere", "/health/live", "/metrics"] {
        let response = server.get(path).send().await.unwrap();
        let headers = response.headers();
        assert_eq!(headers["x-content-type-options"], "nosniff", "{path}");
        assert_eq!(headers["cache-control"], "no-store", "{path}");
        assert!(!headers.contains_key("server"), "{path}");
        assert_eq!(headers["x-request-id"].len(), 36, "{path}");
    }
    let id = |sent: &'static str| {
        let request = server.get("/health/live").header("x-request-id", sent);
        async move { request.send().await.unwrap().headers()["x-request-id"].to_str().unwrap().to_owned() }
    };
    assert_eq!(id("abc-1").await, "abc-1");
    assert_ne!(id("a b").await, "a b");
}

#[tokio::test]
async fn only_listed_origins_may_read() {
    let listed = "https://shop.example";
    let server = start_with(|settings| settings.cors_origins = vec![listed.to_owned()]);
    let preflight = |origin: &'static str| {
        tradehall_tests::client()
            .request(reqwest::Method::OPTIONS, server.url("/graphql"))
            .header("origin", origin)
            .header("access-control-request-method", "POST")
            .header("access-control-request-headers", "content-type, authorization")
            .send()
    };
    let allowed = preflight(listed).await.unwrap();
    assert_eq!(allowed.status(), 204);
    assert_eq!(allowed.headers()["access-control-allow-origin"], listed);
    assert!(allowed.headers()["access-control-allow-headers"].to_str().unwrap().contains("authorization"));
    assert!(!allowed.headers().contains_key("access-control-allow-credentials"));
    for origin in ["https://evil.example", "https://shop.example.evil.example", "null"] {
        let refused = preflight(origin).await.unwrap();
        assert!(!refused.headers().contains_key("access-control-allow-origin"), "{origin}");
        assert!(!refused.headers().contains_key("access-control-allow-headers"), "{origin}");
    }
    let answer = server.post().header("origin", listed).body(r#"{"query":"{ hello }"}"#).send().await.unwrap();
    assert_eq!(answer.headers()["access-control-allow-origin"], listed);
    assert!(answer.headers()["access-control-expose-headers"].to_str().unwrap().contains("x-request-id"));
}

#[tokio::test]
async fn large_answers_are_compressed_and_small_ones_are_not() {
    let server = start();
    let ask = |first: u32, encoding: &'static str| {
        let body = format!(r#"{{"query":"{{ items(first: {first}) {{ number }} }}"}}"#);
        let request = server.post().header("accept-encoding", encoding).body(body);
        async move { request.send().await.unwrap().headers().get("content-encoding").cloned() }
    };
    assert_eq!(ask(500, "gzip").await.unwrap(), "gzip");
    assert_eq!(ask(500, "br").await.unwrap(), "br");
    assert_eq!(ask(500, "identity").await, None);
    assert_eq!(ask(1, "gzip").await, None);
}

#[tokio::test]
async fn graphiql_comes_whole_from_here() {
    let server = start();
    let response = server.get("/").send().await.unwrap();
    assert!(response.headers()["content-security-policy"].to_str().unwrap().contains("script-src 'self';"));
    let page = response.text().await.unwrap();
    assert!(!page.contains("http://") && !page.contains("https://"), "nothing is fetched from elsewhere");
    let mut files = 0;
    for reference in page.split(['"']).filter(|part| part.starts_with("/graphiql/")) {
        let file = server.get(reference).send().await.unwrap();
        assert_eq!(file.status(), 200, "{reference}");
        let tag = file.headers()["etag"].clone();
        assert_eq!(server.get(reference).header("if-none-match", tag).send().await.unwrap().status(), 304);
        files += 1;
    }
    assert_eq!(files, 6);
    let tabs = server.get("/graphiql/examples.json").send().await.unwrap().text().await.unwrap();
    let tabs: Vec<serde_json::Value> = serde_json::from_str(&tabs).unwrap();
    assert!(tabs.iter().all(|tab| tab["query"].is_string()) && !tabs.is_empty());

    let closed = start_with(|settings| settings.graphiql = false);
    assert_eq!(closed.get("/").send().await.unwrap().status(), 404);
    assert_eq!(closed.get("/graphiql/start.js").send().await.unwrap().status(), 404);
}
