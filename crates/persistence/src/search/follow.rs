//! Following the database: each node brings its own index up to the events that the relay has numbered.
//!
//! The position is part of the index's commit, so a process that is killed at any moment goes on where its last commit stands; a
//! product that is put in twice is there once. An index that was never built is built first, in parts that are committed one by one.

use std::collections::BTreeSet;
use std::time::{Duration, Instant};

use jiff::Timestamp;
use tradehall_domain::access::{Actor, SystemTask};
use tradehall_domain::catalog::{CategoryId, Product, ProductId};
use tradehall_domain::event::SubjectKind;
use tradehall_domain::id::Id;
use tradehall_domain::organization::OrganizationId;
use tradehall_domain::publishing::CatalogVersionId;
use uuid::Uuid;

use super::describe::describe;
use super::index::{Position, SearchIndex, Writing};
use crate::catalog::product;
use crate::event::{StoredEvent, relay};
use crate::publishing::{change, version};
use crate::{Meter, Store, StoreError, Tx};

/// How many events are read at once.
const EVENTS: u64 = 500;

/// How many products are read at once.
const PRODUCTS: u64 = 1_000;

/// How many products are put in between two commits of a building.
const BUILT_AT_ONCE: u64 = 20_000;

/// How long changes may wait for a commit while more of them come.
const COMMIT_AFTER: Duration = Duration::from_millis(200);

/// What one step did.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Followed {
    /// How many products were put in or taken out.
    pub products: u64,
    /// Whether another step may find more at once.
    pub more: bool,
    /// Whether the index does not hold all products yet.
    pub building: bool,
}

/// Does a bounded part of what the index lacks, and shows it to searches. Does nothing in a process that keeps no index; only looks
/// for what was committed in one that may not change it because another does.
///
/// # Errors
/// When the database is away or the index cannot be written: what was committed stays, the next step goes on from there.
pub async fn follow(store: &Store) -> Result<Followed, StoreError> {
    let Some(index) = store.search_index() else { return Ok(Followed::default()) };
    let mut slot = index.writing().await;
    let mut writing = match slot.take() {
        Some(writing) => writing,
        None => match index.write()? {
            Some(writing) => writing,
            None => {
                index.refresh_if_changed()?;
                return Ok(Followed::default());
            }
        },
    };
    // Whatever fails, the writer is dropped with what it has not committed.
    let followed = step(store, index, &mut writing).await?;
    *slot = Some(writing);
    Ok(followed)
}

async fn step(store: &Store, index: &SearchIndex, writing: &mut Writing) -> Result<Followed, StoreError> {
    let tx = store.read(Actor::system(SystemTask::Relay), Meter::default()).await?;
    let before = writing.position;
    let mut followed = match before {
        Position::Empty => {
            writing.position = Position::Building { head: relay::head(&tx).await?, after: Uuid::nil() };
            Followed { more: true, building: true, ..Followed::default() }
        }
        Position::Building { head, after } => build(&tx, writing, head, after).await?,
        Position::Following(position) => catch_up(&tx, writing, position).await?,
    };
    drop(tx);
    if before == writing.position {
        followed.more = false;
    } else {
        #[cfg(feature = "faults")]
        crate::fault::point().await;
        writing.commit()?;
        #[cfg(feature = "faults")]
        crate::fault::point().await;
        index.refresh()?;
    }
    Ok(followed)
}

/// Puts in the next part of all products.
async fn build(tx: &Tx, writing: &mut Writing, head: i64, mut after: Uuid) -> Result<Followed, StoreError> {
    let mut products = 0;
    while products < BUILT_AT_ONCE {
        let found = product::next(tx, ProductId::from_uuid(after), PRODUCTS).await?;
        let Some(last) = found.last() else {
            writing.position = Position::Following(head);
            return Ok(Followed { products, more: true, building: false });
        };
        after = last.id.uuid();
        products += found.len() as u64;
        put(tx, writing, found).await?;
    }
    writing.position = Position::Building { head, after };
    Ok(Followed { products, more: true, building: true })
}

/// Does what the next events ask for.
async fn catch_up(tx: &Tx, writing: &mut Writing, mut position: i64) -> Result<Followed, StoreError> {
    let begun = Instant::now();
    let mut products = 0;
    loop {
        let events = relay::after(tx, position, EVENTS).await?;
        let full = events.len() as u64 == EVENTS;
        position = events.last().and_then(|event| event.position).unwrap_or(position);
        products += touch(tx, writing, &Touched::by(&events)).await?;
        if !full || begun.elapsed() >= COMMIT_AFTER {
            // Events that concern no product are passed over without a commit, as long as they are few.
            let idle = products == 0 && !full;
            writing.position = Position::Following(position);
            if idle {
                return Ok(Followed::default());
            }
            return Ok(Followed { products, more: full, building: false });
        }
    }
}

