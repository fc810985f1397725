use super::{Protocol, Step};

const INIT: &str = r#"{"type":"connection_init"}"#;

fn subscribe(id: &str) -> String {
    format!(r#"{{"type":"subscribe","id":"{id}","payload":{{"query":"{{ a }}"}}}}"#)
}

fn ready() -> Protocol {
    let mut protocol = Protocol::new(2);
    assert!(matches!(protocol.receive(INIT), Step::Authenticate(None)));
    assert_eq!(protocol.authenticated().to_json(), r#"{"type":"connection_ack"}"#);
    protocol
}

/// The number with which the socket is closed, if it is.
fn closed(step: Step) -> Option<u16> {
    match step {
        Step::Close(closure) => Some(closure.code),
        _ => None,
    }
}

#[test]
fn what_is_no_message_closes_with_4400() {
    for text in [
        "",
        "null",
        "[]",
        "{}",
        "rubbish",
        r#"{"type":1}"#,
        r#"{"type":"start","id":"1"}"#,
        r#"{"type":"connection_init","payload":1}"#,
        r#"{"type":"ping","payload":"x"}"#,
        r#"{"type":"pong","payload":[]}"#,
        r#"{"type":"complete"}"#,
        r#"{"type":"subscribe","payload":{"query":"{ a }"}}"#,
        r#"{"type":"subscribe","id":"","payload":{"query":"{ a }"}}"#,
        r#"{"type":"subscribe","id":1,"payload":{"query":"{ a }"}}"#,
        r#"{"type":"subscribe","id":"1"}"#,
        r#"{"type":"subscribe","id":"1","payload":{}}"#,
        r#"{"type":"subscribe","id":"1","payload":{"query":1}}"#,
        r#"{"type":"subscribe","id":"1","payload":{"query":"{ a }","variables":[]}}"#,
        &subscribe(&"x".repeat(129)),
    ] {
        assert_eq!(closed(ready().receive(text)), Some(4400), "{text}");
    }
}

#[test]
fn nothing_is_executed_before_the_acknowledgement() {
    assert_eq!(closed(Protocol::new(2).receive(&subscribe("1"))), Some(4401));
    let mut protocol = Protocol::new(2);
    protocol.receive(INIT);
    assert_eq!(closed(protocol.receive(&subscribe("1"))), Some(4401), "while the credentials are being checked");
}

#[test]
fn a_second_init_closes_with_4429() {
    assert_eq!(closed(ready().receive(INIT)), Some(4429));
    let mut protocol = Protocol::new(2);
    protocol.receive(INIT);
    assert_eq!(closed(protocol.receive(INIT)), Some(4429), "while the first is being answered");
}

#[test]
fn credentials_are_found_in_the_payload() {
    let init =
        |payload: &str| Protocol::new(2).receive(&format!(r#"{{"type":"connection_init","payload":{payload}}}"#));
    assert!(matches!(init(r#"{"authorization":"Bearer x"}"#), Step::Authenticate(Some(c)) if c == "Bearer x"));
    assert!(matches!(init(r#"{"Authorization":"Bearer x"}"#), Step::Authenticate(Some(c)) if c == "Bearer x"));
    assert!(matches!(init(r#"{"authorization":null}"#), Step::Authenticate(None)));
    assert!(matches!(init("null"), Step::Authenticate(None)));
    assert_eq!(closed(init(r#"{"authorization":7}"#)), Some(4403), "never silently anonymous");
}

#[test]
fn an_id_is_taken_until_its_operation_ends() {
    let mut protocol = ready();
    assert!(matches!(protocol.receive(&subscribe("1")), Step::Start { id, .. } if id == "1"));
    assert_eq!(closed(protocol.receive(&subscribe("1"))), Some(4409));

    let mut protocol = ready();
    protocol.receive(&subscribe("1"));
    protocol.finished("1");
    assert!(matches!(protocol.receive(&subscribe("1")), Step::Start { .. }));
    assert!(matches!(protocol.receive(r#"{"type":"complete","id":"1"}"#), Step::Stop { id } if id == "1"));
    assert!(matches!(protocol.receive(&subscribe("1")), Step::Start { .. }));
}

#[test]
fn live_operations_are_bounded() {
    let mut protocol = ready();
    protocol.receive(&subscribe("1"));
    protocol.receive(&subscribe("2"));
    assert!(matches!(protocol.receive(&subscribe("3")), Step::Refuse { id } if id == "3"));
    protocol.finished("1");
    assert!(matches!(protocol.receive(&subscribe("3")), Step::Start { .. }));
}

#[test]
fn pings_are_answered_in_kind_and_at_any_time() {
    let answer = |text: &str| match Protocol::new(2).receive(text) {
        Step::Send(message) => message.to_json(),
        step => panic!("{step:?}"),
    };
    assert_eq!(answer(r#"{"type":"ping"}"#), r#"{"type":"pong"}"#);
    assert_eq!(answer(r#"{"type":"ping","payload":{"n":1}}"#), r#"{"type":"pong","payload":{"n":1}}"#);
    assert!(matches!(ready().receive(r#"{"type":"pong","payload":{}}"#), Step::Nothing));
    assert!(matches!(ready().receive(r#"{"type":"complete","id":"unknown"}"#), Step::Nothing));
}
