//! Fields that do what transports have to live with: they wait, fail, panic, flood.

use std::{
    future::pending,
    sync::{Arc, atomic::Ordering::SeqCst},
};

use async_graphql::{
    Context, Error, ErrorExtensions as _, InputValueError, InputValueResult, Object, Result, Scalar, ScalarType,
    Subscription, Value,
};
use futures_util::{Stream, StreamExt as _, stream};

use super::{Fresh, Guest, Seen, Waiting};

/// A date whose format is found wrong only when a field takes it.
struct Day(String);

#[Scalar]
impl ScalarType for Day {
    fn parse(value: Value) -> InputValueResult<Self> {
        match value {
            Value::String(day) if day.len() == 10 => Ok(Self(day)),
            Value::String(_) => Err(InputValueError::custom("not a date")),
            other => Err(InputValueError::expected_type(other)),
        }
    }

    fn to_value(&self) -> Value {
        Value::String(self.0.clone())
    }
}

pub struct Item(i32);

#[Object]
impl Item {
    async fn number(&self) -> i32 {
        self.0
    }

    async fn items(&self, first: i32) -> Vec<Item> {
        (0..first).map(Item).collect()
    }
}

pub struct Query(pub Arc<Seen>);

#[Object]
impl Query {
    async fn hello(&self) -> &str {
        "world"
    }

    async fn who(&self, ctx: &Context<'_>) -> Result<String> {
        Ok(format!("{} {}", ctx.data::<Guest>()?.name, ctx.data::<Fresh>()?.0))
    }

    async fn echo(&self, text: String) -> String {
        text
    }

    async fn sum(&self, numbers: Vec<i32>) -> i32 {
        numbers.iter().sum()
    }

    async fn day(&self, day: Option<Day>) -> Option<String> {
        day.map(|day| day.0)
    }

    async fn items(&self, first: i32) -> Vec<Item> {
        (0..first).map(Item).collect()
    }

    async fn wait(&self) -> bool {
        let _waiting = Waiting::new(&self.0);
        self.0.release.notified().await;
        true
    }

    /// Done after whatever was asked for with it.
    async fn late(&self) -> bool {
        tokio::task::yield_now().await;
        true
    }

    async fn missing(&self) -> Result<Option<bool>> {
        Err(Error::new("Not here.").extend_with(|_, e| e.set("code", "NOT_FOUND")))
    }

    async fn broken(&self) -> Result<Option<bool>> {
        Err(Error::new("SELECT secret FROM vault"))
    }

    async fn missing_and_required(&self) -> Result<bool> {
        Err(Error::new("Not here.").extend_with(|_, e| e.set("code", "NOT_FOUND")))
    }

    async fn panics(&self) -> Option<i32> {
        "rubbish".parse().map(Some).expect("a resolver that panics, as this test wants it")
    }
}

pub struct Mutation(pub Arc<Seen>);

#[Object]
impl Mutation {
    async fn act(&self) -> usize {
        self.0.mutations.fetch_add(1, SeqCst) + 1
    }
}

pub struct Ticks(pub Arc<Seen>);

#[Subscription]
impl Ticks {
    async fn count(&self, to: i32) -> impl Stream<Item = i32> {
        stream::iter(1..=to)
    }

    /// One event, then nothing more; it waits until it is dropped.
    async fn endless(&self) -> impl Stream<Item = bool> {
        let waiting = Waiting::new(&self.0);
        stream::iter([true]).chain(stream::once(async move {
            let _waiting = waiting;
            pending().await
        }))
    }

    async fn flood(&self) -> impl Stream<Item = String> {
        let waiting = Waiting::new(&self.0);
        stream::repeat_with(move || {
            let _ = &waiting;
            "x".repeat(64 * 1024)
        })
    }

    async fn refused(&self) -> Result<impl Stream<Item = bool>> {
        match 0 {
            0 => Err(Error::new("Not here.").extend_with(|_, e| e.set("code", "NOT_FOUND"))),
            _ => Ok(stream::pending()),
        }
    }
}
