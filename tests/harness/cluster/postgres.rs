//! Fresh PostgreSQL databases.

use std::time::{Duration, SystemTime};

use sqlx::{AssertSqlSafe, ConnectOptions, Connection, Executor, PgConnection, postgres::PgConnectOptions};
use uuid::Uuid;

use super::{fingerprint, postgres_url};

/// Advisory locks on the maintenance database, which all processes of a run use.
const TEMPLATE_LOCK: i64 = 0x7472_6164_6501;
const SWEEP_LOCK: i64 = 0x7472_6164_6502;
const TEMPLATE: &str = "tradehall_template_";
const FRESH: &str = "tradehall_test_";
/// A database that old and without connections belongs to a test that has ended.
const SWEEP_AGE: Duration = Duration::from_secs(120);
/// Dropping costs a checkpoint, which takes seconds on a busy disk. Each test adds one database, so two are enough to catch up, and
/// no test pays for a whole earlier run.
const SWEEP_MAX: usize = 2;

/// A new database with the schema that `migrate` makes; the URL of it.
///
/// `migrate` gets the URL of an empty database once per state of `migrations/`, not once per call, and must close its
/// connections before it returns. It is always called with the role that owns the database.
pub async fn fresh_database(migrate: impl AsyncFn(&str)) -> String {
    fresh_from(&fingerprint::migrations(), migrate).await
}

async fn fresh_from(fingerprint: &str, migrate: impl AsyncFn(&str)) -> String {
    let server = postgres_url();
    let mut maintenance = connect(server).await;
    let template = template(&mut maintenance, server, fingerprint, migrate).await;
    sweep(&mut maintenance).await;
    let name = format!("{FRESH}{}", Uuid::now_v7().simple());
    run(&mut maintenance, format!("create database {name} template {template}")).await;
    maintenance.close().await.unwrap();
    with_database(server, &name)
}

/// The name of the migrated template, which is made by whoever comes first while others wait.
async fn template(
    maintenance: &mut PgConnection,
    server: &str,
    fingerprint: &str,
    migrate: impl AsyncFn(&str),
) -> String {
    let name = format!("{TEMPLATE}{fingerprint}");
    if exists(maintenance, &name).await {
        return name;
    }
    run(maintenance, format!("select pg_advisory_lock({TEMPLATE_LOCK})")).await;
    if !exists(maintenance, &name).await {
        // Made under another name, so that a half-migrated template is never copied.
        let draft = format!("{name}_draft");
        run(maintenance, format!("drop database if exists {draft} with (force)")).await;
        run(
            maintenance,
            format!("create database {draft} template template0 encoding 'UTF8' lc_collate 'C' lc_ctype 'C'"),
        )
        .await;
        migrate(&with_database(server, &draft)).await;
        // Copying needs a source that nobody is connected to, now and later.
        run(maintenance, format!("alter database {draft} allow_connections false")).await;
        let stray = format!("select pg_terminate_backend(pid) from pg_stat_activity where datname = '{draft}'");
        run(maintenance, stray).await;
        run(maintenance, format!("alter database {draft} rename to {name}")).await;
    }
    run(maintenance, format!("select pg_advisory_unlock({TEMPLATE_LOCK})")).await;
    name
}

/// Drops some databases of tests that have ended. One process at a time does it; the others have better things to do.
async fn sweep(maintenance: &mut PgConnection) {
    let try_lock = format!("select pg_try_advisory_lock({SWEEP_LOCK})");
    let is_ours: bool = sqlx::query_scalar(AssertSqlSafe(try_lock)).fetch_one(&mut *maintenance).await.unwrap();
    if !is_ours {
        return;
    }
    let idle = "select datname::text from pg_database d where datname like 'tradehall\\_test\\_%' and datallowconn \
                and not exists (select from pg_stat_activity a where a.datid = d.oid) order by datname";
    let names: Vec<String> = sqlx::query_scalar(idle).fetch_all(&mut *maintenance).await.unwrap();
    for name in names.iter().filter(|name| is_old(name)).take(SWEEP_MAX) {
        // Another server's user may have been faster.
        let _ = maintenance.execute(AssertSqlSafe(format!("drop database if exists {name}"))).await;
    }
    run(maintenance, format!("select pg_advisory_unlock({SWEEP_LOCK})")).await;
}

