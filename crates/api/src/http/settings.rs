//! How the transport behaves. The configuration fills this in; the defaults suit a public server.

use std::{collections::HashMap, num::NonZeroU32, time::Duration};

use crate::graphql::limits::Limits;

/// Settings of the HTTP server.
#[derive(Debug, Clone)]
pub struct HttpSettings {
    /// Bytes of a request body, as sent and as inflated. More is 413.
    pub body_limit: usize,
    /// How long a client may take to send its body. Longer is 408.
    pub body_timeout: Duration,
    /// How many requests one array may hold; zero refuses arrays.
    pub batch_max: usize,
    /// Whether `/` serves GraphiQL.
    pub graphiql: bool,
    /// Whether `__schema` and `__type` are answered.
    pub introspection: bool,
    /// Whether `/metrics` is served.
    pub metrics: bool,
    /// Origins whose pages may read answers, such as `https://shop.example`; `*` stands for all. Credentials are bearer
    /// tokens, never cookies, so they are not allowed along.
    pub cors_origins: Vec<String>,
    /// Reverse proxies in front that are believed: the caller's address is the one that the outermost of them saw, counted
    /// from the right of `X-Forwarded-For`, where a caller cannot write. Zero ignores the header.
    pub proxy_hops: usize,
    /// How long a query or mutation may run before it is dropped.
    pub execution_timeout: Duration,
    /// Whether a client may send the hash of a document that is known here instead of its text.
    pub persisted_queries: bool,
    /// The only documents that run, by the lower-case hexadecimal SHA-256 of their text; `None` runs all.
    pub trusted_documents: Option<HashMap<String, String>>,
    /// The budget of each caller; `None` is unlimited.
    pub rate: Option<Rate>,
    /// What one document may ask for.
    pub limits: Limits,
    /// WebSocket and server-sent events.
    pub socket: SocketSettings,
    /// Threads that serve requests; `None` is one per core.
    pub workers: Option<usize>,
    /// How long requests in flight may take to finish when the server stops.
    pub stop_timeout: Duration,
}

/// A token bucket of cost points, see [`crate::graphql::guard::estimate`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rate {
    /// Points that come back each second.
    pub per_second: NonZeroU32,
    /// Points of a full bucket.
    pub burst: NonZeroU32,
}

/// Settings of connections that stay open.
#[derive(Debug, Clone)]
pub struct SocketSettings {
    /// Sockets and event streams open at once; more are refused with 503.
    pub connections_max: usize,
    /// Of those, how many may come from one network address (of IPv6 one /64); more are refused with 429.
    pub connections_per_address: usize,
    /// Operations live at once on one socket.
    pub operations_max: usize,
    /// Bytes of one message from a client.
    pub message_limit: usize,
    /// How long a client may take to send `connection_init`. Longer is 4408.
    pub init_timeout: Duration,
    /// How often a silent client is pinged. It is dropped after two pings without any answer.
    pub ping_interval: Duration,
    /// How long a client may take to accept a message before it is dropped.
    pub send_timeout: Duration,
}

/// The points of a full bucket and those that come back each second.
const RATE: (u32, u32) = (20_000, 1_000);

impl Default for HttpSettings {
    fn default() -> Self {
        let rate = NonZeroU32::new(RATE.0).zip(NonZeroU32::new(RATE.1));
        Self {
            body_limit: 1024 * 1024,
            body_timeout: Duration::from_secs(10),
            batch_max: 0,
            graphiql: true,
            introspection: true,
            metrics: true,
            cors_origins: Vec::new(),
            proxy_hops: 0,
            execution_timeout: Duration::from_secs(10),
            persisted_queries: true,
            trusted_documents: None,
            rate: rate.map(|(burst, per_second)| Rate { per_second, burst }),
            limits: Limits::default(),
            socket: SocketSettings::default(),
            workers: None,
            stop_timeout: Duration::from_secs(30),
        }
    }
}

impl Default for SocketSettings {
    fn default() -> Self {
        Self {
            connections_max: 10_000,
            connections_per_address: 200,
            operations_max: 50,
            message_limit: 128 * 1024,
            init_timeout: Duration::from_secs(5),
            ping_interval: Duration::from_secs(20),
            send_timeout: Duration::from_secs(10),
        }
    }
}
