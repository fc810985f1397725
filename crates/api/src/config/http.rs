//! What stands on the network and how much it accepts.

use std::{net::SocketAddr, path::PathBuf, time::Duration};

use actix_web::http::Uri;

use super::{
    reader::Reader,
    value::{self, Wrong},
    variable::{Group, Variable},
};

const MIB: usize = 1 << 20;

const LISTEN: Variable = Variable::defaulted(
    "TRADEHALL_LISTEN",
    "127.0.0.1:8080",
    "Address and port to listen on; port 0 takes a free one.",
);
const PUBLIC_URL: Variable = Variable::optional(
    "TRADEHALL_PUBLIC_URL",
    "Where people and other systems reach the service, for links in mails and for the token issuer; default `http://` and the listen address.",
);
const THREADS: Variable =
    Variable::optional("TRADEHALL_HTTP_THREADS", "Threads that serve requests; default one per core.");
const PROXY_HOPS: Variable = Variable::defaulted(
    "TRADEHALL_PROXY_HOPS",
    "0",
    "Reverse proxies in front whose `X-Forwarded-For` entries are believed; 0 takes the peer's own address.",
);
const CONNECTIONS_PER_ADDRESS: Variable = Variable::defaulted(
    "TRADEHALL_CONNECTIONS_PER_ADDRESS",
    "200",
    "WebSockets and event streams that one network address (of IPv6 one /64) may keep open; behind reverse proxies set `TRADEHALL_PROXY_HOPS` too.",
);
const BODY_LIMIT: Variable = Variable::defaulted(
    "TRADEHALL_BODY_LIMIT",
    "1MiB",
    "Largest body of a GraphQL request; a larger one is answered 413.",
);
const UPLOAD_LIMIT: Variable =
    Variable::defaulted("TRADEHALL_UPLOAD_LIMIT", "25MiB", "Largest file that may be uploaded.");
const UPLOAD_MEDIA_TYPES: Variable = Variable::defaulted(
    "TRADEHALL_UPLOAD_MEDIA_TYPES",
    "application/pdf,image/png,image/jpeg,image/webp,text/csv,text/plain,model/step,application/vnd.openxmlformats-officedocument.spreadsheetml.sheet,application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "Media types that may be uploaded, separated by commas.",
);
const CORS_ORIGINS: Variable = Variable::optional(
    "TRADEHALL_CORS_ORIGINS",
    "Web origins whose scripts may call the API, separated by commas, such as `https://shop.example`; default none.",
);
const EXECUTION_TIMEOUT: Variable = Variable::defaulted(
    "TRADEHALL_EXECUTION_TIMEOUT",
    "10s",
    "How long one request may run before it is stopped and rolled back.",
);
const SHUTDOWN_TIMEOUT: Variable = Variable::defaulted(
    "TRADEHALL_SHUTDOWN_TIMEOUT",
    "30s",
    "How long requests in flight may take to finish once the service is told to stop.",
);
const GRAPHIQL: Variable =
    Variable::defaulted("TRADEHALL_GRAPHIQL", "on", "Whether the GraphiQL editor is served at `/`.");
const INTROSPECTION: Variable = Variable::defaulted(
    "TRADEHALL_INTROSPECTION",
    "on",
    "Whether clients may ask for the schema and get suggestions for misspelled fields.",
);
const BATCH_MAX: Variable = Variable::defaulted(
    "TRADEHALL_BATCH_MAX",
    "0",
    "Most operations in one request that is a JSON array; 0 refuses arrays.",
);
const TRUSTED_DOCUMENTS: Variable = Variable::optional(
    "TRADEHALL_TRUSTED_DOCUMENTS",
    "Directory of `.graphql` files; when set, only the operations in it run.",
);
const METRICS: Variable =
    Variable::defaulted("TRADEHALL_METRICS", "on", "Whether Prometheus metrics are served at `/metrics`.");

pub(super) const GROUP: Group = Group {
    title: "HTTP and GraphQL",
    variables: &[
        &LISTEN,
        &PUBLIC_URL,
        &THREADS,
        &PROXY_HOPS,
        &CONNECTIONS_PER_ADDRESS,
        &BODY_LIMIT,
        &UPLOAD_LIMIT,
        &UPLOAD_MEDIA_TYPES,
        &CORS_ORIGINS,
        &EXECUTION_TIMEOUT,
        &SHUTDOWN_TIMEOUT,
        &GRAPHIQL,
        &INTROSPECTION,
        &BATCH_MAX,
        &TRUSTED_DOCUMENTS,
        &METRICS,
    ],
};

