//! One batch per level, whatever the number of fields and threads.

use std::collections::HashMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use async_graphql::dataloader::{DataLoader, Loader};
use async_graphql::{Context, EmptyMutation, EmptySubscription, Object, Result, Schema};

use super::{batched, send};

/// Answers each number with its half, after a wait, and counts how often it is asked.
struct Halves(Arc<AtomicUsize>);

impl Loader<u32> for Halves {
    type Value = u32;
    type Error = String;

    async fn load(&self, numbers: &[u32]) -> Result<HashMap<u32, u32>, String> {
        self.0.fetch_add(1, Ordering::SeqCst);
        // As a database would: the answer comes from outside.
        tokio::time::sleep(std::time::Duration::from_millis(1)).await;
        Ok(numbers.iter().map(|number| (*number, number / 2)).collect())
    }
}

/// A number that is found more slowly.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
struct Slow(u32);

impl Loader<Slow> for Halves {
    type Value = u32;
    type Error = String;

    async fn load(&self, numbers: &[Slow]) -> Result<HashMap<Slow, u32>, String> {
        self.0.fetch_add(1, Ordering::SeqCst);
        tokio::time::sleep(std::time::Duration::from_millis(20)).await;
        Ok(numbers.iter().map(|number| (*number, number.0 + 1_000)).collect())
    }
}

struct Query;

#[Object]
impl Query {
    async fn numbers(&self, count: u32) -> Vec<Number> {
        (0..count).map(Number).collect()
    }
}

struct Number(u32);

#[Object]
impl Number {
    async fn value(&self) -> u32 {
        self.0
    }

    async fn half(&self, ctx: &Context<'_>) -> Result<Number> {
        let half = ctx.data::<DataLoader<Halves>>()?.load_one(self.0).await?;
        Ok(Number(half.ok_or("no half")?))
    }

    async fn slow(&self, ctx: &Context<'_>) -> Result<Number> {
        let found = ctx.data::<DataLoader<Halves>>()?.load_one(Slow(self.0)).await?;
        Ok(Number(found.ok_or("nothing")?))
    }

    async fn copies(&self) -> Vec<Number> {
        (0..40).map(|_| Number(self.0)).collect()
    }
}

async fn batches(document: &str) -> usize {
    let asked = Arc::new(AtomicUsize::new(0));
    let loader = DataLoader::new(Halves(asked.clone()), send).delay(std::time::Duration::ZERO);
    let schema = Schema::build(Query, EmptyMutation, EmptySubscription).data(loader).finish();
    let response = batched(schema.execute(document)).await;
    assert!(response.errors.is_empty(), "{:?}", response.errors);
    asked.load(Ordering::SeqCst)
}

async fn told() {
    for count in [1, 30, 31, 100, 1_000] {
        let level = format!("{{ numbers(count: {count}) {{ value half {{ value }} }} }}");
        assert_eq!(batches(&level).await, 1, "{count}");
        let levels = format!("{{ numbers(count: {count}) {{ half {{ half {{ half {{ value }} }} }} }} }}");
        assert_eq!(batches(&levels).await, 3, "{count}");
    }
    // Lists in lists: 4 000 fields ask at once.
    assert_eq!(batches("{ numbers(count: 100) { copies { half { value } } half { value } } }").await, 1);
    assert_eq!(batches("{ numbers(count: 100) { value } }").await, 0);
    // What a quick batch and a slow one lead to is asked for together: two at first, one after them.
    assert_eq!(batches("{ numbers(count: 40) { half { half { value } } slow { half { value } } } }").await, 3);
}

#[tokio::test]
async fn on_one_thread() {
    told().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn on_several_threads() {
    told().await;
}

#[tokio::test]
async fn without_an_operation_a_batch_runs_by_itself() {
    let asked = Arc::new(AtomicUsize::new(0));
    let loader = DataLoader::new(Halves(asked.clone()), send).delay(std::time::Duration::ZERO);
    assert_eq!(loader.load_one(8).await, Ok(Some(4)));
}

#[tokio::test]
async fn operations_beside_each_other_do_not_mix() {
    let documents = (0..20).map(|n| async move {
        let document = format!("{{ numbers(count: {}) {{ half {{ value }} }} }}", 40 + n);
        batches(&document).await
    });
    let counts = futures_util::future::join_all(documents).await;
    assert!(counts.iter().all(|count| *count == 1), "{counts:?}");
}
