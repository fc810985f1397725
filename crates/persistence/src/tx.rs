//! One transaction of one actor: the only door to the database.

mod among;
mod frame;

use std::sync::{Arc, Mutex};
use std::time::Duration;

use futures_util::TryStreamExt as _;
use jiff::Timestamp;
use sea_orm::sea_query::LockType;
use sea_orm::{
    Condition, ConnectionTrait, DatabaseTransaction, DbBackend, EntityTrait, FromQueryResult, ModelTrait, QueryFilter,
    QueryResult, QuerySelect, QueryTrait, Select, SelectTwo, Statement, StreamTrait as _, Value,
};
use tradehall_domain::access::Actor;
use tradehall_domain::id::Id;
use uuid::Uuid;

pub(crate) use among::is_storable;
pub(crate) use frame::Frame;

use crate::page::{Page, PageRequest, Sort, paged};
use crate::scope::{Scope, Scoped};
use crate::search::index::SearchIndex;
use crate::store::Wake;
use crate::write::Batch;
use crate::{Engine, Meter, StoreError};

/// Rows that one statement may answer to a tenant who only reads: beyond what any list of one thing holds, and within what fits into
/// memory. What a command has to look at is bounded by its own rules, and must not become impossible.
pub const ROWS_MAX: usize = 50_000;

/// A transaction that belongs to an [`Actor`]. Query functions take `&Tx`; functions that write take `&mut Tx`.
///
/// Dropped without [`commit`](Self::commit), it leaves nothing behind.
pub struct Tx {
    inner: DatabaseTransaction,
    engine: Engine,
    actor: Actor,
    scope: Scope,
    /// Whether its answers may have [`ROWS_MAX`] rows and no more.
    is_bounded: bool,
    now: Timestamp,
    meter: Meter,
    pending: Mutex<Pending>,
    wake: Wake,
    search: Option<Arc<SearchIndex>>,
    /// Whose turns it has.
    turns: Vec<Uuid>,
}

/// What waits to be written.
#[derive(Debug, Default)]
struct Pending {
    /// In the order in which it must be written.
    batches: Vec<Batch>,
    /// Rows that point at nothing and that nothing points at: they can wait for all others and so need no more than one batch.
    last: Option<Batch>,
}

impl std::fmt::Debug for Tx {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Tx").field("engine", &self.engine).field("actor", &self.actor).finish_non_exhaustive()
    }
}

impl Tx {
    pub(crate) fn new(inner: DatabaseTransaction, actor: Actor, read_only: bool, frame: Frame) -> Self {
        let Frame { engine, now, meter, wake, search } = frame;
        let scope = Scope::of(&actor);
        let is_bounded = read_only && !scope.is_system();
        Self {
            inner,
            engine,
            actor,
            scope,
            is_bounded,
            now,
            meter,
            pending: Mutex::default(),
            wake,
            search,
            turns: Vec::new(),
        }
    }

    /// On whose behalf.
    #[must_use]
    pub const fn actor(&self) -> &Actor {
        &self.actor
    }

    /// The time of this transaction, the same however long it takes, in whole microseconds.
    #[must_use]
    pub const fn now(&self) -> Timestamp {
        self.now
    }

    pub(crate) const fn engine(&self) -> Engine {
        self.engine
    }

    /// A query over the rows of `E` that the actor may see.
    pub(crate) fn find<E: Scoped>(&self) -> Select<E> {
        #[expect(clippy::disallowed_methods, reason = "this is where visibility is applied")]
        let select = E::find();
        if self.scope.is_system() { select } else { select.filter(E::visible_to(&self.scope)) }
    }

    /// Which rows of `E` the actor may see, for a query that joins them.
    pub(crate) fn visible<E: Scoped>(&self) -> Condition {
        if self.scope.is_system() { Condition::all() } else { E::visible_to(&self.scope) }
    }

    /// The same, each row locked until the transaction ends. SQLite has one writer, so there the row is ours already.
    pub(crate) fn find_for_update<E: Scoped>(&mut self) -> Select<E> {
        let select = self.find::<E>();
        match self.engine {
            Engine::Postgres => select.lock_exclusive(),
            Engine::Sqlite => select,
        }
    }

    /// `select`, each of its rows of `E` held against change while others may hold it too; what is joined to them is not.
    pub(crate) fn share<E: EntityTrait, F: EntityTrait>(&mut self, mut select: SelectTwo<E, F>) -> SelectTwo<E, F> {
        if self.engine == Engine::Postgres {
            QuerySelect::query(&mut select).lock_with_tables(LockType::Share, [E::default().table_ref()]);
        }
        select
    }

    /// Makes transactions that name the same `subject` take turns from here on, each until it ends: for rules that span rows, such
    /// as that a tree has no cycle. SQLite has one writer, so there it is our turn already.
    pub(crate) async fn take_turns<T>(&mut self, subject: Id<T>) -> Result<(), StoreError> {
        if self.engine == Engine::Postgres && !self.turns.contains(&subject.uuid()) {
            let key = Value::from(subject.to_string());
            self.query("SELECT pg_advisory_xact_lock(hashtextextended($1, 0))", [key]).await?;
            self.turns.push(subject.uuid());
        }
        Ok(())
    }

