//! Logs for people and collectors, and traces when there is somewhere to send them.

#[cfg(test)]
mod tests;
mod traces;

use tracing::Subscriber;
use tracing_subscriber::{EnvFilter, Layer, fmt, fmt::MakeWriter, layer::SubscriberExt, util::SubscriberInitExt};

use crate::config::{self, LogFormat};

use traces::Exporter;
pub use traces::continue_trace;

/// Why logs and traces cannot be set up.
#[derive(Debug, thiserror::Error)]
pub enum TelemetryError {
    /// The filter of logs does not parse; the configuration refuses such a filter before.
    #[error("the filter of logs cannot be used")]
    Filter(#[from] tracing_subscriber::filter::ParseError),
    /// The exporter of traces cannot be built.
    #[error("traces cannot be exported")]
    Exporter(#[from] opentelemetry_otlp::ExporterBuildError),
    /// Another subscriber stands already.
    #[error("logging was set up twice")]
    Twice(#[from] tracing_subscriber::util::TryInitError),
}

/// Logs and traces while the service runs. Stopping it sends what is still buffered.
#[derive(Debug)]
#[must_use = "traces that are still buffered are lost unless it is stopped"]
pub struct Telemetry {
    exporter: Option<Exporter>,
}

impl Telemetry {
    /// Sets up logs on standard error, and traces when an endpoint is set, for the whole process.
    ///
    /// Standard error, so that a command's own output (`tradehall schema > schema.graphql`) stays clean.
    ///
    /// # Errors
    ///
    /// When set up twice, or when the exporter cannot be built.
    pub fn start(settings: &config::Telemetry) -> Result<Self, TelemetryError> {
        let exporter = settings.traces.as_ref().map(Exporter::start).transpose()?;
        subscriber(settings, exporter.as_ref(), std::io::stderr)?.try_init()?;
        Ok(Self { exporter })
    }

    /// Sends the traces that are still buffered, within bounds of time. Blocks: call it after the last request.
    pub fn stop(self) {
        if let Some(exporter) = self.exporter {
            exporter.stop();
        }
    }
}

/// What turns spans and events into lines and traces.
fn subscriber<W>(
    settings: &config::Telemetry,
    exporter: Option<&Exporter>,
    writer: W,
) -> Result<impl Subscriber + Send + Sync + use<W>, TelemetryError>
where
    W: for<'w> MakeWriter<'w> + Send + Sync + 'static,
{
    let filter: EnvFilter = settings.log_filter.parse()?;
    let lines = match settings.log_format {
        LogFormat::Human => fmt::layer().with_writer(writer).with_target(true).boxed(),
        // Fields of the event at the top; those of its span (request id, actor) in one object, not in a list of all ancestors.
        LogFormat::Json => fmt::layer()
            .json()
            .flatten_event(true)
            .with_current_span(true)
            .with_span_list(false)
            .with_writer(writer)
            .boxed(),
    };
    // The filter stands before both: what is not worth a line is not worth a trace either.
    Ok(tracing_subscriber::registry().with(filter).with(lines).with(exporter.map(Exporter::layer)))
}