/// What events touch.
#[derive(Debug, Default, PartialEq, Eq)]
struct Touched {
    products: BTreeSet<Uuid>,
    /// Every product in them or below them.
    categories: BTreeSet<Uuid>,
    /// Catalog versions that went live: one event for all products of each.
    versions: Vec<CatalogVersionId>,
    /// Owners who sorted their products into assortments, and since when.
    sorted: Vec<(OrganizationId, Timestamp)>,
}

impl Touched {
    /// What each kind of event means to the index. A kind that shows other products, or shows them differently, has to stand here.
    fn by(events: &[StoredEvent]) -> Self {
        let mut touched = Self::default();
        for event in events {
            match (event.subject.kind, event.kind.as_str()) {
                (SubjectKind::Product, "CATEGORY_REVISED") => {
                    touched.categories.insert(event.subject.id);
                }
                // A new category has no products yet.
                (SubjectKind::Product, "CATEGORY_ADDED") => {}
                (SubjectKind::Product, _) => {
                    touched.products.insert(event.subject.id);
                }
                (SubjectKind::CatalogVersion, "CATALOG_VERSION_PUBLISHED") => {
                    touched.versions.push(Id::from_uuid(event.subject.id));
                }
                // The products that it sorted anew carry the time of its transaction.
                (SubjectKind::Assortment, _) => {
                    touched.sorted.extend(event.audience.organization.map(|owner| (owner, event.occurred_at)));
                }
                _ => {}
            }
        }
        touched
    }
}

async fn touch(tx: &Tx, writing: &mut Writing, touched: &Touched) -> Result<u64, StoreError> {
    let ids: Vec<ProductId> = touched.products.iter().copied().map(Id::from_uuid).collect();
    let mut count = ids.len() as u64;
    if !ids.is_empty() {
        let found = product::load_many(tx, &ids).await?;
        put(tx, writing, found).await?;
    }
    for category in &touched.categories {
        let mut after = ProductId::from_uuid(Uuid::nil());
        loop {
            let found = product::next_below(tx, CategoryId::from_uuid(*category), after, PRODUCTS).await?;
            let Some(last) = found.last() else { break };
            after = last.id;
            count += found.len() as u64;
            put(tx, writing, found).await?;
        }
    }
    let versions = match touched.versions.as_slice() {
        [] => Vec::new(),
        versions => version::load_many(tx, versions).await?,
    };
    for version in versions {
        let mut after = None;
        loop {
            let ids = change::products_of(tx, &version, after, PRODUCTS).await?;
            let Some(last) = ids.last() else { break };
            after = Some(*last);
            count += ids.len() as u64;
            let found = product::load_many(tx, &ids).await?;
            put(tx, writing, found).await?;
        }
    }
    for (owner, since) in &touched.sorted {
        let mut after = ProductId::from_uuid(Uuid::nil());
        loop {
            let found = product::next_sorted(tx, *owner, *since, after, PRODUCTS).await?;
            let Some(last) = found.last() else { break };
            after = last.id;
            count += found.len() as u64;
            put(tx, writing, found).await?;
        }
    }
    Ok(count)
}

async fn put(tx: &Tx, writing: &mut Writing, products: Vec<Product>) -> Result<(), StoreError> {
    for described in describe(tx, products).await? {
        writing.put(&described)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use tradehall_domain::event::{Audience, Subject};

    use super::*;

    fn event(kind: SubjectKind, what: &str) -> StoredEvent {
        StoredEvent {
            id: Id::new(),
            position: Some(1),
            audience: Audience::only(Id::new()),
            subject: Subject { kind, id: Uuid::max() },
            kind: what.to_owned(),
            payload: "{}".to_owned(),
            principal: None,
            occurred_at: Timestamp::UNIX_EPOCH,
        }
    }

    #[test]
    fn events_touch_what_they_change() {
        let by = |kind, what| Touched::by(&[event(kind, what)]);
        assert_eq!(by(SubjectKind::Product, "PRODUCT_REVISED").products.len(), 1);
        assert_eq!(by(SubjectKind::Product, "CATEGORY_REVISED").categories.len(), 1);
        assert_eq!(by(SubjectKind::Product, "CATEGORY_ADDED"), Touched::default());
        assert_eq!(by(SubjectKind::Order, "ORDER_PLACED"), Touched::default());
        assert_eq!(by(SubjectKind::Assortment, "ASSORTMENT_AMENDED").sorted.len(), 1);
    }
}