    /// Gives each further statement of this transaction `time`, where it would have less. SQLite's statements run within the time of
    /// the request anyway.
    ///
    /// # Errors
    /// When the database is away.
    pub async fn grant_time(&mut self, time: Duration) -> Result<(), StoreError> {
        if self.engine == Engine::Postgres {
            let sql = "SELECT set_config('statement_timeout', $1::text, true) FROM pg_settings \
                       WHERE name = 'statement_timeout' AND setting::bigint BETWEEN 1 AND $2";
            let time_ms = i64::try_from(time.as_millis()).unwrap_or(i64::MAX);
            self.query(sql, [time_ms.to_string().into(), time_ms.into()]).await?;
        }
        Ok(())
    }

    /// The rows of a query.
    pub(crate) async fn all<E: EntityTrait>(&self, select: Select<E>) -> Result<Vec<E::Model>, StoreError> {
        let rows = self.rows(select.build(self.backend())).await?;
        Ok(rows.iter().map(|row| E::Model::from_query_result(row, "")).collect::<Result<_, _>>()?)
    }

    /// The rows of a query that joins, as they come. The actor sees what is joined only as far as the query says so.
    pub(crate) async fn joined<E: EntityTrait, F: EntityTrait>(
        &self,
        select: SelectTwo<E, F>,
    ) -> Result<Vec<QueryResult>, StoreError> {
        self.rows(select.build(self.backend())).await
    }

    /// The row of a query, if it has one.
    pub(crate) async fn maybe<E: EntityTrait>(&self, select: Select<E>) -> Result<Option<E::Model>, StoreError> {
        let rows = self.rows(select.limit(1).build(self.backend())).await?;
        Ok(rows.first().map(|row| E::Model::from_query_result(row, "")).transpose()?)
    }

    /// The row of a query, or [`StoreError::NotFound`].
    pub(crate) async fn one<E: EntityTrait>(&self, select: Select<E>) -> Result<E::Model, StoreError> {
        self.maybe(select).await?.ok_or(StoreError::NotFound)
    }

    /// One page of a query.
    pub(crate) async fn page<E>(
        &self,
        select: Select<E>,
        request: &PageRequest,
        sort: &Sort<E::Column>,
    ) -> Result<Page<E::Model>, StoreError>
    where
        E: EntityTrait,
        E::Column: sea_orm::sea_query::IntoIden,
    {
        let rows = self.all(paged(select, request, sort)).await?;
        Ok(Page::of(rows, request))
    }

    /// The rows of a statement written by hand. Its author answers for its visibility: on SQLite nothing else does.
    pub(crate) async fn query(
        &self,
        sql: &str,
        values: impl IntoIterator<Item = Value>,
    ) -> Result<Vec<QueryResult>, StoreError> {
        self.rows(Statement::from_sql_and_values(self.backend(), sql, values)).await
    }

    /// Runs a statement written by hand and answers how many rows it changed.
    pub(crate) async fn run(&mut self, sql: &str, values: impl IntoIterator<Item = Value>) -> Result<u64, StoreError> {
        self.flush().await?;
        self.before_statement().await;
        let statement = Statement::from_sql_and_values(self.backend(), sql, values);
        Ok(self.inner.execute_raw(statement).await?.rows_affected())
    }

    /// Deletes the rows of `E` whose `column` is one of `ids`, of those that the actor may see. Answers how many.
    pub(crate) async fn delete<E: Scoped, T>(&mut self, column: E::Column, ids: &[Id<T>]) -> Result<u64, StoreError> {
        self.flush().await?;
        self.before_statement().await;
        #[expect(clippy::disallowed_methods, reason = "this is where visibility is applied")]
        let mut delete = E::delete_many().filter(self.among(column, ids));
        if !self.scope.is_system() {
            delete = delete.filter(E::visible_to(&self.scope));
        }
        Ok(self.inner.execute_raw(delete.build(self.backend())).await?.rows_affected())
    }

    /// Adds rows, when the gathered writes are next sent.
    pub(crate) fn insert_all<M: ModelTrait>(&mut self, models: &[M]) -> Result<(), StoreError> {
        if models.is_empty() { Ok(()) } else { self.gather(Batch::insert(models)?) }
    }

    /// Adds a row.
    pub(crate) fn insert<M: ModelTrait>(&mut self, model: M) -> Result<(), StoreError> {
        self.insert_all(&[model])
    }

    /// Replaces rows by `models`, each a version newer than what is stored; [`StoreError::Stale`] when one is not.
    pub(crate) fn save_all<M: ModelTrait>(&mut self, models: &[M]) -> Result<(), StoreError> {
        if models.is_empty() { Ok(()) } else { self.gather(Batch::save(models)?) }
    }

