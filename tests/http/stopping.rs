//! A graceful stop: nothing new, nothing cut off.

use serde_json::Value;

use crate::{
    probe::{PATIENCE, answer, start},
    socket::Socket,
};

#[tokio::test]
async fn requests_in_flight_finish_and_sockets_are_told() {
    let server = start();
    let mut socket = Socket::ready(&server, Value::Null).await;
    let stream = tradehall_tests::client()
        .post(server.url("/graphql"))
        .header("content-type", "application/json")
        .header("accept", "text/event-stream")
        .body(r#"{"query":"subscription { endless }"}"#)
        .send()
        .await
        .unwrap();
    let in_flight = tokio::spawn(answer(server.post().body(r#"{"query":"{ wait }"}"#)));
    server.seen.waiting(2).await;

    let stop = server.stop.clone();
    let stopped = tokio::spawn(async move { stop.gracefully().await });
    assert_eq!(socket.closed().await, (1001, "The server is stopping".to_owned()));
    assert!(stream.text().await.unwrap().ends_with("event: complete\ndata:\n\n"));
    server.seen.waiting(1).await;
    assert!(!in_flight.is_finished());

    server.seen.release.notify_waiters();
    let (status, body) = in_flight.await.unwrap();
    assert_eq!((status, &body["data"]["wait"]), (200, &Value::Bool(true)));
    tokio::time::timeout(PATIENCE, stopped).await.expect("the server never stopped").unwrap();
    assert!(tokio::net::TcpStream::connect(server.address).await.is_err());
    server.join().unwrap();
}
