//! No statement reads a whole table where an index is there.
//!
//! With sequential scans switched off, PostgreSQL chooses one only where nothing else is possible: where no index covers what is
//! filtered by, or where row-level security keeps the filter away from it, because its author used a function that may leak.

use sqlx::{AssertSqlSafe, Connection, PgConnection};
use tradehall_persistence::migrate::migrate;
use tradehall_tests::World;
use tradehall_tests::cluster::fresh_database;

use crate::statements;

/// Tables that are read as a whole, and why; this list only becomes shorter.
const KNOWN: &[(&str, &str)] = &[];

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_statement_uses_an_index() {
    let url = fresh_database(async |url| {
        migrate(url).await.unwrap();
    })
    .await;
    let mut connection = PgConnection::connect(&url).await.unwrap();
    let name: String = sqlx::query_scalar("SELECT current_database()::text").fetch_one(&mut connection).await.unwrap();
    let setting = AssertSqlSafe(format!("ALTER DATABASE {name} SET enable_seqscan = off"));
    sqlx::query(setting).execute(&mut connection).await.unwrap();

    let world = World::open(&url).await;
    let bills = statements::measure(world.clone()).await;
    assert!(bills.iter().all(|bill| !bill.is_empty()));
    // A connection tells what it has counted at the latest when it ends.
    world.app.store().clone().close().await.unwrap();

    let scanned = "SELECT relname::text, seq_scan FROM pg_stat_user_tables WHERE seq_scan > 0 AND schemaname = 'public' ORDER BY 1";
    let scanned: Vec<(String, i64)> = sqlx::query_as(scanned).fetch_all(&mut connection).await.unwrap();
    let unknown: Vec<_> = scanned.iter().filter(|(table, _)| !KNOWN.iter().any(|(known, _)| known == table)).collect();
    assert!(unknown.is_empty(), "read from end to end, with how often: {unknown:?}");
    for (table, reason) in KNOWN {
        assert!(
            scanned.iter().any(|(scanned, _)| scanned == table),
            "{table} is mended ({reason}): take it off the list"
        );
    }
}