    /// Replaces a row.
    pub(crate) fn save<M: ModelTrait>(&mut self, model: M) -> Result<(), StoreError> {
        self.save_all(&[model])
    }

    /// Adds rows without foreign keys to or from any other, after whatever else waits.
    pub(crate) fn insert_last<M: ModelTrait>(&mut self, models: &[M]) -> Result<(), StoreError> {
        if models.is_empty() {
            return Ok(());
        }
        let batch = Batch::insert(models)?;
        let mut pending = self.pending()?;
        match pending.last.take() {
            Some(mut last) => {
                // A row that is there already is the same mistake as anywhere else: the database refuses it.
                if let Err(batch) = last.absorb(batch) {
                    pending.batches.push(batch);
                }
                pending.last = Some(last);
            }
            None => pending.last = Some(batch),
        }
        Ok(())
    }

    fn gather(&self, batch: Batch) -> Result<(), StoreError> {
        let mut pending = self.pending()?;
        match pending.batches.last_mut() {
            Some(last) => {
                if let Err(batch) = last.absorb(batch) {
                    pending.batches.push(batch);
                }
            }
            None => pending.batches.push(batch),
        }
        Ok(())
    }

    fn pending(&self) -> Result<std::sync::MutexGuard<'_, Pending>, StoreError> {
        self.pending.lock().map_err(|_| StoreError::Corrupt("a writer panicked".to_owned()))
    }

    /// Sends the gathered writes now, so that a broken constraint shows here and not at the commit.
    ///
    /// # Errors
    /// [`StoreError::Conflict`], [`StoreError::Stale`], or that the database is away.
    pub async fn flush(&self) -> Result<(), StoreError> {
        let pending = std::mem::take(&mut *self.pending()?);
        let mut group: Vec<Batch> = Vec::new();
        for batch in pending.batches.into_iter().chain(pending.last) {
            if group.iter().any(|other| other.touches(&batch)) {
                self.send(std::mem::take(&mut group)).await?;
            }
            group.push(batch);
        }
        self.send(group).await
    }

    async fn send(&self, group: Vec<Batch>) -> Result<(), StoreError> {
        match self.engine {
            _ if group.is_empty() => Ok(()),
            Engine::Sqlite => {
                for batch in group {
                    self.before_statement().await;
                    let statement =
                        Statement::from_sql_and_values(DbBackend::Sqlite, batch.sqlite(), [batch.parameter()]);
                    let written = self.inner.execute_raw(statement).await?.rows_affected();
                    expect(written, batch.len())?;
                }
                Ok(())
            }
            Engine::Postgres => {
                self.before_statement().await;
                let mut parts = Vec::new();
                let mut counts = Vec::new();
                for (n, batch) in group.iter().enumerate() {
                    parts.push(format!("w{n} AS ({} RETURNING 1)", batch.postgres(n + 1)));
                    counts.push(format!("(SELECT count(*) FROM w{n})"));
                }
                let sql = format!("WITH {} SELECT {}", parts.join(", "), counts.join(", "));
                let parameters = group.iter().map(Batch::parameter);
                let statement = Statement::from_sql_and_values(DbBackend::Postgres, sql, parameters);
                let row = self.inner.query_one_raw(statement).await?.ok_or(StoreError::NotFound)?;
                for (n, batch) in group.iter().enumerate() {
                    expect(row.try_get_by_index::<i64>(n)?.cast_unsigned(), batch.len())?;
                }
                Ok(())
            }
        }
    }

    async fn rows(&self, statement: Statement) -> Result<Vec<QueryResult>, StoreError> {
        self.flush().await?;
        self.before_statement().await;
        if !self.is_bounded {
            return Ok(self.inner.query_all_raw(statement).await?);
        }
        // Row by row, so that what is too much is not read whole before it is refused.
        let mut stream = self.inner.stream_raw(statement).await?;
        let mut rows = Vec::new();
        while let Some(row) = stream.try_next().await? {
            if rows.len() >= ROWS_MAX {
                return Err(StoreError::TooManyRows);
            }
            rows.push(row);
        }
        Ok(rows)
    }

    async fn before_statement(&self) {
        self.meter.statement();
        #[cfg(feature = "faults")]
        crate::fault::point().await;
    }

    /// Makes everything written durable and wakes whoever waits for events.
    ///
    /// # Errors
    /// Whatever a gathered write ran into, or that the database is away: then nothing is kept, or the answer was lost on its way.
    pub async fn commit(self) -> Result<(), StoreError> {
        self.flush().await?;
        self.meter.frame();
        #[cfg(feature = "faults")]
        crate::fault::point().await;
        self.inner.commit().await?;
        #[cfg(feature = "faults")]
        crate::fault::point().await;
        self.wake.notify();
        Ok(())
    }
}

fn expect(written: u64, wanted: u64) -> Result<(), StoreError> {
    if written == wanted { Ok(()) } else { Err(StoreError::Stale) }
}
