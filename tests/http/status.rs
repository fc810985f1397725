//! Which status, media type and code each kind of request gets.

use serde_json::json;

use crate::probe::{answer, code, start, start_with};

#[tokio::test]
async fn each_outcome_has_its_status_and_code() {
    let server = start();
    for (query, status, expected) in [
        ("{ hello }", 200, ""),
        ("{ missing }", 200, "NOT_FOUND"),
        ("{ broken }", 200, "INTERNAL"),
        ("{ missingAndRequired }", 200, "NOT_FOUND"),
        ("{ hello", 400, "GRAPHQL_PARSE_FAILED"),
        ("rubbish", 400, "GRAPHQL_PARSE_FAILED"),
        (r#"{ echo(text: "\uD800") }"#, 400, "GRAPHQL_PARSE_FAILED"),
        ("{ unknown }", 422, "GRAPHQL_VALIDATION_FAILED"),
        ("{ hello { deeper } }", 422, "GRAPHQL_VALIDATION_FAILED"),
        ("{ hello } { hello }", 422, "GRAPHQL_VALIDATION_FAILED"),
        ("query A { hello } query A { hello }", 422, "GRAPHQL_VALIDATION_FAILED"),
        ("{ ...F } fragment F on Query { ...F }", 422, "GRAPHQL_VALIDATION_FAILED"),
        ("query A { hello } query B { hello }", 422, "OPERATION_RESOLUTION_FAILURE"),
        ("fragment F on Query { hello }", 422, "OPERATION_RESOLUTION_FAILURE"),
        ("query ($t: String!) { echo(text: $t) }", 422, "BAD_USER_INPUT"),
        ("{ echo(text: 1) }", 422, "BAD_USER_INPUT"),
        (r#"{ day(day: "rubbish") hello }"#, 422, "BAD_USER_INPUT"),
        ("subscription { count(to: 1) }", 406, "NOT_ACCEPTABLE"),
        ("{ panics }", 500, "INTERNAL"),
    ] {
        let (found, body) = server.ask(query).await;
        assert_eq!((found, code(&body)), (status, expected), "{query}: {body}");
        // A request error has no data, not even null; a result has, even if it is null.
        assert_eq!(body.get("data").is_some(), status == 200, "{query}: {body}");
        let keys = body.as_object().unwrap().keys();
        assert!(keys.clone().all(|key| ["data", "errors", "extensions"].contains(&key.as_str())), "{query}: {body}");
        for error in body["errors"].as_array().into_iter().flatten() {
            assert!(error["extensions"]["code"].is_string(), "{query}: {body}");
        }
    }
}

#[tokio::test]
async fn a_null_result_says_why_and_a_fault_says_only_under_which_id_it_was_logged() {
    let server = start();
    let (_, body) = server.ask("{ missingAndRequired }").await;
    assert_eq!((&body["data"], &body["errors"][0]["path"]), (&json!(null), &json!(["missingAndRequired"])));
    let response = server.post().header("x-request-id", "mine-7").body(r#"{"query":"{ broken hello }"}"#).send().await;
    let response = response.unwrap();
    assert_eq!(response.headers()["x-request-id"], "mine-7");
    let text = response.text().await.unwrap();
    assert!(!text.contains("secret"), "{text}");
    assert!(text.contains(r#""requestId":"mine-7""#) && text.contains(r#""hello":"world""#), "{text}");
}

#[tokio::test]
async fn the_operation_is_chosen_by_its_name() {
    let server = start();
    let query = "query A { a: hello } query B { b: hello }";
    for (name, status) in [(json!("A"), 200), (json!("C"), 422), (json!(""), 422), (json!(null), 422)] {
        let (found, body) = server.send(json!({"query": query, "operationName": name})).await;
        assert_eq!(found, status, "{name}: {body}");
    }
    assert_eq!(server.send(json!({"query": "query A { hello }", "operationName": ""})).await.0, 200);
    assert_eq!(server.send(json!({"query": "{ hello }", "operationName": "A"})).await.0, 422);
}

#[tokio::test]
async fn variables_are_coerced_before_anything_runs() {
    let server = start();
    let sum = "query ($n: [Int!]!) { sum(numbers: $n) }";
    for (variables, status) in [
        (json!({"n": [1, 2]}), 200),
        (json!({"n": 3}), 200),
        (json!({"n": [1], "unknown": true}), 200),
        (json!({}), 422),
        (json!({"n": null}), 422),
        (json!({"n": [null]}), 422),
        (json!({"n": ["1"]}), 422),
        (json!({"n": [3_000_000_000_u64]}), 422),
        (json!({"n": [1.5]}), 422),
    ] {
        let (found, body) = server.send(json!({"query": sum, "variables": variables})).await;
        assert_eq!(found, status, "{variables}: {body}");
        assert_eq!(code(&body), if status == 200 { "" } else { "BAD_USER_INPUT" }, "{variables}: {body}");
    }
}

#[tokio::test]
async fn credentials_are_valid_absent_or_refused() {
    let server = start();
    let ask = |authorization: Option<&str>| {
        let request = server.post().body(r#"{"query":"{ who }"}"#);
        match authorization {
            Some(authorization) => request.header("authorization", authorization),
            None => request,
        }
    };
    assert_eq!(answer(ask(None)).await.1["data"]["who"], "anonymous fresh");
    assert_eq!(answer(ask(Some("Bearer good"))).await.1["data"]["who"], "good fresh");
    for wrong in ["Bearer old", "Bearer forged", "Basic Z29vZA==", "", "Bearer gööd"] {
        let response = ask(Some(wrong)).send().await.unwrap();
        assert_eq!(response.status(), 401, "{wrong}");
        assert_eq!(response.headers()["www-authenticate"], "Bearer error=\"invalid_token\"");
        assert_eq!(code(&serde_json::from_str(&response.text().await.unwrap()).unwrap()), "UNAUTHENTICATED");
    }
    assert_eq!(answer(ask(Some("Bearer good")).header("authorization", "Bearer other")).await.0, 401);
    let down = ask(Some("Bearer down")).send().await.unwrap();
    assert_eq!((down.status().as_u16(), down.headers().contains_key("retry-after")), (503, true));
}

#[tokio::test]
async fn the_media_type_is_the_one_that_was_accepted() {
    let server = start();
    let (new, old) = ("application/graphql-response+json; charset=utf-8", "application/json; charset=utf-8");
    for (accept, query, status, content_type) in [
        (None, "{ hello }", 200, old),
        (Some("*/*"), "{ hello }", 200, old),
        (Some("application/json"), "{ hello }", 200, old),
        (Some("application/json"), "{ unknown }", 422, old),
        (Some("application/json"), "{", 400, old),
        (Some("application/graphql-response+json"), "{ hello }", 200, new),
        (Some("application/graphql-response+json"), "{ unknown }", 422, new),
        (Some("application/graphql-response+json, application/json;q=0.9"), "{ hello }", 200, new),
        (Some("text/html"), "{ hello }", 406, old),
    ] {
        let mut request = tradehall_tests::client()
            .post(server.url("/graphql"))
            .header("content-type", "application/json")
            .body(json!({"query": query}).to_string());
        if let Some(accept) = accept {
            request = request.header("accept", accept);
        }
        let response = request.send().await.unwrap();
        assert_eq!(response.status(), status, "{accept:?} {query}");
        assert_eq!(response.headers()["content-type"], content_type, "{accept:?} {query}");
    }
}

#[tokio::test]
async fn get_reads_and_never_acts() {
    let server = start();
    let (status, body) = answer(server.get("/graphql?query=%7Bhello%7D&variables=&operationName=&extensions=")).await;
    assert_eq!((status, &body["data"]["hello"]), (200, &json!("world")));
    let acts = server.get("/graphql?query=mutation%7Bact%7D").send().await.unwrap();
    assert_eq!((acts.status().as_u16(), &acts.headers()["allow"]), (405, &"POST".parse().unwrap()));
    assert_eq!(server.seen.mutations.load(std::sync::atomic::Ordering::SeqCst), 0);
    assert_eq!(server.ask("mutation { act }").await.1["data"]["act"], 1);
    assert_eq!(answer(server.get("/graphql")).await.0, 400);
    let put = tradehall_tests::client().put(server.url("/graphql")).send().await.unwrap();
    assert_eq!((put.status().as_u16(), &put.headers()["allow"]), (405, &"GET, POST".parse().unwrap()));
}

#[tokio::test]
async fn batches_run_in_order_where_they_are_allowed() {
    let batch = r#"[{"query":"mutation { act }"},{"query":"{ unknown }"},{"query":"mutation { act }"}]"#;
    assert_eq!(answer(start().post().body(batch)).await.0, 400);
    let server = start_with(|settings| settings.batch_max = 3);
    let (status, body) = answer(server.post().body(batch)).await;
    assert_eq!((status, &body[0]["data"]["act"], &body[2]["data"]["act"]), (200, &json!(1), &json!(2)));
    assert!(body[1].get("data").is_none());
    assert_eq!(answer(start_with(|settings| settings.batch_max = 2).post().body(batch)).await.0, 422);
}

#[tokio::test]
async fn keys_stand_in_the_order_of_the_request_whatever_is_done_first() {
    let request = json!({"query": "{ late ...Greeting again: late } fragment Greeting on Query { hello }"}).to_string();
    let text = start().post().body(request).send().await.unwrap().text().await.unwrap();
    assert!(text.starts_with(r#"{"data":{"late":true,"hello":"world","again":true}"#), "{text}");
}

#[tokio::test]
async fn a_document_that_was_valid_once_still_has_its_variables_checked() {
    let server = start();
    let ask = |document: &str, variables: serde_json::Value| {
        answer(server.post().body(json!({"query": document, "variables": variables}).to_string()))
    };
    let sum = "query ($numbers: [Int!]!) { sum(numbers: $numbers) }";
    for _ in 0..2 {
        assert_eq!(ask(sum, json!({"numbers": [1, 2]})).await.1["data"]["sum"], 3);
        for wrong in [json!(["x"]), json!(null), json!([null]), json!([2_147_483_648_u64])] {
            let (status, body) = ask(sum, json!({ "numbers": wrong })).await;
            assert_eq!((status, code(&body)), (422, "BAD_USER_INPUT"), "{wrong}: {body:#}");
        }
    }
    // Nor does a valid operation make another document valid.
    assert_eq!(ask("{ hello }", json!({})).await.0, 200);
    assert_eq!(code(&ask("{ hello(loud: true) }", json!({})).await.1), "GRAPHQL_VALIDATION_FAILED");
}
