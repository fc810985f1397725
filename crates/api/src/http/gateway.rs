//! What all requests of one server share.

use std::sync::Arc;

use actix_web::http::{
    StatusCode,
    header::{HeaderValue, RETRY_AFTER},
};
use prometheus_client::registry::Registry;
use tokio::sync::watch;

use super::{
    application::{Application, AuthError, RequestMeta},
    metrics::{Counted, Metrics},
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
    stopping: watch::Receiver<bool>,
}

impl<A: Application> Gateway<A> {
    pub(super) fn new(app: A, stopping: watch::Receiver<bool>) -> Self {
        let mut registry = Registry::default();
        app.register(&mut registry);
        let budget = app.settings().rate.map(Budget::new);
        Self { app, documents: DocumentCache::default(), budget, metrics: Arc::new(Metrics::new(registry)), stopping }
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

    /// A place among the connections that stay open, or 503.
    pub(super) fn connect(&self) -> Result<Counted, Refusal> {
        let place = Counted::within(&self.metrics.connections, self.settings().socket.connections_max);
        place.filter(|_| !self.is_stopping()).ok_or_else(|| {
            Refusal::new(
                StatusCode::SERVICE_UNAVAILABLE,
                ErrorCode::Unavailable,
                "No more connections can be kept open.",
            )
            .header(RETRY_AFTER, HeaderValue::from_static("5"))
        })
    }
}
