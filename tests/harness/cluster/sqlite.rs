//! Fresh SQLite files.

use std::{
    env,
    fs::{self, File},
    path::{Path, PathBuf},
    time::Duration,
};

use sqlx::{ConnectOptions, Connection, Executor, sqlite::SqliteConnectOptions};
use uuid::Uuid;

use super::fingerprint;

/// A file that was not changed for that long belongs to a test that has ended.
const SWEEP_AGE: Duration = Duration::from_secs(3600);

/// A new file with the schema that `migrate` makes; the URL of it.
///
/// `migrate` gets the URL of an empty file once per state of `migrations/`, not once per call, and must close its connections
/// before it returns.
pub async fn fresh_file(migrate: impl AsyncFn(&str)) -> String {
    fresh_from(&fingerprint::migrations(), migrate).await
}

async fn fresh_from(fingerprint: &str, migrate: impl AsyncFn(&str)) -> String {
    // One directory per user: files of another could not be replaced.
    let uid = tradehall_verify::cluster::own_uid().unwrap();
    let directory = env::temp_dir().join(format!("tradehall-tests-sqlite-{uid}"));
    fs::create_dir_all(&directory).unwrap();
    let template = template(&directory, fingerprint, migrate).await;
    let fresh = directory.join(format!("{}.db", Uuid::now_v7().simple()));
    fs::copy(template, &fresh).unwrap();
    format!("sqlite://{}", fresh.display())
}

/// The migrated file, which is made by whoever comes first while others wait.
async fn template(directory: &Path, fingerprint: &str, migrate: impl AsyncFn(&str)) -> PathBuf {
    let template = directory.join(format!("template-{fingerprint}.db"));
    if template.exists() {
        return template;
    }
    let lock = File::create(directory.join("template.lock")).unwrap();
    lock.lock().unwrap();
    if !template.exists() {
        sweep(directory);
        // Made under another name, so that a half-migrated template is never copied.
        let draft = directory.join(format!("draft-{}.db", Uuid::now_v7().simple()));
        File::create_new(&draft).unwrap();
        migrate(&format!("sqlite://{}", draft.display())).await;
        into_one_file(&draft).await;
        fs::rename(&draft, &template).unwrap();
    }
    template
}

/// Brings what still stands in the write-ahead log into the file itself, which is all that is copied.
async fn into_one_file(path: &Path) {
    let mut connection = SqliteConnectOptions::new().filename(path).connect().await.unwrap();
    connection.execute("pragma wal_checkpoint(truncate)").await.unwrap();
    connection.close().await.unwrap();
}

/// Deletes old files; only when a template is made, which is seldom.
fn sweep(directory: &Path) {
    for entry in fs::read_dir(directory).into_iter().flatten().flatten() {
        let modified = entry.metadata().and_then(|metadata| metadata.modified());
        let is_old = modified.is_ok_and(|time| time.elapsed().is_ok_and(|age| age > SWEEP_AGE));
        if is_old && entry.file_name() != "template.lock" {
            let _ = fs::remove_file(entry.path());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    async fn connect(url: &str) -> sqlx::SqliteConnection {
        url.parse::<SqliteConnectOptions>().unwrap().connect().await.unwrap()
    }

    async fn count(url: &str) -> i64 {
        sqlx::query_scalar("select count(*) from note").fetch_one(&mut connect(url).await).await.unwrap()
    }

    #[tokio::test]
    async fn fresh_files_are_migrated_and_apart() {
        let fingerprint = Uuid::now_v7().simple().to_string();
        // A write-ahead log that is still open when the migration returns, as a careless one leaves it.
        let migrate = async |url: &str| {
            let mut connection = connect(url).await;
            connection
                .execute("pragma journal_mode = wal; create table note (text text not null) strict")
                .await
                .unwrap();
        };
        let first = fresh_from(&fingerprint, migrate).await;
        let second = fresh_from(&fingerprint, migrate).await;
        connect(&first).await.execute("insert into note values ('only here')").await.unwrap();
        assert_eq!((count(&first).await, count(&second).await), (1, 0));
    }
}
