//! Databases for tests: one server for all, a fresh database for each.
//!
//! A fresh database is a copy of a migrated template, which is made once per state of `migrations/`. Nothing has to be cleaned
//! up by a test: old databases are swept by later ones, and a private server goes with all it holds.

mod fingerprint;
mod postgres;
mod sqlite;

pub use postgres::fresh_database;
pub use sqlite::fresh_file;
pub use tradehall_verify::cluster::{Durability, PrivateCluster};

/// The URL of the maintenance database on the server that all tests share.
///
/// Its role may create databases and roles; on a private cluster it is no superuser, so that row-level security binds it.
///
/// # Panics
///
/// Without a server, with a message that says what to do.
pub fn postgres_url() -> &'static str {
    tradehall_verify::cluster::shared_url().unwrap_or_else(|error| panic!("{error}"))
}

#[cfg(test)]
mod tests {
    use sqlx::{Connection, Executor, PgConnection};

    use super::*;

    #[tokio::test]
    async fn what_was_acknowledged_survives_a_killed_server() {
        let cluster = PrivateCluster::start(Durability::Full).unwrap();
        let mut connection = PgConnection::connect(&cluster.url()).await.unwrap();
        connection.execute("create table note (text text); insert into note values ('kept')").await.unwrap();

        cluster.kill().unwrap();
        assert!(connection.execute("select 1").await.is_err(), "the server is gone");
        cluster.restart().unwrap();

        let mut connection = PgConnection::connect(&cluster.url()).await.unwrap();
        let text: String = sqlx::query_scalar("select text from note").fetch_one(&mut connection).await.unwrap();
        assert_eq!(text, "kept");
    }

    /// Row-level security does not bind a superuser: tests of that wall would prove nothing.
    #[tokio::test]
    async fn the_role_of_a_private_cluster_is_no_superuser() {
        let cluster = PrivateCluster::start(Durability::Off).unwrap();
        let mut connection = PgConnection::connect(&cluster.url()).await.unwrap();
        let role = "select rolsuper or rolbypassrls from pg_roles where rolname = current_user";
        let is_exempt: bool = sqlx::query_scalar(role).fetch_one(&mut connection).await.unwrap();
        assert!(!is_exempt);
    }
}
