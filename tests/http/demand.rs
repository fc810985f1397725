//! Demands beyond a limit: of size, of cost, of time, of points.

use std::{num::NonZeroU32, time::Duration};

use serde_json::json;
use tradehall::http::Rate;

use crate::probe::{answer, code, start, start_with};
use crate::socket::Socket;

#[tokio::test]
async fn a_fragment_bomb_is_refused_before_validation() {
    let server = start();
    let mut bomb = String::from("{ ...F0 }");
    for n in 0..30 {
        bomb.push_str(&format!(" fragment F{n} on Query {{ ...F{m} ...F{m} }}", m = n + 1));
    }
    bomb.push_str(" fragment F30 on Query { hello }");
    let (status, body) = server.ask(&bomb).await;
    assert_eq!((status, code(&body)), (422, "LIMIT_EXCEEDED"));
    assert_eq!(body["errors"][0]["extensions"]["maximum"], 5_000);
    for deep in ["{ a".repeat(20_000), format!("{{ echo(text: {}", "[".repeat(50_000))] {
        assert_eq!(server.ask(&deep).await.0, 422);
    }
}

#[tokio::test]
async fn cost_is_bounded_and_shown() {
    let server = start();
    let (_, body) = server.ask("{ items(first: 10) { items(first: 5) { number } } }").await;
    assert_eq!(body["extensions"]["cost"]["requested"], 1 + 1 + 10);
    let query = "query ($n: Int!) { items(first: $n) { items(first: 100) { items(first: 2) { number } } } }";
    let ask = async |authorization: Option<&str>, n: u32| {
        let request = server.post().body(json!({"query": query, "variables": {"n": n}}).to_string());
        answer(match authorization {
            Some(authorization) => request.header("authorization", authorization),
            None => request,
        })
        .await
    };
    let refused = async |authorization: Option<&str>, n: u32| {
        let (status, body) = ask(authorization, n).await;
        assert_eq!((status, code(&body)), (422, "QUERY_TOO_COMPLEX"));
        let extensions = &body["errors"][0]["extensions"];
        (extensions["cost"].as_u64().unwrap(), extensions["maximum"].as_u64().unwrap())
    };
    assert_eq!(refused(Some("Bearer good"), 100).await, (10_102, 10_000));
    assert_eq!(ask(Some("Bearer good"), 90).await.0, 200);
    // Who has not signed in may ask for less at once.
    assert_eq!(refused(None, 90).await, (9_092, 2_500));
    assert_eq!(ask(None, 20).await.0, 200);
}

#[tokio::test]
async fn a_caller_who_has_used_up_the_points_is_429_and_others_are_not() {
    let points = |n| NonZeroU32::new(n).unwrap();
    let server = start_with(|settings| settings.rate = Some(Rate { per_second: points(1), burst: points(1_000) }));
    let ask = |token: &str, first: u32| {
        let query = format!("{{ items(first: {first}) {{ items(first: 0) {{ number }} }} }}");
        server.post().header("authorization", format!("Bearer {token}")).body(json!({"query": query}).to_string())
    };
    let served = ask("good", 600).send().await.unwrap();
    assert_eq!(served.status(), 200);
    assert_eq!(
        (&served.headers()["ratelimit-limit"], &served.headers()["ratelimit-remaining"]),
        (&"1000".parse().unwrap(), &"398".parse().unwrap())
    );
    let body: serde_json::Value = serde_json::from_str(&served.text().await.unwrap()).unwrap();
    assert_eq!(
        body["extensions"]["cost"],
        json!({"requested": 602, "available": 398, "maximum": 1000, "restoreRate": 1})
    );

    let refused = ask("good", 600).send().await.unwrap();
    assert_eq!((refused.status().as_u16(), refused.headers().contains_key("retry-after")), (429, true));
    assert_eq!(refused.headers()["ratelimit-remaining"], "0");
    assert_eq!(answer(ask("other", 600)).await.0, 200);
}

#[tokio::test]
async fn work_that_takes_too_long_is_stopped() {
    let server = start_with(|settings| settings.execution_timeout = Duration::from_millis(100));
    let (status, body) = server.ask("{ wait }").await;
    assert_eq!((status, code(&body)), (503, "TIMEOUT"));
    server.seen.waiting(0).await;
}

#[tokio::test]
async fn work_stops_when_its_client_leaves() {
    let server = start_with(|settings| settings.execution_timeout = Duration::from_secs(600));
    let request = server.post().body(r#"{"query":"{ wait }"}"#);
    let client = tokio::spawn(request.send());
    server.seen.waiting(1).await;
    client.abort();
    server.seen.waiting(0).await;
}

#[tokio::test]
async fn introspection_answers_unless_it_is_switched_off() {
    let standard = include_str!("../../crates/api/src/graphql/guard/introspection.graphql");
    let (status, body) = start().ask(standard).await;
    assert_eq!(status, 200, "{body}");
    assert_eq!(body["data"]["__schema"]["queryType"]["name"], "Query");
    let closed = start_with(|settings| settings.introspection = false);
    for query in
        [standard, "{ __type(name: \"Query\") { name } }", "{ ...F } fragment F on Query { __schema { description } }"]
    {
        let (status, body) = closed.ask(query).await;
        assert_eq!((status, code(&body)), (422, "INTROSPECTION_DISABLED"));
    }
    assert_eq!(closed.ask("{ __typename }").await.0, 200);
}

#[tokio::test]
async fn an_answer_that_is_too_long_is_not_sent_on_any_carrier() {
    let server = start_with(|settings| settings.limits.answer_bytes = 1_000);
    let echo = |length: usize| format!("{{ echo(text: \"{}\") }}", "x".repeat(length));
    assert_eq!(server.ask(&echo(900)).await.0, 200);
    let (status, body) = server.ask(&echo(2_000)).await;
    assert_eq!((status, code(&body), &body["data"]), (200, "LIMIT_EXCEEDED", &json!(null)));
    let message = body["errors"][0]["message"].as_str().unwrap();
    assert!(message.contains("more than 1000 bytes"), "{message}");

    let mut socket = Socket::ready(&server, json!({})).await;
    socket.send(json!({ "type": "subscribe", "id": "1", "payload": { "query": echo(2_000) } })).await;
    let next = socket.receive().await;
    assert_eq!(next["payload"]["errors"][0]["extensions"]["code"], "LIMIT_EXCEEDED", "{next}");
}
