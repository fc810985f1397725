//! What the service does besides answering, and what it tells about itself.

use tracing_subscriber::EnvFilter;

use super::{
    reader::Reader,
    value::{self, Wrong},
    variable::{Group, Variable},
};

const WORKER: Variable = Variable::defaulted(
    "TRADEHALL_WORKER",
    "on",
    "Whether `serve` also runs the worker (deadlines, event delivery, mail); switch it off where `tradehall work` runs.",
);
const LOG_FORMAT: Variable =
    Variable::defaulted("TRADEHALL_LOG_FORMAT", "human", "`human` for a terminal, `json` for a log collector.");
const LOG: Variable = Variable::defaulted(
    "TRADEHALL_LOG",
    "info,tantivy=warn",
    "What is logged, as levels per module: `info`, `info,tradehall=debug`, `warn,sqlx=info`.",
);
// The two below are named by the OpenTelemetry specification, so that one collector set-up serves all services.
const OTLP_ENDPOINT: Variable = Variable::optional(
    "OTEL_EXPORTER_OTLP_ENDPOINT",
    "Where traces go (OTLP over HTTP, protobuf), such as `http://localhost:4318`; without it none are made.",
);
const SERVICE_NAME: Variable =
    Variable::defaulted("OTEL_SERVICE_NAME", "tradehall", "The name under which traces appear.");

pub(super) const GROUP: Group =
    Group { title: "Operations", variables: &[&WORKER, &LOG_FORMAT, &LOG, &OTLP_ENDPOINT, &SERVICE_NAME] };

/// Logs and traces.
#[derive(Debug, Clone)]
pub struct Telemetry {
    /// How a log line looks.
    pub log_format: LogFormat,
    /// What is logged, in the syntax of [`EnvFilter`]; known to parse.
    pub log_filter: String,
    /// Traces; `None` when there is nowhere to send them.
    pub traces: Option<Traces>,
}

/// How a log line looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LogFormat {
    /// One line for a person to read.
    Human,
    /// One JSON object per line.
    Json,
}

/// Where traces go.
#[derive(Debug, Clone)]
pub struct Traces {
    /// The collector's base URL, without a slash at the end.
    pub endpoint: String,
    /// The name of this service in the traces.
    pub service_name: String,
}

/// Whether `serve` runs the worker.
pub(super) fn read_worker(reader: &mut Reader<'_>) -> Option<bool> {
    reader.value(&WORKER, value::switch)
}

impl Telemetry {
    pub(super) fn read(reader: &mut Reader<'_>) -> Option<Self> {
        let log_format = reader.value(&LOG_FORMAT, log_format);
        let log_filter = reader.value(&LOG, log_filter);
        let endpoint = reader.optional(&OTLP_ENDPOINT, otlp_endpoint);
        let service_name = reader.value(&SERVICE_NAME, value::text);
        let (endpoint, service_name) = (endpoint?, service_name?);
        Some(Self {
            log_format: log_format?,
            log_filter: log_filter?,
            traces: endpoint.map(|endpoint| Traces { endpoint, service_name }),
        })
    }
}

fn log_format(text: &str) -> Result<LogFormat, Wrong> {
    match text {
        "human" => Ok(LogFormat::Human),
        "json" => Ok(LogFormat::Json),
        _ => Err(Wrong::new("is not a format of logs", "`human` or `json`")),
    }
}

fn log_filter(text: &str) -> Result<String, Wrong> {
    let expected = "levels (error, warn, info, debug, trace, off), each with an optional `module=` in front";
    match text.parse::<EnvFilter>() {
        Ok(_) => Ok(text.to_owned()),
        Err(error) => Err(Wrong::new(format!("is not a filter of logs ({error})"), expected)),
    }
}

fn otlp_endpoint(text: &str) -> Result<String, Wrong> {
    let expected = "`http://HOST:PORT` of a collector beside the service, which forwards over TLS where that is needed";
    match text.strip_prefix("http://") {
        Some(host) if !host.trim_matches('/').is_empty() => Ok(text.trim_end_matches('/').to_owned()),
        Some(_) => Err(Wrong::new("names no host", expected)),
        None => Err(Wrong::new("is not an http URL", expected)),
    }
}
