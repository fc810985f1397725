//! The pools of one database, on either engine.

use std::str::FromStr;
use std::sync::Arc;
use std::time::Duration;

use jiff::Timestamp;
use sea_orm::{
    ConnectionTrait, DatabaseConnection, DatabaseTransaction, DbBackend, DbErr, RuntimeErr, SqliteTransactionMode,
    SqlxPostgresConnector, SqlxSqliteConnector, Statement, TransactionOptions, TransactionTrait, Value,
};
use sqlx::ConnectOptions;
use sqlx::postgres::{PgConnectOptions, PgPoolOptions};
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous};
use tokio::sync::Notify;
use tradehall_domain::access::{Actor, SystemTask};

use crate::search::index::SearchIndex;
use crate::tx::Frame;
use crate::{Meter, StoreError, Tx};

/// The database behind a [`Store`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Engine {
    /// PostgreSQL 15 or newer.
    Postgres,
    /// The embedded SQLite.
    Sqlite,
}

impl Engine {
    /// An expression of its SQL that makes an id for each row that a statement adds by itself.
    pub(crate) const fn fresh_id(self) -> &'static str {
        match self {
            Self::Postgres => "gen_random_uuid()",
            Self::Sqlite => "randomblob(16)",
        }
    }
}

/// How many connections, and how long to wait for one.
#[derive(Debug, Clone, Copy)]
pub struct PoolSettings {
    /// Connections that read (SQLite), or read and write (PostgreSQL).
    pub connections: u32,
    /// How long a request waits for a connection before it is told to come back.
    pub acquire_timeout: Duration,
    /// How long PostgreSQL lets one statement run or wait for a lock. SQLite's statements run in this process, within the time of the
    /// request.
    pub statement_timeout: Duration,
}

impl Default for PoolSettings {
    fn default() -> Self {
        Self { connections: 16, acquire_timeout: Duration::from_secs(5), statement_timeout: Duration::from_secs(10) }
    }
}

/// Where `now` comes from: the system, or a test.
pub type Clock = Arc<dyn Fn() -> Timestamp + Send + Sync>;

/// A market's database. Cheap to clone.
#[derive(Clone)]
pub struct Store {
    engine: Engine,
    read: DatabaseConnection,
    write: DatabaseConnection,
    connections: u32,
    clock: Clock,
    wake: Wake,
    search: Option<Arc<SearchIndex>>,
}

impl std::fmt::Debug for Store {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Store").field("engine", &self.engine).finish_non_exhaustive()
    }
}

/// Told after every commit, for whoever hands events on.
#[derive(Debug, Clone, Default)]
pub struct Wake(Arc<Notify>);

impl Wake {
    pub(crate) fn notify(&self) {
        self.0.notify_one();
    }

    /// Returns after the next commit, or at once if there was one since the last call.
    pub async fn wait(&self) {
        self.0.notified().await;
    }
}

/// The PostgreSQL role under which every request runs; it owns nothing, so row-level security binds it.
const RUNTIME_ROLE: &str = "tradehall_runtime";

/// How long SQLite waits for another process's lock.
const BUSY_TIMEOUT: Duration = Duration::from_secs(5);

/// How many prepared statements a connection keeps.
const STATEMENTS_KEPT: usize = 512;

impl Store {
    /// Opens the database at `url` (`postgres://…` or `sqlite://path`), which must have been migrated.
    ///
    /// # Errors
    /// When the URL is malformed or the database cannot be reached.
    pub async fn open(url: &str, pools: PoolSettings) -> Result<Self, StoreError> {
        Self::open_with_clock(url, pools, Arc::new(Timestamp::now)).await
    }

    /// The same, with the time told by `clock`.
    ///
    /// # Errors
    /// As [`Store::open`].
    pub async fn open_with_clock(url: &str, pools: PoolSettings, clock: Clock) -> Result<Self, StoreError> {
        let (engine, read, write) = if url.starts_with("sqlite:") {
            let (read, write) = sqlite(url, pools).await.map_err(connect)?;
            (Engine::Sqlite, read, write)
        } else {
            let pool = postgres(url, pools).await.map_err(connect)?;
            (Engine::Postgres, pool.clone(), pool)
        };
        Ok(Self { engine, read, write, connections: pools.connections, clock, wake: Wake::default(), search: None })
    }

