//! What all requests of one server share.

use std::{net::IpAddr, sync::Arc};

use actix_web::http::{
    StatusCode,
    header::{HeaderValue, RETRY_AFTER},
};
use prometheus_client::registry::Registry;
use tokio::sync::watch;

use super::{
    application::{Application, AuthError, RequestMeta},
    connections::{Connections, Full, Place},
    metrics::Metrics,
    rate::Budget,
    refusal::Refusal,
    settings::HttpSettings,
};
use crate::app::ErrorCode;
use crate::graphql::document::DocumentCache;

/// The application and the transport's own state, one for all workers.
pub(super) struct Gateway<A> {
    pub(super) app: A,
    pub(super) documents: DocumentCache,
    pub(super) budget: Option<Budget>,
    pub(super) metrics: Arc<Metrics>,
    connections: Connections,
    stopping: watch::Receiver<bool>,
}

impl<A: Application> Gateway<A> {
    pub(super) fn new(app: A, stopping: watch::Receiver<bool>) -> Self {
        let mut registry = Registry::default();
        app.register(&mut registry);
        let budget = app.settings().rate.map(Budget::new);
        let metrics = Arc::new(Metrics::new(registry));
        Self {
            app,
            documents: DocumentCache::default(),
            budget,
            metrics,
            connections: Connections::default(),
            stopping,
        }
    }

    pub(super) fn settings(&self) -> &HttpSettings {
        self.app.settings()
    }

    /// Whether the server has been told to stop.
    pub(super) fn is_stopping(&self) -> bool {
        *self.stopping.borrow()
    }

    /// Becomes ready when the server is told to stop.
    pub(super) fn stopping(&self) -> impl Future<Output = ()> + use<A> {
        let mut stopping = self.stopping.clone();
        async move {
            // An error says that the server is gone, which is the same to those who wait.
            let _ = stopping.wait_for(|stopping| *stopping).await;
        }
    }

    /// The caller, found within the time that an operation may take.
    pub(super) async fn authenticate(
        &self,
        authorization: Option<&str>,
        meta: RequestMeta,
    ) -> Result<A::Session, AuthError> {
        let work = self.app.authenticate(authorization, meta);
        tokio::time::timeout(self.settings().execution_timeout, work).await.unwrap_or(Err(AuthError::Unavailable))
    }

    /// A place among the connections that stay open; 429 when the caller's network has as many as it may, else 503.
    pub(super) fn connect(&self, remote: Option<IpAddr>) -> Result<Place, Refusal> {
        let place = if self.is_stopping() {
            Err(Full::All)
        } else {
            self.connections.open(&self.metrics.connections, &self.settings().socket, remote)
        };
        place.map_err(|full| {
            let (status, code, message) = match full {
                Full::All => {
                    (StatusCode::SERVICE_UNAVAILABLE, ErrorCode::Unavailable, "No more connections can be kept open.")
                }
                Full::Network => (
                    StatusCode::TOO_MANY_REQUESTS,
                    ErrorCode::RateLimited,
                    "Your network address keeps as many connections open as it may.",
                ),
            };
            Refusal::new(status, code, message).header(RETRY_AFTER, HeaderValue::from_static("5"))
        })
    }
}
