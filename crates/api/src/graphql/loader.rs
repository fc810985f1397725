//! Batched loading: what one answer needs of a kind is fetched by one statement.

use std::collections::HashMap;
use std::hash::Hash;
use std::sync::Arc;

use async_graphql::Context;
use async_graphql::dataloader::{DataLoader, Loader};
use tradehall_domain::access::Permission;
use tradehall_domain::id::Id;
use tradehall_persistence::{Page, PageRequest, StoreError, Tx};

use super::answer_budget::AnswerBudget;
use super::batching;
use crate::app::{Error, Session};

/// Loads by key within one request; each capability says how for its own keys.
#[derive(Debug, Clone)]
pub struct Batch {
    session: Session,
}

/// The request's loader.
pub type Loaders = DataLoader<Batch>;

/// The loader for one request. Nothing is cached across mutations of one document, so nothing stale is shown.
#[must_use]
pub fn loaders(session: Session) -> Loaders {
    DataLoader::new(Batch { session }, batching::send).delay(std::time::Duration::ZERO)
}

/// The session behind a field.
///
/// # Errors
/// Only if the endpoint forgot to say who asks, which refuses everything.
pub fn session<'a>(ctx: &Context<'a>) -> async_graphql::Result<&'a Session> {
    ctx.data::<Session>()
}

impl Batch {
    /// Who asks.
    #[must_use]
    pub const fn session(&self) -> &Session {
        &self.session
    }

    /// The request's read transaction.
    ///
    /// # Errors
    /// That the database is away.
    pub async fn reading(&self) -> Result<Arc<Tx>, Arc<Error>> {
        self.session.reading().await.map_err(Arc::new)
    }

    /// The same for an actor who may do what `permission` names: objects are refused alike on every path that leads to them.
    ///
    /// # Errors
    /// That the actor may not, or that the database is away.
    pub async fn reading_with(&self, permission: Permission) -> Result<Arc<Tx>, Arc<Error>> {
        self.session.require(permission).map_err(Arc::new)?;
        self.reading().await
    }

    /// Fetches what is behind `ids` by one statement and sorts it by id.
    ///
    /// # Errors
    /// What the statement ran into; shared, because every field that waits for it is told.
    pub async fn many<T, V>(
        &self,
        ids: &[Id<T>],
        fetch: impl AsyncFn(&Tx, &[Id<T>]) -> Result<Vec<V>, StoreError>,
        id: impl Fn(&V) -> Id<T>,
    ) -> Result<HashMap<Id<T>, V>, Arc<Error>> {
        let tx = self.reading().await?;
        let found = fetch(&tx, ids).await.map_err(|error| Arc::new(Error::from(error)))?;
        Ok(found.into_iter().map(|value| (id(&value), value)).collect())
    }
}

/// A page of what belongs to one thing, as a key: pages that are asked for alike are read together.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct PageOf<K> {
    /// Of which thing.
    pub of: K,
    /// Which page.
    pub page: PageRequest,
}

impl Batch {
    /// Fetches the pages behind `keys`: one statement for all that ask for the same part of their lists.
    ///
    /// # Errors
    /// What the statements ran into; shared, because every field that waits for them is told.
    pub async fn pages<T, V: Clone>(
        &self,
        keys: &[PageOf<Id<T>>],
        fetch: impl AsyncFn(&Tx, &[Id<T>], &PageRequest) -> Result<HashMap<Id<T>, Page<V>>, StoreError>,
    ) -> Result<HashMap<PageOf<Id<T>>, Page<V>>, Arc<Error>> {
        let tx = self.reading().await?;
        let mut alike: HashMap<&PageRequest, Vec<Id<T>>> = HashMap::new();
        for key in keys {
            alike.entry(&key.page).or_default().push(key.of);
        }
        let mut found = HashMap::new();
        for (page, of) in alike {
            let pages = fetch(&tx, &of, page).await.map_err(|error| Arc::new(Error::from(error)))?;
            found.extend(pages.into_iter().map(|(of, rows)| (PageOf { of, page: page.clone() }, rows)));
        }
        Ok(found)
    }
}

/// The same for what belongs to each key: a list per key, empty where there is nothing.
pub fn grouped<K: Hash + Eq + Copy, V>(keys: &[K], values: Vec<V>, key: impl Fn(&V) -> K) -> HashMap<K, Vec<V>> {
    let mut groups: HashMap<K, Vec<V>> = keys.iter().map(|key| (*key, Vec::new())).collect();
    for value in values {
        groups.entry(key(&value)).or_default().push(value);
    }
    groups
}

/// What is behind `id`, loaded together with what other fields ask for; nothing where it is not there for this actor.
///
/// # Errors
/// What the statement ran into.
pub async fn load_maybe<K, V>(ctx: &Context<'_>, id: K) -> async_graphql::Result<Option<V>>
where
    Batch: Loader<K, Value = V, Error = Arc<Error>>,
    K: Send + Sync + Hash + Eq + Clone + 'static,
    V: Send + Sync + Clone + 'static,
{
    let loaders = ctx.data::<Loaders>()?;
    match loaders.load_one(id).await {
        Ok(found) => {
            counted(ctx, 1)?;
            Ok(found)
        }
        Err(error) => Err(session(ctx)?.fail_shared(&error)),
    }
}

/// The same where it must be there: NOT_FOUND when it is not, or not for this actor.
///
/// # Errors
/// NOT_FOUND, or what the statement ran into.
pub async fn load_one<K, V>(ctx: &Context<'_>, id: K) -> async_graphql::Result<V>
where
    Batch: Loader<K, Value = V, Error = Arc<Error>>,
    K: Send + Sync + Hash + Eq + Clone + 'static,
    V: Send + Sync + Clone + 'static,
{
    match load_maybe(ctx, id).await? {
        Some(found) => Ok(found),
        None => Err(session(ctx)?.fail(Error::NotFound)),
    }
}

/// The session behind a field, if its actor may do what `permission` names.
///
/// # Errors
/// UNAUTHENTICATED or FORBIDDEN.
pub fn allowed<'a>(ctx: &Context<'a>, permission: Permission) -> async_graphql::Result<&'a Session> {
    let session = session(ctx)?;
    session.require(permission).map_err(|error| session.fail(error))?;
    Ok(session)
}

/// The list behind `key`, loaded together with what other fields ask for.
///
/// # Errors
/// What the statement ran into.
pub async fn load_list<K, V>(ctx: &Context<'_>, key: K) -> async_graphql::Result<Vec<V>>
where
    Batch: Loader<K, Value = Vec<V>, Error = Arc<Error>>,
    K: Send + Sync + Hash + Eq + Clone + 'static,
    V: Send + Sync + Clone + 'static,
{
    let list = load_maybe(ctx, key).await?.unwrap_or_default();
    counted(ctx, list.len())?;
    Ok(list)
}

/// Takes so many objects from what the answer may hold, where a field does not load them by one of these functions.
///
/// # Errors
/// LIMIT_EXCEEDED.
pub fn counted(ctx: &Context<'_>, objects: usize) -> async_graphql::Result<()> {
    match ctx.data_opt::<AnswerBudget>().map_or(Ok(()), |budget| budget.take(objects)) {
        Ok(()) => Ok(()),
        Err(error) => Err(session(ctx)?.fail(error)),
    }
}
