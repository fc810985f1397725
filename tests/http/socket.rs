//! The protocol `graphql-transport-ws`, message by message.

use std::net::SocketAddr;

use futures_util::{SinkExt as _, StreamExt as _};
use serde_json::{Value, json};
use tokio_tungstenite::{
    MaybeTlsStream, WebSocketStream, connect_async,
    tungstenite::{Error, Message, client::IntoClientRequest as _, http::Response, protocol::CloseFrame},
};

use crate::probe::{PATIENCE, Server, start, start_with};

/// A client's end.
pub struct Socket(pub WebSocketStream<MaybeTlsStream<tokio::net::TcpStream>>);

impl Socket {
    /// Connects with these subprotocols.
    pub async fn try_open(server: &Server, protocols: &str) -> Result<(Self, Response<Option<Vec<u8>>>), Error> {
        Self::try_open_at(server.address, protocols).await
    }

    /// The same with whatever listens there.
    pub async fn try_open_at(address: SocketAddr, protocols: &str) -> Result<(Self, Response<Option<Vec<u8>>>), Error> {
        Self::try_open_from(address, protocols, None).await
    }

    /// The same through a proxy that says whom the request is from.
    pub async fn try_open_from(
        address: SocketAddr,
        protocols: &str,
        from: Option<&str>,
    ) -> Result<(Self, Response<Option<Vec<u8>>>), Error> {
        let mut request = format!("ws://{address}/graphql").into_client_request().unwrap();
        if !protocols.is_empty() {
            request.headers_mut().insert("sec-websocket-protocol", protocols.parse().unwrap());
        }
        if let Some(from) = from {
            request.headers_mut().insert("x-forwarded-for", from.parse().unwrap());
        }
        connect_async(request).await.map(|(stream, response)| (Self(stream), response))
    }

    pub async fn open(server: &Server) -> Self {
        Self::try_open(server, "graphql-transport-ws").await.unwrap().0
    }

    /// Connects and introduces itself.
    pub async fn ready(server: &Server, payload: Value) -> Self {
        let mut socket = Self::open(server).await;
        socket.send(json!({"type": "connection_init", "payload": payload})).await;
        assert_eq!(socket.receive().await, json!({"type": "connection_ack"}));
        socket
    }

    pub async fn send(&mut self, message: Value) {
        self.0.send(Message::text(message.to_string())).await.unwrap();
    }

    pub async fn subscribe(&mut self, id: &str, query: &str) {
        self.send(json!({"type": "subscribe", "id": id, "payload": {"query": query}})).await;
    }

    /// The next frame; the library answers pings by itself.
    pub async fn frame(&mut self) -> Option<Message> {
        loop {
            match tokio::time::timeout(PATIENCE, self.0.next()).await.expect("no message came") {
                Some(Ok(Message::Ping(_) | Message::Pong(_))) => {}
                Some(Ok(frame)) => return Some(frame),
                Some(Err(_)) | None => return None,
            }
        }
    }

    /// The next message.
    pub async fn receive(&mut self) -> Value {
        match self.frame().await {
            Some(Message::Text(text)) => serde_json::from_str(&text).unwrap(),
            other => panic!("{other:?}"),
        }
    }

    /// The number and reason with which the server closes, after whatever comes before.
    pub async fn closed(&mut self) -> (u16, String) {
        loop {
            match self.frame().await {
                Some(Message::Close(Some(CloseFrame { code, reason }))) => return (code.into(), reason.to_string()),
                Some(Message::Text(_)) => {}
                other => panic!("{other:?}"),
            }
        }
    }
}

#[tokio::test]
async fn the_subprotocol_is_echoed_and_others_are_refused() {
    let server = start();
    let (_, response) = Socket::try_open(&server, "graphql-ws, graphql-transport-ws").await.unwrap();
    assert_eq!(response.headers()["sec-websocket-protocol"], "graphql-transport-ws");
    for protocols in ["", "graphql-ws", "soap"] {
        match Socket::try_open(&server, protocols).await {
            Err(Error::Http(response)) => assert_eq!(response.status(), 400, "{protocols}"),
            other => panic!("{protocols}: {}", other.is_ok()),
        }
    }
}

#[tokio::test]
async fn queries_mutations_and_subscriptions_run_and_complete() {
    let server = start();
    let mut socket = Socket::ready(&server, json!({"authorization": "Bearer good"})).await;
    socket.subscribe("1", "{ who }").await;
    let next = socket.receive().await;
    assert_eq!((&next["type"], &next["id"]), (&json!("next"), &json!("1")));
    assert_eq!(next["payload"]["data"]["who"], "good fresh");
    assert_eq!(socket.receive().await, json!({"type": "complete", "id": "1"}));
    socket.subscribe("1", "mutation { act }").await;
    assert_eq!(socket.receive().await["payload"]["data"]["act"], 1);
    assert_eq!(socket.receive().await["type"], "complete");
    socket.subscribe("1", "subscription { count(to: 3) }").await;
    for n in 1..=3 {
        assert_eq!(socket.receive().await, json!({"type": "next", "id": "1", "payload": {"data": {"count": n}}}));
    }
    assert_eq!(socket.receive().await, json!({"type": "complete", "id": "1"}));
}

