//! The database behind a market's back: what an independent checker, or somebody who tampers, does.

use sqlx::{AssertSqlSafe, Connection as _, Executor as _, PgConnection, SqliteConnection};

/// A connection that no wall narrows.
pub enum Raw {
    Postgres(PgConnection),
    Sqlite(SqliteConnection),
}

impl Raw {
    /// Connects to the database of a market.
    pub async fn open(url: &str) -> Self {
        if url.starts_with("sqlite:") {
            return Self::Sqlite(SqliteConnection::connect(url).await.unwrap());
        }
        let mut connection = PgConnection::connect(url).await.unwrap();
        // Row-level security binds the owner too; its policies let a task of the market pass.
        connection.execute("SET tradehall.task = 'audit'").await.unwrap();
        Self::Postgres(connection)
    }

    /// Runs a statement and answers how many rows it changed.
    pub async fn execute(&mut self, sql: &str) -> u64 {
        let sql = AssertSqlSafe(sql.to_owned());
        match self {
            Self::Postgres(connection) => connection.execute(sql).await.unwrap().rows_affected(),
            Self::Sqlite(connection) => connection.execute(sql).await.unwrap().rows_affected(),
        }
    }

    /// The first column of every row of a query, which must be integers.
    pub async fn integers(&mut self, sql: &str) -> Vec<i64> {
        let sql = AssertSqlSafe(sql.to_owned());
        match self {
            Self::Postgres(connection) => sqlx::query_scalar(sql).fetch_all(connection).await.unwrap(),
            Self::Sqlite(connection) => sqlx::query_scalar(sql).fetch_all(connection).await.unwrap(),
        }
    }

    /// The one integer that a query answers.
    pub async fn integer(&mut self, sql: &str) -> i64 {
        let found = self.integers(sql).await;
        assert_eq!(found.len(), 1, "{sql}");
        found[0]
    }
}
