//! What the transport asks of the application behind it.

use std::{fmt, future::Future, net::IpAddr};

use async_graphql::{Data, Executor};
use prometheus_client::registry::Registry;
use tradehall_domain::language::Language;

use super::settings::HttpSettings;

/// The application as its transport sees it: the marketplace itself, or a probe that tests the transport alone.
pub trait Application: Clone + Send + Sync + 'static {
    /// What executes operations.
    type Schema: Executor;
    /// Who asks.
    type Session: Caller;

    /// The schema.
    fn schema(&self) -> &Self::Schema;

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

    /// When the credentials end, if they do. A socket or stream ends then.
    fn expires_at(&self) -> Option<jiff::Timestamp>;

    /// Fresh request data for one operation. The session itself is added to it.
    fn into_data(self) -> Data;
}

/// What is known of a request before it is known who asks.
#[derive(Debug, Clone)]
pub struct RequestMeta {
    /// The `x-request-id` of the answer.
    pub request_id: String,
    /// The language of messages, from `Accept-Language`.
    pub language: Language,
    /// Where the request comes from.
    pub remote: Option<IpAddr>,
}

/// Why credentials are not accepted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AuthError {
    /// They are malformed, forged or revoked.
    Invalid,
    /// They were valid once.
    Expired,
    /// They cannot be checked at the moment; the caller may come back.
    Unavailable,
}

impl fmt::Display for AuthError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Invalid => "The credentials are not valid.",
            Self::Expired => "The credentials have expired.",
            Self::Unavailable => "The credentials cannot be checked at the moment.",
        })
    }
}

impl std::error::Error for AuthError {}
