//! What `/metrics` counts (OpenMetrics).

use std::sync::atomic::AtomicU64;

use async_graphql::parser::types::OperationType;
use prometheus_client::{
    encoding::{EncodeLabelSet, EncodeLabelValue, text},
    metrics::{counter::Counter, family::Family, gauge::Gauge, histogram::Histogram},
    registry::Registry,
};

/// The kind of an operation; `Unknown` when the request ended before it was known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, EncodeLabelValue)]
#[expect(non_camel_case_types, reason = "labels on the wire are lower-case")]
pub(super) enum Kind {
    query,
    mutation,
    subscription,
    unknown,
}

impl From<OperationType> for Kind {
    fn from(kind: OperationType) -> Self {
        match kind {
            OperationType::Query => Self::query,
            OperationType::Mutation => Self::mutation,
            OperationType::Subscription => Self::subscription,
        }
    }
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Outcome {
    kind: Kind,
    status: u32,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct OfKind {
    kind: Kind,
}

/// Upper bounds of the duration buckets in seconds.
const BUCKETS: [f64; 11] = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.5, 2.5, 10.0];

/// The transport's metrics and those that the application adds.
#[derive(Debug)]
pub(super) struct Metrics {
    registry: Registry,
    operations: Family<Outcome, Counter<u64, AtomicU64>>,
    durations: Family<OfKind, Histogram>,
    /// HTTP requests that are being answered.
    pub(super) in_flight: Gauge,
    /// Sockets and event streams that are open.
    pub(super) connections: Gauge,
}

impl Metrics {
    pub(super) fn new(mut registry: Registry) -> Self {
        let operations = Family::<Outcome, Counter<u64, AtomicU64>>::default();
        let durations = Family::<OfKind, Histogram>::new_with_constructor(|| Histogram::new(BUCKETS));
        let (in_flight, connections) = (Gauge::default(), Gauge::default());
        let ours = registry.sub_registry_with_prefix("tradehall");
        ours.register("graphql_operations", "Operations by kind and HTTP status", operations.clone());
        ours.register(
            "graphql_duration_seconds",
            "Time from request to answer, subscriptions apart",
            durations.clone(),
        );
        ours.register("http_requests_in_flight", "HTTP requests being answered", in_flight.clone());
        ours.register("connections_open", "WebSockets and event streams open", connections.clone());
        Self { registry, operations, durations, in_flight, connections }
    }

    /// Counts an operation that ended.
    pub(super) fn count(&self, kind: Kind, status: u16, seconds: f64) {
        self.operations.get_or_create(&Outcome { kind, status: u32::from(status) }).inc();
        // The length of a subscription is the client's choice and would drown the others.
        if kind != Kind::subscription {
            self.durations.get_or_create(&OfKind { kind }).observe(seconds);
        }
    }

    /// The exposition in text form.
    pub(super) fn exposition(&self) -> Result<String, std::fmt::Error> {
        let mut exposition = String::new();
        text::encode(&mut exposition, &self.registry)?;
        Ok(exposition)
    }
}

/// One more in a gauge for as long as this lives.
#[derive(Debug)]
pub(super) struct Counted(Gauge);

impl Counted {
    /// Counts one more.
    pub(super) fn new(gauge: &Gauge) -> Self {
        gauge.inc();
        Self(gauge.clone())
    }

    /// Counts one more, unless there are `maximum` already.
    pub(super) fn within(gauge: &Gauge, maximum: usize) -> Option<Self> {
        let counted = Self::new(gauge);
        let maximum = i64::try_from(maximum).unwrap_or(i64::MAX);
        (gauge.get() <= maximum).then_some(counted)
    }
}

impl Drop for Counted {
    fn drop(&mut self) {
        self.0.dec();
    }
}
