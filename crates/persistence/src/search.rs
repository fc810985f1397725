//! Search: an index of products beside the database, one per node, that follows it.
//!
//! The [`index`] answers ids and counts of what a viewer may see. Which groups the viewer belongs to is read by its transaction, and
//! what is found is loaded through the same transaction again, so that a product that was hidden a moment ago is not shown even where
//! the index does not know it yet. [`follow`] brings the index up to the events of the database.

mod describe;
mod follow;
pub mod index;

use std::collections::HashSet;
use std::sync::Arc;

use index::{Found, Narrowing, Query, SearchIndex, Sight, Suggestion, Window};
use tradehall_domain::id::Id;
use tradehall_domain::search::Question;
use uuid::Uuid;

use crate::{StoreError, Tx, viewing};
pub use follow::{Followed, follow};

/// What of `query` the actor may see, in the part that `window` names. `unpublished` for an actor that may read what its organization
/// has not published.
///
/// # Errors
/// When the database is away, or the index cannot be read.
pub async fn find(tx: &Tx, query: Query, window: Window, unpublished: bool) -> Result<Arc<Found>, StoreError> {
    let sight = sight(tx, unpublished).await?;
    asked(tx, move |index| index.find_cached(&sight, &query, &window)).await
}

/// What can be meant by the beginning of a search: of what the actor may see.
///
/// # Errors
/// As [`find`].
pub async fn suggest(
    tx: &Tx,
    question: Question,
    limit: usize,
    unpublished: bool,
) -> Result<Vec<Suggestion>, StoreError> {
    let sight = sight(tx, unpublished).await?;
    asked(tx, move |index| index.suggest(&sight, &question, limit)).await
}

/// Begins a search of at most `max` hits that something narrows which the index does not know, such as a price; `None` if there are more.
///
/// # Errors
/// As [`find`].
pub async fn begin(tx: &Tx, query: Query, max: usize, unpublished: bool) -> Result<Option<Narrowing>, StoreError> {
    let sight = sight(tx, unpublished).await?;
    asked(tx, move |index| index.begin(&sight, &query, max)).await
}

/// What is told of those products of a search that are in `kept`; as [`Narrowing::narrowed`].
///
/// # Errors
/// When the index cannot be read.
pub async fn narrowed(narrowing: Narrowing, kept: HashSet<Uuid>) -> Result<Found, StoreError> {
    off_thread(move || narrowing.narrowed(&kept)).await
}

/// What the actor may see: one statement.
async fn sight(tx: &Tx, unpublished: bool) -> Result<Sight, StoreError> {
    let mut groups: Vec<Uuid> = viewing::groups_of_goods(tx).await?.into_iter().map(Id::uuid).collect();
    // They come in one or two runs that are sorted already.
    groups.sort();
    groups.dedup();
    Ok(Sight { groups: groups.into(), own: tx.actor().organization.map(Id::uuid), unpublished })
}

/// Asks the index off the threads that serve: a broad search takes milliseconds.
async fn asked<T: Send + 'static>(
    tx: &Tx,
    ask: impl FnOnce(&SearchIndex) -> tantivy::Result<T> + Send + 'static,
) -> Result<T, StoreError> {
    let index = tx.search_index().ok_or_else(|| StoreError::Search("this process keeps no index".to_owned()))?.clone();
    off_thread(move || ask(&index)).await
}

async fn off_thread<T: Send + 'static>(
    work: impl FnOnce() -> tantivy::Result<T> + Send + 'static,
) -> Result<T, StoreError> {
    let done = tokio::task::spawn_blocking(work).await;
    done.map_err(|error| StoreError::Search(error.to_string()))?.map_err(StoreError::from)
}