    /// The same, with searches answered by `index`, which [`search::follow`](crate::search::follow) keeps up with the database.
    #[must_use]
    pub fn searching(self, index: SearchIndex) -> Self {
        Self { search: Some(Arc::new(index)), ..self }
    }

    /// The index of products that this process keeps, if it does.
    #[must_use]
    pub fn search_index(&self) -> Option<&SearchIndex> {
        self.search.as_deref()
    }

    /// Which database this is.
    #[must_use]
    pub const fn engine(&self) -> Engine {
        self.engine
    }

    /// The present, in whole microseconds, which is what the database keeps.
    #[must_use]
    pub fn now(&self) -> Timestamp {
        let now = (self.clock)();
        Timestamp::from_microsecond(now.as_microsecond()).unwrap_or(now)
    }

    /// Told after every commit of this process.
    #[must_use]
    pub fn wake(&self) -> Wake {
        self.wake.clone()
    }

    /// A transaction that reads for `actor`, seeing one state of the database throughout on SQLite and each statement's newest on
    /// PostgreSQL.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`] when no connection is to be had in time.
    pub async fn read(&self, actor: Actor, meter: Meter) -> Result<Tx, StoreError> {
        self.begin(&self.read, actor, meter, true).await
    }

    /// A transaction that writes for `actor`.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`] when no connection is to be had in time.
    pub async fn write(&self, actor: Actor, meter: Meter) -> Result<Tx, StoreError> {
        self.begin(&self.write, actor, meter, false).await
    }

    async fn begin(
        &self,
        pool: &DatabaseConnection,
        actor: Actor,
        meter: Meter,
        read_only: bool,
    ) -> Result<Tx, StoreError> {
        meter.frame();
        let inner = match self.engine {
            Engine::Postgres => {
                meter.frame();
                let mut tried = 0;
                loop {
                    match framed(pool, &actor, read_only).await {
                        Err(error) if self.tries_another(&error, &mut tried) => {}
                        begun => break begun?,
                    }
                }
            }
            Engine::Sqlite => {
                let mode = if read_only { SqliteTransactionMode::Deferred } else { SqliteTransactionMode::Immediate };
                let options = TransactionOptions { sqlite_transaction_mode: Some(mode), ..Default::default() };
                pool.begin_with_options(options).await?
            }
        };
        let frame =
            Frame { engine: self.engine, now: self.now(), meter, wake: self.wake(), search: self.search.clone() };
        Ok(Tx::new(inner, actor, read_only, frame))
    }

    /// Whether the database answers.
    ///
    /// # Errors
    /// Why it does not.
    pub async fn ping(&self) -> Result<(), StoreError> {
        let mut tried = 0;
        loop {
            match self.read.execute_unprepared("SELECT 1").await.map_err(StoreError::from) {
                Ok(_) => return Ok(()),
                Err(error) if self.tries_another(&error, &mut tried) => {}
                Err(error) => return Err(error),
            }
        }
    }

    /// Whether the first thing that was done on a connection is done on another one, because this one turned out to be dead: after the
    /// server was away every idle connection is, and looking at each before each use would cost a round trip. Nothing was asked of the
    /// server yet, so that asking again does nothing twice. No more often than there are connections; then the server itself is away.
    fn tries_another(&self, error: &StoreError, tried: &mut u32) -> bool {
        *tried += 1;
        *tried <= self.connections && matches!(error, StoreError::Unavailable(error) if is_dead_connection(error))
    }

    /// Closes every connection after its work in flight.
    ///
    /// # Errors
    /// When a connection ends badly; nothing acknowledged is lost by that.
    pub async fn close(self) -> Result<(), StoreError> {
        self.read.close().await?;
        if self.engine == Engine::Sqlite {
            self.write.close().await?;
        }
        Ok(())
    }
}

