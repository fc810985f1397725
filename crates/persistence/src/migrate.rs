//! Bringing a database to the present schema.

use sea_orm::{ConnectOptions, Database, DatabaseConnection, DbErr};
use sea_orm_migration::MigratorTrait;
use tradehall_migrations::Migrator;

use crate::StoreError;

/// Applies what the database at `url` has not seen yet; a SQLite file that is not there is made. Answers how many changes.
///
/// # Errors
/// When the database cannot be reached or a change fails, which leaves that change undone.
pub async fn migrate(url: &str) -> Result<usize, StoreError> {
    let connection = connect(url).await?;
    let before = Migrator::get_applied_migrations(&connection).await.map_or(0, |applied| applied.len());
    Migrator::up(&connection, None).await?;
    let after = Migrator::get_applied_migrations(&connection).await?.len();
    connection.close().await?;
    Ok(after - before)
}

/// How many changes the database at `url` has not seen.
///
/// # Errors
/// When the database cannot be reached.
pub async fn pending(url: &str) -> Result<usize, StoreError> {
    let connection = connect(url).await?;
    let pending = Migrator::get_pending_migrations(&connection).await?.len();
    connection.close().await?;
    Ok(pending)
}

async fn connect(url: &str) -> Result<DatabaseConnection, DbErr> {
    let mut url = url.to_owned();
    if url.starts_with("sqlite:") && !url.contains('?') {
        url.push_str("?mode=rwc");
    }
    let mut options = ConnectOptions::new(url);
    options.max_connections(1).sqlx_logging(false);
    Database::connect(options).await
}
