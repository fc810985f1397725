//! Bodies and requests that are wrong, large, or sent by other people's web pages: refused, and never by a 5xx.

use std::io::Write as _;
use std::net::SocketAddr;

use flate2::{Compression, write::GzEncoder};
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::TcpStream,
};

use crate::probe::{PATIENCE, answer, code, start, start_with};

#[tokio::test]
async fn bodies_that_are_no_requests_are_400() {
    let server = start();
    let deep = format!("{{\"query\":\"{{ hello }}\",\"variables\":{}", "[".repeat(100_000));
    let utf16: Vec<u8> = "{\"query\":\"{ hello }\"}".encode_utf16().flat_map(u16::to_le_bytes).collect();
    let bodies: [&[u8]; 17] = [
        b"",
        b" ",
        b"null",
        b"1",
        b"[]",
        b"{",
        b"{}",
        b"{ hello }",
        b"{\"query\":\"\"}",
        b"{\"query\":null}",
        b"{\"query\":7}",
        b"{\"query\":\"{ hello }\",\"variables\":[]}",
        b"{\"query\":\"{ hello }\",\"query\":\"{ hello }\"}",
        b"{\"query\":\"\xff\xfe\"}",
        b"{\"query\":\"\\ud800\"}",
        deep.as_bytes(),
        &utf16,
    ];
    for body in bodies {
        let (status, answer) = answer(server.post().body(body.to_vec())).await;
        let shown = String::from_utf8_lossy(&body[..body.len().min(80)]);
        assert_eq!((status, code(&answer)), (400, "BAD_REQUEST"), "{shown}: {answer}");
    }
    // A NUL is JSON when it is escaped, and no GraphQL outside of a string.
    assert_eq!(answer(server.post().body(r#"{"query":"\u0000"}"#)).await.0, 400);
    let (status, body) = answer(server.post().body(r#"{"query":"{ echo(text: \"\u0000\") }"}"#)).await;
    assert_eq!((status, &body["data"]["echo"]), (200, &serde_json::json!("\0")));
    assert_eq!(server.ask("{ hello }").await.0, 200);
}

#[tokio::test]
async fn what_a_form_can_send_is_refused() {
    let server = start();
    let body = r#"{"query":"mutation { act }"}"#;
    for content_type in [
        None,
        Some("text/plain"),
        Some("text/plain;charset=UTF-8"),
        Some("application/x-www-form-urlencoded"),
        Some("multipart/form-data; boundary=x"),
        Some("application/graphql"),
        Some("application/jsonx"),
        Some("application/json; charset=utf-16"),
        Some(""),
    ] {
        let mut request = tradehall_tests::client().post(server.url("/graphql")).body(body);
        if let Some(content_type) = content_type {
            request = request.header("content-type", content_type);
        }
        let (status, answer) = answer(request).await;
        assert_eq!((status, code(&answer)), (415, "UNSUPPORTED_MEDIA_TYPE"), "{content_type:?}");
    }
    assert_eq!(server.seen.mutations.load(std::sync::atomic::Ordering::SeqCst), 0);
    for content_type in ["application/json", "application/json; charset=utf-8", "Application/JSON; charset=\"UTF-8\""] {
        let request =
            tradehall_tests::client().post(server.url("/graphql")).body(body).header("content-type", content_type);
        assert_eq!(answer(request).await.0, 200, "{content_type}");
    }
}

#[tokio::test]
async fn a_body_beyond_the_limit_is_413_whether_announced_chunked_or_inflated() {
    let server = start_with(|settings| settings.body_limit = 1_000);
    let fits = format!("{:<1000}", r#"{"query":"{ hello }"}"#);
    let exceeds = format!("{fits} ");
    assert_eq!(answer(server.post().body(fits.clone())).await.0, 200);
    let (status, body) = answer(server.post().body(exceeds.clone())).await;
    assert_eq!((status, code(&body)), (413, "PAYLOAD_TOO_LARGE"));
    assert_eq!(answer(server.post().header("content-encoding", "gzip").body(gzip(fits.as_bytes()))).await.0, 200);
    assert_eq!(answer(server.post().header("content-encoding", "gzip").body(gzip(exceeds.as_bytes()))).await.0, 413);
    let bomb = gzip(&vec![b' '; 500_000]);
    assert!(bomb.len() < 1_000);
    assert_eq!(answer(server.post().header("content-encoding", "gzip").body(bomb)).await.0, 413);

    let head =
        "POST /graphql HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n";
    let chunks = format!("{head}3e9\r\n{exceeds}\r\n0\r\n\r\n");
    assert!(raw(&server, chunks.as_bytes()).await.starts_with("HTTP/1.1 413 "));
}

#[tokio::test]
async fn encodings_that_are_not_known_are_415() {
    let server = start();
    for encoding in ["br", "zstd", "gzip, gzip", "rubbish"] {
        let (status, _) = answer(server.post().header("content-encoding", encoding).body("{}")).await;
        assert_eq!(status, 415, "{encoding}");
    }
    assert_eq!(answer(server.post().header("content-encoding", "gzip").body("not gzip")).await.0, 400);
}

#[tokio::test]
async fn a_body_that_does_not_come_is_408_and_one_that_ends_early_is_no_request() {
    let server = start_with(|settings| settings.body_timeout = std::time::Duration::from_millis(200));
    let head = "POST /graphql HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{";
    assert!(raw(&server, head.as_bytes()).await.starts_with("HTTP/1.1 408 "));
    let mut stream = TcpStream::connect(server.address).await.unwrap();
    stream.write_all(head.as_bytes()).await.unwrap();
    drop(stream);
    assert_eq!(server.ask("{ hello }").await.0, 200);
}

#[tokio::test]
async fn query_strings_that_are_wrong_are_400() {
    let server = start();
    for query in
        ["query=%7Bhello", "query=%7Bhello%7D&variables=%5B%5D", "query=%7Bhello%7D&query=%7Bhello%7D", "query=%00"]
    {
        assert_eq!(answer(server.get(&format!("/graphql?{query}"))).await.0, 400, "{query}");
    }
    let lone = "GET /graphql?query=%ff%fe%ed%a0%80 HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n";
    assert!(raw(&server, lone.as_bytes()).await.starts_with("HTTP/1.1 400 "));
}

/// Bytes of a body that no client of ours sends.
const HUGE: usize = 50 * 1024 * 1024;

/// A client that goes on sending while it listens, as HTTP clients do: what it is answered until the connection ends.
async fn flood(address: SocketAddr, head: &str, chunked: bool) -> String {
    let (mut receiver, mut sender) = TcpStream::connect(address).await.unwrap().into_split();
    sender.write_all(head.as_bytes()).await.unwrap();
    let sending = tokio::spawn(async move {
        let data = [b' '; 64 * 1024];
        let mut sent = 0;
        while sent < HUGE {
            let framed = if chunked { [b"10000\r\n", data.as_slice(), b"\r\n"].concat() } else { data.to_vec() };
            // The server may listen no more.
            if sender.write_all(&framed).await.is_err() {
                break;
            }
            sent += data.len();
        }
    });
    let mut answer = Vec::new();
    let reading = async {
        let mut part = [0; 4_096];
        // The end, orderly or not, after the answer.
        while let Ok(read @ 1..) = receiver.read(&mut part).await {
            answer.extend_from_slice(&part[..read]);
        }
    };
    tokio::time::timeout(PATIENCE, reading).await.expect("the connection is neither answered nor closed");
    sending.abort();
    String::from_utf8_lossy(&answer).into_owned()
}

/// The most memory that this process ever had, in bytes, where the system tells.
fn peak() -> Option<usize> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    Some(line.trim().strip_suffix("kB")?.trim().parse::<usize>().ok()? * 1024)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn fifty_megabytes_are_refused_and_take_no_memory() {
    let server = start();
    assert_eq!(server.ask("{ hello }").await.0, 200);
    let before = peak();
    let head = "POST /graphql HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n";
    for (framing, chunked) in
        [(format!("Content-Length: {HUGE}"), false), ("Transfer-Encoding: chunked".to_owned(), true)]
    {
        let answer = flood(server.address, &format!("{head}{framing}\r\n\r\n"), chunked).await;
        assert!(answer.starts_with("HTTP/1.1 413 "), "{framing}: {answer:?}");
        assert!(answer.contains("PAYLOAD_TOO_LARGE"), "{framing}: {answer}");
    }
    if let (Some(before), Some(after)) = (before, peak()) {
        assert!(after - before < HUGE / 2, "{} bytes more than before", after - before);
    }
    assert_eq!(server.ask("{ hello }").await.0, 200, "and others are served");
}

#[test]
fn a_body_may_have_a_mebibyte_unless_configured_otherwise() {
    assert_eq!(tradehall::http::HttpSettings::default().body_limit, 1024 * 1024);
    let config = tradehall::config::Config::parse(&|_| None).unwrap();
    assert_eq!(config.http.body_limit_bytes, 1024 * 1024);
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

/// Sends bytes as they are; the first bytes of the answer.
async fn raw(server: &crate::probe::Server, request: &[u8]) -> String {
    let mut stream = TcpStream::connect(server.address).await.unwrap();
    stream.write_all(request).await.unwrap();
    let mut answer = vec![0; 1_024];
    let read = tokio::time::timeout(PATIENCE, stream.read(&mut answer)).await.expect("no answer").unwrap();
    String::from_utf8_lossy(&answer[..read]).into_owned()
}