/// A transaction that has told PostgreSQL for whom it runs.
async fn framed(pool: &DatabaseConnection, actor: &Actor, read_only: bool) -> Result<DatabaseTransaction, StoreError> {
    let inner = pool.begin().await?;
    inner.query_one_raw(frame(actor, read_only)).await?;
    Ok(inner)
}

/// Whether a connection of the pool was found broken, as opposed to none being had.
fn is_dead_connection(error: &DbErr) -> bool {
    let (DbErr::Exec(error) | DbErr::Query(error) | DbErr::Conn(error)) = error else { return false };
    let RuntimeErr::SqlxError(error) = error else { return false };
    matches!(error.as_ref(), sqlx::Error::Io(_) | sqlx::Error::Database(_))
}

/// Tells PostgreSQL for whom the transaction runs: what its row-level security goes by.
fn frame(actor: &Actor, read_only: bool) -> Statement {
    let organization = actor.organization.map_or_else(String::new, |id| id.to_string());
    let user = actor.user().map_or_else(String::new, |id| id.to_string());
    let task = actor.task.map_or("", SystemTask::name);
    Statement::from_sql_and_values(
        DbBackend::Postgres,
        "SELECT set_config('tradehall.organization', $1, true), set_config('tradehall.user', $2, true), \
         set_config('tradehall.task', $3, true), set_config('transaction_read_only', $4, true)",
        [organization.into(), user.into(), task.into(), Value::from(if read_only { "on" } else { "off" })],
    )
}

async fn postgres(url: &str, pools: PoolSettings) -> Result<DatabaseConnection, sqlx::Error> {
    let options = PgConnectOptions::from_str(url)?
        .application_name("tradehall")
        .options([("statement_timeout", pools.statement_timeout.as_millis().to_string())])
        .statement_cache_capacity(STATEMENTS_KEPT)
        .disable_statement_logging();
    let pool = PgPoolOptions::new()
        .max_connections(pools.connections)
        .acquire_timeout(pools.acquire_timeout)
        .test_before_acquire(false)
        .after_connect(|connection, _| {
            Box::pin(async move {
                sqlx::query(sqlx::AssertSqlSafe(format!("SET ROLE {RUNTIME_ROLE}"))).execute(connection).await?;
                Ok(())
            })
        })
        .connect_with(options)
        .await?;
    Ok(SqlxPostgresConnector::from_sqlx_postgres_pool(pool))
}

/// One writer, which never waits for another of this process, and readers beside it.
async fn sqlite(url: &str, pools: PoolSettings) -> Result<(DatabaseConnection, DatabaseConnection), sqlx::Error> {
    let options = SqliteConnectOptions::from_str(url)?
        .create_if_missing(false)
        .journal_mode(SqliteJournalMode::Wal)
        .synchronous(SqliteSynchronous::Full)
        .foreign_keys(true)
        .busy_timeout(BUSY_TIMEOUT)
        .statement_cache_capacity(STATEMENTS_KEPT)
        .disable_statement_logging();
    let write = SqlitePoolOptions::new()
        .max_connections(1)
        .acquire_timeout(pools.acquire_timeout)
        .test_before_acquire(false)
        .idle_timeout(None)
        .max_lifetime(None)
        .connect_with(options.clone())
        .await?;
    let read = SqlitePoolOptions::new()
        .max_connections(pools.connections)
        .acquire_timeout(pools.acquire_timeout)
        .test_before_acquire(false)
        .connect_with(options.pragma("query_only", "on"))
        .await?;
    Ok((SqlxSqliteConnector::from_sqlx_sqlite_pool(read), SqlxSqliteConnector::from_sqlx_sqlite_pool(write)))
}

fn connect(error: sqlx::Error) -> StoreError {
    StoreError::Unavailable(sea_orm::DbErr::Conn(sea_orm::RuntimeErr::SqlxError(Arc::new(error))))
}
