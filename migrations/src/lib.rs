//! Schema changes: one file per capability and engine, written by hand so that each engine gets its due (strict tables here,
//! row-level security there), run by one runner. A test asserts that both schemas agree.

use sea_orm_migration::prelude::*;
use sea_orm_migration::sea_orm::DbBackend;

/// A change, in the words of each engine.
struct Change {
    name: &'static str,
    postgres: &'static str,
    sqlite: &'static str,
}

macro_rules! changes {
    ($($name:literal),* $(,)?) => {
        &[$(Change {
            name: $name,
            postgres: include_str!(concat!("../postgres/", $name, ".sql")),
            sqlite: include_str!(concat!("../sqlite/", $name, ".sql")),
        }),*]
    };
}

/// Every change, oldest first. A change that was released is never edited.
const CHANGES: &[Change] = changes! {
    "0001_core",
    "0002_identity",
    "0003_organization",
    "0004_venue",
    "0005_catalog",
    "0006_attachment",
    "0007_rfq",
    "0008_quote",
    "0009_import",
    "0010_order",
    "0011_sign_up",
    "0012_tax_code",
    "0013_customer",
    "0014_pricing",
    "0015_publishing",
    "0016_import_queue",
    "0017_stock",
    "0018_product_detail",
    "0019_agreement",
    "0020_search",
};

/// Brings a database to the present schema.
#[derive(Debug)]
pub struct Migrator;

#[async_trait::async_trait]
impl MigratorTrait for Migrator {
    fn migrations() -> Vec<Box<dyn MigrationTrait>> {
        CHANGES.iter().map(|change| Box::new(change) as Box<dyn MigrationTrait>).collect()
    }
}

impl MigrationName for &'static Change {
    fn name(&self) -> &str {
        self.name
    }
}

#[async_trait::async_trait]
impl MigrationTrait for &'static Change {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let connection = manager.get_connection();
        let sql = match connection.get_database_backend() {
            DbBackend::Sqlite => self.sqlite,
            _ => self.postgres,
        };
        connection.execute_unprepared(sql).await?;
        Ok(())
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}

/// The names of all changes, oldest first: what a database must have seen to be used.
pub fn names() -> impl Iterator<Item = &'static str> {
    CHANGES.iter().map(|change| change.name)
}

/// A text that changes whenever any schema change does, for telling one template database from another.
#[must_use]
pub fn fingerprint() -> String {
    // FNV-1a (Fowler, Noll, Vo): told apart, not protected.
    let mut hash = 0xcbf2_9ce4_8422_2325_u64;
    for change in CHANGES {
        for byte in change.postgres.bytes().chain(change.sqlite.bytes()) {
            hash = (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
        }
    }
    format!("{hash:016x}")
}
