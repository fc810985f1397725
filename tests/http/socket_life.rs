//! How a socket ends, and that what ran on it ends with it.

use std::time::Duration;

use futures_util::SinkExt as _;
use serde_json::{Value, json};
use tokio_tungstenite::tungstenite::{
    Error, Message,
    protocol::{
        CloseFrame,
        frame::{
            Frame,
            coding::{CloseCode, Data, OpCode},
        },
    },
};

use crate::{
    probe::{PATIENCE, start, start_with},
    socket::Socket,
};

#[tokio::test]
async fn a_client_that_says_nothing_is_closed_with_4408() {
    let server = start_with(|settings| settings.socket.init_timeout = Duration::from_millis(100));
    let mut socket = Socket::open(&server).await;
    assert_eq!(socket.closed().await, (4408, "Connection initialisation timeout".to_owned()));
    // The limit is for the first word, not for the rest.
    let mut talking = Socket::ready(&server, Value::Null).await;
    tokio::time::sleep(Duration::from_millis(300)).await;
    talking.subscribe("1", "{ hello }").await;
    assert_eq!(talking.receive().await["type"], "next");
}

#[tokio::test]
async fn a_socket_ends_with_its_credentials() {
    let server = start();
    let mut socket = Socket::ready(&server, json!({"authorization": "Bearer brief"})).await;
    socket.subscribe("1", "subscription { endless }").await;
    assert_eq!(socket.closed().await, (4401, "Token expired".to_owned()));
    server.seen.waiting(0).await;
}

#[tokio::test]
async fn a_farewell_is_answered() {
    let server = start();
    let mut socket = Socket::ready(&server, Value::Null).await;
    socket.subscribe("1", "subscription { endless }").await;
    server.seen.waiting(1).await;
    socket.0.close(Some(CloseFrame { code: CloseCode::Normal, reason: "bye".into() })).await.unwrap();
    assert_eq!(socket.closed().await.0, 1000);
    server.seen.waiting(0).await;
}

#[tokio::test]
async fn a_client_that_vanishes_leaves_nothing_running() {
    let server = start();
    let mut socket = Socket::ready(&server, Value::Null).await;
    socket.subscribe("1", "subscription { endless }").await;
    socket.subscribe("2", "{ wait }").await;
    server.seen.waiting(2).await;
    drop(socket);
    server.seen.waiting(0).await;
}

#[tokio::test]
async fn a_completed_operation_is_dropped_and_its_id_is_free() {
    let server = start();
    let mut socket = Socket::ready(&server, Value::Null).await;
    for _ in 0..3 {
        socket.subscribe("1", "subscription { endless }").await;
        assert_eq!(socket.receive().await["type"], "next");
        server.seen.waiting(1).await;
        socket.send(json!({"type": "complete", "id": "1"})).await;
        server.seen.waiting(0).await;
    }
}

#[tokio::test]
async fn messages_are_bounded_in_one_frame_or_in_many() {
    let server = start_with(|settings| settings.socket.message_limit = 1_000);
    let mut socket = Socket::ready(&server, Value::Null).await;
    socket.0.send(Message::text("x".repeat(2_000))).await.unwrap();
    assert_eq!(socket.closed().await.0, 1009);

    let mut socket = Socket::ready(&server, Value::Null).await;
    for kind in [Data::Text, Data::Continue] {
        let part = Frame::message(vec![b'x'; 600], OpCode::Data(kind), false);
        socket.0.send(Message::Frame(part)).await.unwrap();
    }
    assert_eq!(socket.closed().await.0, 1009);
}

#[tokio::test]
async fn a_client_that_answers_no_pings_is_dropped() {
    let server = start_with(|settings| settings.socket.ping_interval = Duration::from_millis(50));
    let mut socket = Socket::ready(&server, Value::Null).await;
    socket.subscribe("1", "subscription { endless }").await;
    // Not reading, it does not answer pings either.
    server.seen.waiting(1).await;
    server.seen.waiting(0).await;
}

#[tokio::test]
async fn a_client_that_does_not_read_is_dropped() {
    let server = start_with(|settings| settings.socket.send_timeout = Duration::from_millis(200));
    let mut socket = Socket::ready(&server, Value::Null).await;
    socket.subscribe("1", "subscription { flood }").await;
    server.seen.waiting(1).await;
    server.seen.waiting(0).await;
    let gone = async { while socket.frame().await.is_some() {} };
    tokio::time::timeout(PATIENCE * 2, gone).await.expect("the connection stayed");
}

#[tokio::test]
async fn sockets_are_bounded() {
    let server = start_with(|settings| settings.socket.connections_max = 1);
    let _first = Socket::open(&server).await;
    assert!(Socket::try_open(&server, "graphql-transport-ws").await.is_err());
}

#[tokio::test]
async fn one_network_keeps_so_many_connections_open_and_others_are_not_concerned() {
    let server = start_with(|settings| {
        settings.socket.connections_per_address = 2;
        settings.proxy_hops = 1;
    });
    let open = async |from: &str| {
        let opened = Socket::try_open_from(server.address, "graphql-transport-ws", Some(from)).await;
        opened.map(|(socket, _)| socket).map_err(|error| match error {
            Error::Http(response) => response.status().as_u16(),
            other => panic!("{other}"),
        })
    };
    let events = async |from: &str| {
        let request = server.post().header("accept", "text/event-stream").header("x-forwarded-for", from);
        request.body(json!({ "query": "subscription { endless }" }).to_string()).send().await.unwrap()
    };
    // Sockets and event streams count together, and so do all addresses of a household.
    let mut first = open("2001:db8:1:2::1").await.unwrap();
    let second = events("2001:db8:1:2::2").await;
    assert_eq!(second.status(), 200);
    assert_eq!(open("2001:db8:1:2::3").await.err(), Some(429));
    let refused = events("2001:db8:1:2::4").await;
    assert_eq!((refused.status().as_u16(), refused.headers().contains_key("retry-after")), (429, true));
    let refused: Value = serde_json::from_str(&refused.text().await.unwrap()).unwrap();
    assert_eq!(refused["errors"][0]["extensions"]["code"], "RATE_LIMITED");
    let _neighbour = open("2001:db8:1:3::1").await.unwrap();
    // A place is free again once its connection has ended.
    first.0.close(None).await.unwrap();
    let freed = async {
        while open("2001:db8:1:2::3").await.is_err() {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    };
    tokio::time::timeout(PATIENCE, freed).await.expect("the place of a closed socket is never free");
}
