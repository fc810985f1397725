//! Batched loading: what one answer needs of a kind is fetched by one statement.

use async_graphql::Context;
use async_graphql::dataloader::DataLoader;

use crate::app::Session;

/// Loads by key within one request; each capability says how for its own keys.
#[derive(Debug, Clone)]
pub struct Batch(pub Session);

/// The request's loader.
pub type Loaders = DataLoader<Batch>;

/// The loader for one request. Nothing is cached across mutations of one document, so nothing stale is shown.
#[must_use]
pub fn loaders(session: Session) -> Loaders {
    DataLoader::new(Batch(session), tokio::spawn).delay(std::time::Duration::ZERO)
}

/// The session behind a field.
///
/// # Errors
/// Only if the endpoint forgot to say who asks, which refuses everything.
pub fn session<'a>(ctx: &Context<'a>) -> async_graphql::Result<&'a Session> {
    ctx.data::<Session>()
}
