//! Everything a database holds, row by row, read behind the market's back.

use std::collections::BTreeSet;

use sqlx::sqlite::SqliteConnectOptions;
use sqlx::{AssertSqlSafe, Connection, PgConnection, SqliteConnection};

/// A connection that no visibility binds.
pub enum Behind {
    Postgres(PgConnection),
    Sqlite(SqliteConnection),
}

/// Tables that requests write to even when nothing is done: counts of attempts, and who did what once.
const NOTED_ANYWAY: &[&str] = &["attempt_limit", "idempotency_key"];

impl Behind {
    /// Opens the database at `url`.
    pub async fn open(url: &str) -> Self {
        if url.starts_with("sqlite:") {
            let options: SqliteConnectOptions = url.parse().unwrap();
            return Self::Sqlite(SqliteConnection::connect_with(&options).await.unwrap());
        }
        let mut connection = PgConnection::connect(url).await.unwrap();
        let everything = "SELECT set_config('tradehall.task', 'audit', false)";
        sqlx::query(everything).execute(&mut connection).await.unwrap();
        // All tables in one statement look dear to the planner, which would compile it each time for longer than it runs.
        sqlx::query("SET jit = off").execute(&mut connection).await.unwrap();
        Self::Postgres(connection)
    }

    /// The names of the product's tables.
    pub async fn tables(&mut self) -> Vec<String> {
        let sql = match self {
            Self::Postgres(_) => {
                "SELECT tablename::text FROM pg_tables WHERE schemaname = 'public' \
                 AND tablename <> 'seaql_migrations' ORDER BY 1"
            }
            Self::Sqlite(_) => {
                "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' \
                 AND name <> 'seaql_migrations' ORDER BY 1"
            }
        };
        self.column(sql).await
    }

    /// The first column of a statement's rows, as text.
    pub async fn column(&mut self, sql: &str) -> Vec<String> {
        let sql = AssertSqlSafe(sql.to_owned());
        let found = match self {
            Self::Postgres(connection) => sqlx::query_scalar(sql).fetch_all(connection).await,
            Self::Sqlite(connection) => sqlx::query_scalar(sql).fetch_all(connection).await,
        };
        found.unwrap()
    }

    /// Every row of every table, each with its table's name before it.
    pub async fn rows(&mut self) -> BTreeSet<String> {
        let mut parts = Vec::new();
        for table in self.tables().await {
            if NOTED_ANYWAY.contains(&table.as_str()) {
                continue;
            }
            let row = match self {
                Self::Postgres(_) => "row_to_json(t)::text".to_owned(),
                Self::Sqlite(_) => self.quoted(&table).await,
            };
            parts.push(format!("SELECT '{table} ' || {row} FROM \"{table}\" t"));
        }
        self.column(&parts.join(" UNION ALL ")).await.into_iter().collect()
    }

    async fn quoted(&mut self, table: &str) -> String {
        let columns = self.column(&format!("SELECT name FROM pragma_table_info('{table}')")).await;
        columns.iter().map(|column| format!("quote(\"{column}\")")).collect::<Vec<_>>().join(" || ',' || ")
    }
}