/// The name holds a UUIDv7, and that holds the time of creation.
fn is_old(name: &str) -> bool {
    let id = name.strip_prefix(FRESH).and_then(|id| Uuid::try_parse(id).ok());
    let Some(created) = id.and_then(|id| id.get_timestamp()) else { return false };
    let (created_s, _) = created.to_unix();
    let age = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH + Duration::from_secs(created_s));
    age.is_ok_and(|age| age > SWEEP_AGE)
}

/// The same server and options, another database.
fn with_database(url: &str, database: &str) -> String {
    let (location, options) = url.split_once('?').unwrap_or((url, ""));
    let (scheme, rest) = location.split_once("://").expect("a URL has a scheme");
    let authority = rest.split_once('/').map_or(rest, |(authority, _)| authority);
    let options = if options.is_empty() { String::new() } else { format!("?{options}") };
    format!("{scheme}://{authority}/{database}{options}")
}

async fn connect(url: &str) -> PgConnection {
    let options: PgConnectOptions = url.parse().unwrap_or_else(|error| panic!("the URL of the test server: {error}"));
    let connected = options.disable_statement_logging().connect().await;
    connected.unwrap_or_else(|error| panic!("no connection to the test server: {error}"))
}

async fn exists(maintenance: &mut PgConnection, database: &str) -> bool {
    let query = sqlx::query_scalar("select exists (select from pg_database where datname = $1)").bind(database);
    query.fetch_one(maintenance).await.unwrap()
}

async fn run(maintenance: &mut PgConnection, statement: String) {
    let done = maintenance.execute(AssertSqlSafe(statement.clone())).await;
    done.unwrap_or_else(|error| panic!("`{statement}` on the test server: {error}"));
}

#[cfg(test)]
mod tests {
    use std::sync::{
        Mutex,
        atomic::{AtomicU32, Ordering},
    };

    use super::*;

    #[test]
    fn a_url_keeps_its_server_and_options() {
        for (url, expected) in [
            ("postgres://me:pw@host:5433/postgres?sslmode=require", "postgres://me:pw@host:5433/x?sslmode=require"),
            ("postgres://localhost", "postgres://localhost/x"),
            ("postgres://me@localhost/postgres?host=/tmp/a/socket", "postgres://me@localhost/x?host=/tmp/a/socket"),
        ] {
            assert_eq!(with_database(url, "x"), expected);
        }
    }

    #[test]
    fn only_an_old_database_of_ours_is_swept() {
        // 0190… is a time in 2024.
        assert!(is_old("tradehall_test_01900000000070008000000000000000"));
        assert!(!is_old(&format!("tradehall_test_{}", Uuid::now_v7().simple())));
        assert!(!is_old("tradehall_test_notes"));
        assert!(!is_old("tradehall_production"));
    }

    async fn one_table(url: &str) {
        let mut connection = connect(url).await;
        connection.execute("create table note (text text not null)").await.unwrap();
        connection.close().await.unwrap();
    }

    async fn count(url: &str) -> i64 {
        let mut connection = connect(url).await;
        let count = sqlx::query_scalar("select count(*) from note").fetch_one(&mut connection).await.unwrap();
        connection.close().await.unwrap();
        count
    }

    #[tokio::test]
    async fn fresh_databases_are_migrated_once_and_apart() {
        // The migration here is not the product's, so its template gets a name that nobody else has.
        let fingerprint = Uuid::now_v7().simple().to_string();
        let calls = AtomicU32::new(0);
        let migrate = async |url: &str| {
            calls.fetch_add(1, Ordering::Relaxed);
            one_table(url).await;
        };
        let first = fresh_from(&fingerprint, migrate).await;
        let second = fresh_from(&fingerprint, migrate).await;

        let mut connection = connect(&first).await;
        connection.execute("insert into note values ('only here')").await.unwrap();
        assert_eq!((count(&first).await, count(&second).await), (1, 0));
        assert_eq!(calls.load(Ordering::Relaxed), 1);

        let mut maintenance = connect(postgres_url()).await;
        run(&mut maintenance, format!("drop database {TEMPLATE}{fingerprint}")).await;
    }

    #[tokio::test]
    async fn a_stray_connection_of_a_migration_does_not_disturb() {
        let fingerprint = Uuid::now_v7().simple().to_string();
        let stray = Mutex::new(None);
        let migrate = async |url: &str| {
            one_table(url).await;
            *stray.lock().unwrap() = Some(connect(url).await);
        };
        let url = fresh_from(&fingerprint, migrate).await;
        assert_eq!(count(&url).await, 0);

        let mut maintenance = connect(postgres_url()).await;
        run(&mut maintenance, format!("drop database {TEMPLATE}{fingerprint}")).await;
    }
}
