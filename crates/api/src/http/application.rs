//! What the transport asks of the application behind it.

use std::future::Future;

use async_graphql::{Data, Executor};
use prometheus_client::registry::Registry;

use super::settings::HttpSettings;
pub use crate::app::{AuthError, RequestMeta};
use crate::{app::Session, graphql::loader::loaders};

/// The application as its transport sees it: the marketplace itself, or a probe that tests the transport alone.
pub trait Application: Clone + Send + Sync + 'static {
    /// What executes operations.
    type Schema: Executor;
    /// Who asks.
    type Session: Caller;

    /// The schema.
    fn schema(&self) -> &Self::Schema;

    /// The same schema without validation, for documents that [`schema`](Self::schema) has found valid already; validating is most of
    /// the work of a small request.
    fn unvalidated_schema(&self) -> Option<&Self::Schema> {
        None
    }

    /// How the transport behaves.
    fn settings(&self) -> &HttpSettings;

    /// Who asks. `authorization` is the header's value, or that of the socket's `connection_init` payload. Without one the
    /// caller is anonymous; with one that is not valid there is an error, never an anonymous caller.
    fn authenticate(
        &self,
        authorization: Option<&str>,
        request: RequestMeta,
    ) -> impl Future<Output = Result<Self::Session, AuthError>> + Send;

    /// Whether requests can be served now. The reason why not is logged, not answered.
    fn ready(&self) -> impl Future<Output = Result<(), String>> + Send;

    /// Adds the application's own metrics to those of `/metrics`.
    fn register(&self, _registry: &mut Registry) {}

    /// Adds the application's own routes, such as uploads, beside `/graphql`.
    fn configure(&self, _config: &mut actix_web::web::ServiceConfig) {}
}

/// An authenticated or anonymous caller, for as long as one request or socket lasts.
pub trait Caller: Clone + Send + Sync + 'static {
    /// Whose budget of cost points is used: the account, the key, or the address.
    fn rate_key(&self) -> String;

    /// Whether nobody is known behind the request, who then may ask for less at once.
    fn is_visitor(&self) -> bool;

    /// When the credentials end, if they do. A socket or stream ends then.
    fn expires_at(&self) -> Option<jiff::Timestamp>;

    /// The same caller for one operation, sharing no transaction and no loader with any other operation.
    #[must_use]
    fn renewed(&self) -> Self;

    /// What resolvers of the operation find beside the caller.
    fn into_data(self) -> Data;
}

impl Caller for Session {
    fn rate_key(&self) -> String {
        Self::rate_key(self)
    }

    fn is_visitor(&self) -> bool {
        self.actor().is_anonymous()
    }

    fn expires_at(&self) -> Option<jiff::Timestamp> {
        Self::expires_at(self)
    }

    fn renewed(&self) -> Self {
        Self::renewed(self)
    }

    fn into_data(self) -> Data {
        let mut data = Data::default();
        data.insert(loaders(self));
        data
    }
}