#[tokio::test]
async fn what_is_not_executed_is_one_error_and_nothing_more() {
    let server = start();
    let mut socket = Socket::ready(&server, Value::Null).await;
    for (query, code) in [
        ("subscription { unknown }", "GRAPHQL_VALIDATION_FAILED"),
        ("{ unknown }", "GRAPHQL_VALIDATION_FAILED"),
        ("{", "GRAPHQL_PARSE_FAILED"),
        ("query ($t: String!) { echo(text: $t) }", "BAD_USER_INPUT"),
    ] {
        socket.subscribe("e", query).await;
        let error = socket.receive().await;
        assert_eq!((&error["type"], &error["id"]), (&json!("error"), &json!("e")), "{query}: {error}");
        assert_eq!(error["payload"][0]["extensions"]["code"], code, "{query}: {error}");
    }
    // An error of a field is a result; its id is free again after the end.
    socket.subscribe("e", "{ missing }").await;
    let next = socket.receive().await;
    assert_eq!(
        (&next["type"], &next["payload"]["errors"][0]["extensions"]["code"]),
        (&json!("next"), &json!("NOT_FOUND"))
    );
    assert_eq!(socket.receive().await["type"], "complete");
    socket.subscribe("e", "{ panics }").await;
    let error = socket.receive().await;
    assert_eq!((&error["type"], &error["payload"][0]["extensions"]["code"]), (&json!("error"), &json!("INTERNAL")));
}

#[tokio::test]
async fn each_breach_of_the_protocol_closes_with_its_number() {
    let server = start();
    let mut early = Socket::open(&server).await;
    early.subscribe("1", "{ hello }").await;
    assert_eq!(early.closed().await, (4401, "Unauthorized".to_owned()));

    let mut twice = Socket::ready(&server, Value::Null).await;
    twice.send(json!({"type": "connection_init"})).await;
    assert_eq!(twice.closed().await, (4429, "Too many initialisation requests".to_owned()));

    let mut same = Socket::ready(&server, Value::Null).await;
    same.subscribe("1", "subscription { endless }").await;
    same.subscribe("1", "subscription { endless }").await;
    assert_eq!(same.closed().await, (4409, "Subscriber for 1 already exists".to_owned()));
    server.seen.waiting(0).await;

    for message in [Message::text("rubbish"), Message::text("{}"), Message::binary(vec![1_u8])] {
        let mut wrong = Socket::ready(&server, Value::Null).await;
        wrong.0.send(message).await.unwrap();
        assert_eq!(wrong.closed().await, (4400, "Invalid message received".to_owned()));
    }
}

#[tokio::test]
async fn credentials_are_checked_as_over_http() {
    let server = start();
    for (payload, number) in [
        (json!({"authorization": "Bearer forged"}), 4403),
        (json!({"authorization": "Bearer old"}), 4403),
        (json!({"authorization": 1}), 4403),
        (json!({"authorization": "Bearer down"}), 1013),
    ] {
        let mut socket = Socket::open(&server).await;
        socket.send(json!({"type": "connection_init", "payload": payload})).await;
        assert_eq!(socket.closed().await.0, number, "{payload}");
    }
    // Who cannot be checked in time may come back.
    let hasty = start_with(|settings| settings.execution_timeout = std::time::Duration::from_millis(100));
    let mut socket = Socket::open(&hasty).await;
    socket.send(json!({"type": "connection_init", "payload": {"authorization": "Bearer late"}})).await;
    assert_eq!(socket.closed().await.0, 1013);
    // Nothing runs while the credentials are being checked.
    let mut socket = Socket::open(&server).await;
    socket.send(json!({"type": "connection_init", "payload": {"authorization": "Bearer late"}})).await;
    socket.subscribe("1", "{ hello }").await;
    assert_eq!(socket.closed().await.0, 4401);
}

#[tokio::test]
async fn pings_of_the_protocol_are_answered_even_before_the_init() {
    let server = start();
    let mut socket = Socket::open(&server).await;
    socket.send(json!({"type": "ping", "payload": {"n": 1}})).await;
    assert_eq!(socket.receive().await, json!({"type": "pong", "payload": {"n": 1}}));
    socket.send(json!({"type": "pong"})).await;
    socket.send(json!({"type": "connection_init"})).await;
    assert_eq!(socket.receive().await["type"], "connection_ack");
}

#[tokio::test]
async fn live_operations_are_bounded() {
    let server = start_with(|settings| settings.socket.operations_max = 2);
    let mut socket = Socket::ready(&server, Value::Null).await;
    for id in ["1", "2"] {
        socket.subscribe(id, "subscription { endless }").await;
        assert_eq!(socket.receive().await["type"], "next");
    }
    socket.subscribe("3", "{ hello }").await;
    let error = socket.receive().await;
    assert_eq!((&error["id"], &error["payload"][0]["extensions"]["code"]), (&json!("3"), &json!("LIMIT_EXCEEDED")));
    socket.send(json!({"type": "complete", "id": "1"})).await;
    socket.subscribe("3", "{ hello }").await;
    assert_eq!(socket.receive().await["payload"]["data"]["hello"], "world");
}
