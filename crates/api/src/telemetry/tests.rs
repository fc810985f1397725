//! Lines are what they should be, and spans reach a collector over a real socket.

use std::{
    io::{self, Read, Write},
    net::TcpListener,
    sync::{Arc, Mutex},
    thread,
};

use tracing_subscriber::fmt::MakeWriter;

use super::{continue_trace, subscriber, traces::Exporter};
use crate::config::{LogFormat, Telemetry, Traces};

#[derive(Clone, Default)]
struct Lines(Arc<Mutex<Vec<u8>>>);

impl Lines {
    fn text(&self) -> String {
        String::from_utf8(self.0.lock().unwrap().clone()).unwrap()
    }
}

impl Write for Lines {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl<'w> MakeWriter<'w> for Lines {
    type Writer = Self;

    fn make_writer(&'w self) -> Self {
        self.clone()
    }
}

fn settings(log_format: LogFormat, log_filter: &str) -> Telemetry {
    Telemetry { log_format, log_filter: log_filter.to_owned(), traces: None }
}

#[test]
fn a_json_line_carries_its_event_and_its_span() {
    let lines = Lines::default();
    let subscriber = subscriber(&settings(LogFormat::Json, "info"), None, lines.clone()).unwrap();
    tracing::subscriber::with_default(subscriber, || {
        let _request = tracing::info_span!("request", request_id = "r-1").entered();
        tracing::info!(rfq = 7, "published");
        tracing::debug!("not worth a line");
    });
    let text = lines.text();
    let line: serde_json::Value = serde_json::from_str(&text).expect("one JSON object on one line");
    assert_eq!((line["message"].as_str(), line["rfq"].as_i64()), (Some("published"), Some(7)));
    assert_eq!(line["span"]["request_id"], "r-1");
}

#[test]
fn the_filter_works_per_module() {
    let lines = Lines::default();
    let subscriber = subscriber(&settings(LogFormat::Human, "error,market=debug"), None, lines.clone()).unwrap();
    tracing::subscriber::with_default(subscriber, || {
        tracing::info!(target: "other", "hidden");
        tracing::debug!(target: "market::quote", "shown");
    });
    assert!(lines.text().contains("shown") && !lines.text().contains("hidden"));
}

/// Answers one request and returns it whole.
fn collect_one(listener: &TcpListener) -> Vec<u8> {
    let (mut stream, _) = listener.accept().unwrap();
    let (mut request, mut buffer) = (Vec::new(), [0; 4096]);
    loop {
        let count = stream.read(&mut buffer).unwrap();
        request.extend_from_slice(&buffer[..count]);
        let Some(end) = request.windows(4).position(|window| window == b"\r\n\r\n") else { continue };
        let head = String::from_utf8_lossy(&request[..end]).to_ascii_lowercase();
        let length = head.lines().find_map(|line| line.strip_prefix("content-length:")?.trim().parse::<usize>().ok());
        if request.len() >= end + 4 + length.unwrap_or(0) {
            stream.write_all(b"HTTP/1.1 200 OK\r\ncontent-length: 0\r\nconnection: close\r\n\r\n").unwrap();
            return request;
        }
    }
}

fn holds(haystack: &[u8], needle: &[u8]) -> bool {
    haystack.windows(needle.len()).any(|window| window == needle)
}

#[test]
fn spans_reach_the_collector_as_children_of_the_caller() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let endpoint = format!("http://{}", listener.local_addr().unwrap());
    let collector = thread::spawn(move || collect_one(&listener));

    let exporter = Exporter::start(&Traces { endpoint, service_name: "market-under-test".to_owned() }).unwrap();
    let subscriber = subscriber(&settings(LogFormat::Human, "info"), Some(&exporter), Lines::default()).unwrap();
    tracing::subscriber::with_default(subscriber, || {
        let span = tracing::info_span!("award_rfq");
        continue_trace(&span, "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01");
        let _inside = span.entered();
    });
    exporter.stop();

    let request = collector.join().unwrap();
    assert!(request.starts_with(b"POST /v1/traces HTTP/1.1\r\n"));
    assert!(holds(&request, b"application/x-protobuf"));
    assert!(holds(&request, b"award_rfq") && holds(&request, b"market-under-test"));
    let trace_id = 0x4bf9_2f35_77b3_4da6_a3ce_929d_0e0e_4736_u128.to_be_bytes();
    assert!(holds(&request, &trace_id), "the trace of the caller goes on");
}

#[test]
fn a_malformed_traceparent_is_passed_over() {
    let span = tracing::Span::none();
    for header in [
        "",
        "00",
        "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7",
        "00-4BF92F3577B34DA6A3CE929D0E0E4736-00f067aa0ba902b7-01",
        "00-00000000000000000000000000000000-00f067aa0ba902b7-01",
        "ff-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
        "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01-x",
        "00-4bf92f3577b34da6a3ce929d0e0e473é-00f067aa0ba902b-01",
    ] {
        assert!(super::traces::parent(header).is_none(), "{header}");
        continue_trace(&span, header);
    }
}
