use super::{Incoming, Params, from_json, from_query_string};

fn one(body: &str) -> Option<Params> {
    match from_json(body.as_bytes(), 0) {
        Ok(Incoming::One(params)) => Some(params),
        _ => None,
    }
}

#[test]
fn null_and_empty_are_absent_and_unknown_is_ignored() {
    let body =
        r#"{"query":"{ a }","operationName":null,"variables":null,"extensions":null,"documentId":"","more":[1]}"#;
    let mut params = one(body).unwrap();
    assert_eq!(params.query(), Some("{ a }"));
    assert_eq!(params.operation_name(), None);
    assert!(params.take_variables().is_empty());
    assert_eq!(params.document_hash().unwrap(), None);
    assert_eq!(one(r#"{"query":""}"#).unwrap().query(), None);
    assert_eq!(from_query_string("query=&variables=&operationName=&extensions=").unwrap().query(), None);
}

#[test]
fn what_is_not_a_request_is_refused() {
    for body in [
        "",
        " ",
        "null",
        "1",
        "\"{ a }\"",
        "[]",
        r#"["{ a }"]"#,
        r#"[{"query":"{ a }"}]"#,
        "{",
        "{ a }",
        r#"{"query":1}"#,
        r#"{"query":["{ a }"]}"#,
        r#"{"query":"{ a }","operationName":1}"#,
        r#"{"query":"{ a }","variables":[]}"#,
        r#"{"query":"{ a }","variables":"{}"}"#,
        r#"{"query":"{ a }","extensions":[]}"#,
        r#"{"query":"{ a }","query":"{ b }"}"#,
        r#"{"query":"\ud800"}"#,
        "{\"query\":\"\0\"}",
    ] {
        assert!(one(body).is_none(), "{body}");
    }
    assert!(from_json(b"{\"query\":\"\xff\"}", 0).is_err());
    let deep = format!(r#"{{"query":"{{ a }}","variables":{{"a":{}{}}}}}"#, "[".repeat(10_000), "]".repeat(10_000));
    assert!(one(&deep).is_none());
}

#[test]
fn a_batch_is_bounded() {
    let batch = |n: usize| format!("[{}]", vec![r#"{"query":"{ a }"}"#; n].join(","));
    assert!(matches!(from_json(batch(2).as_bytes(), 2), Ok(Incoming::Many(many)) if many.len() == 2));
    assert!(from_json(batch(3).as_bytes(), 2).is_err());
    assert!(from_json(b"[]", 2).is_err());
    assert!(from_json(b"[[]]", 2).is_err());
}

#[test]
fn a_query_string_is_decoded() {
    let mut params = from_query_string("query=query+Q%28%24a%3AInt%29%7Ba%7D&variables=%7B%22a%22%3A1%7D&x=y").unwrap();
    assert_eq!(params.query(), Some("query Q($a:Int){a}"));
    assert_eq!(params.take_variables().len(), 1);
    for refused in ["query={a}&query={b}", "query={a}&variables=1", "query={a}&variables={", "query={a}&extensions=[]"]
    {
        assert!(from_query_string(refused).is_err(), "{refused}");
    }
}

#[test]
fn a_document_is_named_in_either_way() {
    let hash = |extensions: &str| {
        let params = one(&format!(r#"{{"extensions":{extensions}}}"#)).unwrap();
        params.document_hash().map(|hash| hash.map(str::to_owned)).ok()
    };
    assert_eq!(hash(r#"{"persistedQuery":{"version":1,"sha256Hash":"ab"}}"#), Some(Some("ab".to_owned())));
    assert_eq!(hash(r#"{"persistedQuery":{"version":2,"sha256Hash":"ab"}}"#), None);
    assert_eq!(hash(r#"{"persistedQuery":{"version":1}}"#), None);
    assert_eq!(hash(r#"{"persistedQuery":null}"#), Some(None));
    let named = one(r#"{"documentId":"sha256:ab"}"#).unwrap();
    assert_eq!(named.document_hash().unwrap(), Some("ab"));
    assert!(one(r#"{"documentId":"md5:ab"}"#).unwrap().document_hash().is_err());
}
