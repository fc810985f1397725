//! HTTP, WebSocket and server-sent events: everything between a socket and [`async_graphql::Executor`].
//!
//! A request goes through these rooms, one after the other: `envelope` (id, headers) → `accept`, `body`, `params` (what is
//! asked, in which form) → `exchange` (who asks) → `persisted` and `prepare` (which operation, what it costs) → `rate` →
//! `execute` → `answer`. Whatever stops it on the way is a `Refusal`. The other two carriers, `sse` and `socket`, share all of
//! it after the first steps.

mod accept;
mod answer;
mod application;
mod body;
mod connections;
mod cors;
mod endpoint;
mod envelope;
mod exchange;
mod execute;
mod gateway;
mod graphiql;
mod health;
mod measure;
mod metrics;
mod params;
mod persisted;
mod prepare;
mod rate;
mod record;
mod refusal;
mod server;
mod settings;
mod socket;
mod sse;

pub use application::{Application, AuthError, Caller, RequestMeta};
pub use graphiql::examples;
pub use server::{Server, Stop, serve};
pub use settings::{HttpSettings, Rate, SocketSettings};