/// The HTTP side of the service.
#[derive(Debug, Clone)]
pub struct Http {
    /// Address and port to listen on.
    pub listen: SocketAddr,
    /// Origin and optional path under which the service is reached, without a slash at the end.
    pub public_url: String,
    /// Threads that serve requests; `None` means one per core.
    pub threads: Option<u32>,
    /// Reverse proxies in front that are believed.
    pub proxy_hops: u32,
    /// Most connections that one network address may keep open.
    pub connections_per_address: u32,
    /// Largest body of a GraphQL request, in bytes.
    pub body_limit_bytes: usize,
    /// Largest uploaded file, in bytes.
    pub upload_limit_bytes: usize,
    /// Media types that may be uploaded, in lower case and without parameters.
    pub upload_media_types: Vec<String>,
    /// Web origins that may call from a browser.
    pub cors_origins: Vec<String>,
    /// Longest run of one request.
    pub execution_timeout: Duration,
    /// Longest wait for requests in flight when stopping.
    pub shutdown_timeout: Duration,
    /// Whether GraphiQL is served.
    pub graphiql: bool,
    /// Whether introspection and field suggestions are answered.
    pub introspection: bool,
    /// Most operations in a batch; 0 means that batches are refused.
    pub batch_max: u32,
    /// Directory of the only operations that run; `None` lets any operation run.
    pub trusted_documents: Option<PathBuf>,
    /// Whether metrics are served.
    pub metrics: bool,
}

impl Http {
    pub(super) fn read(reader: &mut Reader<'_>) -> Option<Self> {
        let listen = reader.value(&LISTEN, value::parsed("an address and a port, such as `0.0.0.0:8080`"));
        let public_url = reader.optional(&PUBLIC_URL, public_url);
        let threads = reader.optional(&THREADS, value::count(1..=256));
        let proxy_hops = reader.value(&PROXY_HOPS, value::count(0..=10));
        let connections_per_address = reader.value(&CONNECTIONS_PER_ADDRESS, value::count(1..=100_000));
        let body_limit_bytes = reader.value(&BODY_LIMIT, value::bytes(1024..=64 * MIB));
        let upload_limit_bytes = reader.value(&UPLOAD_LIMIT, value::bytes(1024..=1024 * MIB));
        let upload_media_types = reader.value(&UPLOAD_MEDIA_TYPES, value::list(media_type));
        let cors_origins = reader.optional(&CORS_ORIGINS, value::list(origin));
        let times = Duration::from_millis(100)..=Duration::from_secs(600);
        let execution_timeout = reader.value(&EXECUTION_TIMEOUT, value::duration(times.clone()));
        let shutdown_timeout = reader.value(&SHUTDOWN_TIMEOUT, value::duration(times));
        let graphiql = reader.value(&GRAPHIQL, value::switch);
        let introspection = reader.value(&INTROSPECTION, value::switch);
        let batch_max = reader.value(&BATCH_MAX, value::count(0..=100));
        let trusted_documents = reader.optional(&TRUSTED_DOCUMENTS, value::directory);
        let metrics = reader.value(&METRICS, value::switch);
        let listen = listen?;
        Some(Self {
            listen,
            public_url: public_url?.unwrap_or_else(|| format!("http://{listen}")),
            threads: threads?,
            proxy_hops: proxy_hops?,
            connections_per_address: connections_per_address?,
            body_limit_bytes: body_limit_bytes?,
            upload_limit_bytes: upload_limit_bytes?,
            upload_media_types: upload_media_types?,
            cors_origins: cors_origins?.unwrap_or_default(),
            execution_timeout: execution_timeout?,
            shutdown_timeout: shutdown_timeout?,
            graphiql: graphiql?,
            introspection: introspection?,
            batch_max: batch_max?,
            trusted_documents: trusted_documents?,
            metrics: metrics?,
        })
    }
}

fn public_url(text: &str) -> Result<String, Wrong> {
    let url = web_address(text, "`https://` and a host, with an optional path")?;
    if url.query().is_some() || text.contains('#') {
        return Err(Wrong::new("has a query or a fragment", "`https://` and a host, with an optional path"));
    }
    Ok(text.trim_end_matches('/').to_owned())
}

/// An origin as browsers send it (RFC 6454): scheme, host and port, nothing behind.
fn origin(text: &str) -> Result<String, Wrong> {
    let expected = "origins such as `https://shop.example`, without a path";
    let url = web_address(text, expected)?;
    if url.path() != "/" || url.query().is_some() || text.ends_with('/') || text.contains('#') {
        return Err(Wrong::new("has more than scheme, host and port", expected));
    }
    Ok(text.to_ascii_lowercase())
}

fn web_address(text: &str, expected: &str) -> Result<Uri, Wrong> {
    let url: Uri = text.parse().map_err(|_| Wrong::new("is not a URL", expected))?;
    match url.scheme_str() {
        Some("http" | "https") if url.host().is_some_and(|host| !host.is_empty()) => Ok(url),
        _ => Err(Wrong::new("is not an http or https URL", expected)),
    }
}

/// A media type without parameters (RFC 6838 section 4.2 for the characters).
fn media_type(text: &str) -> Result<String, Wrong> {
    let is_name =
        |part: &str| !part.is_empty() && part.chars().all(|c| c.is_ascii_alphanumeric() || "!#$&-^_.+".contains(c));
    match text.split_once('/') {
        Some((kind, name)) if is_name(kind) && is_name(name) => Ok(text.to_ascii_lowercase()),
        _ => Err(Wrong::new("is not a media type", "media types such as `application/pdf`, separated by commas")),
    }
}
