//! Traces over OTLP.
//!
//! OpenTelemetry brings 27 crates to some 440, and half of them come with any HTTP client, so it is always compiled in: a switch
//! at build time would be a second product to test. Without an endpoint none of it runs.

use std::time::Duration;

use opentelemetry::trace::{TraceContextExt, TracerProvider};
use opentelemetry_otlp::{ExporterBuildError, Protocol, SpanExporter, WithExportConfig};
use opentelemetry_sdk::{
    Resource,
    trace::{SdkTracer, SdkTracerProvider},
};
use tracing::{Span, Subscriber};
use tracing_opentelemetry::{OpenTelemetryLayer, OpenTelemetrySpanExt};
use tracing_subscriber::registry::LookupSpan;

use crate::config::Traces;

/// The longest that one delivery to the collector may take.
const EXPORT_TIMEOUT: Duration = Duration::from_secs(5);
/// The longest that stopping waits for the last delivery.
const STOP_TIMEOUT: Duration = Duration::from_secs(5);

/// Sends finished spans to a collector, in batches from a thread of its own. When the collector is away, spans are dropped and
/// requests do not notice.
#[derive(Debug)]
pub(super) struct Exporter {
    provider: SdkTracerProvider,
}

impl Exporter {
    /// Starts the thread. The SDK reads sampling and batching from the variables of the OpenTelemetry specification
    /// (`OTEL_TRACES_SAMPLER`, `OTEL_BSP_…`).
    pub(super) fn start(settings: &Traces) -> Result<Self, ExporterBuildError> {
        crate::tls::provide();
        let exporter = SpanExporter::builder()
            .with_http()
            .with_protocol(Protocol::HttpBinary)
            // An endpoint given in code is taken whole, so the path of the signal is ours to add.
            .with_endpoint(format!("{}/v1/traces", settings.endpoint))
            .with_timeout(EXPORT_TIMEOUT)
            .build()?;
        let resource = Resource::builder().with_service_name(settings.service_name.clone()).build();
        let provider = SdkTracerProvider::builder().with_batch_exporter(exporter).with_resource(resource).build();
        Ok(Self { provider })
    }

    pub(super) fn layer<S>(&self) -> OpenTelemetryLayer<S, SdkTracer>
    where
        S: Subscriber + for<'s> LookupSpan<'s>,
    {
        tracing_opentelemetry::layer().with_tracer(self.provider.tracer("tradehall"))
    }

    pub(super) fn stop(self) {
        if let Err(error) = self.provider.shutdown_with_timeout(STOP_TIMEOUT) {
            tracing::warn!(%error, "the last traces were not delivered");
        }
    }
}

/// Makes `span` a child of the caller's span, named by the `traceparent` header (W3C Trace Context, section 3.2). A header that is
/// malformed is passed over, as the standard asks. Without traces it does nothing.
pub fn continue_trace(span: &Span, traceparent: &str) {
    if let Some(parent) = parent(traceparent) {
        // Fails only without a tracing layer for OpenTelemetry, that is, when traces are off.
        let _ = span.set_parent(opentelemetry::Context::new().with_remote_span_context(parent));
    }
}

pub(super) fn parent(traceparent: &str) -> Option<opentelemetry::trace::SpanContext> {
    use opentelemetry::trace::{SpanContext, SpanId, TraceFlags, TraceId, TraceState};

    let mut parts = traceparent.trim().split('-');
    let (version, trace, span, flags) = (parts.next()?, parts.next()?, parts.next()?, parts.next()?);
    let is_lower_hex = |text: &str| text.bytes().all(|b| b.is_ascii_digit() || (b'a'..=b'f').contains(&b));
    let are_sized = version.len() == 2 && trace.len() == 32 && span.len() == 16 && flags.len() == 2;
    if !are_sized || ![version, trace, span, flags].into_iter().all(is_lower_hex) {
        return None;
    }
    // Version 00 has four parts; later versions may have more, 0xff is forbidden.
    if version == "ff" || (version == "00" && parts.next().is_some()) {
        return None;
    }
    let flags = TraceFlags::new(u8::from_str_radix(flags, 16).ok()? & TraceFlags::SAMPLED.to_u8());
    let context = SpanContext::new(
        TraceId::from_hex(trace).ok()?,
        SpanId::from_hex(span).ok()?,
        flags,
        true,
        TraceState::default(),
    );
    context.is_valid().then_some(context)
}
