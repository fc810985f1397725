//! Versions by id, their changes, and what stands in the way of these: one statement of each kind per answer.

use std::collections::HashMap;
use std::sync::Arc;

use async_graphql::dataloader::Loader;
use tradehall_domain::access::Permission;
use tradehall_domain::problem::Code;
use tradehall_domain::publishing::{CatalogChange, CatalogChangeId, CatalogVersion, CatalogVersionId};
use tradehall_persistence::publishing::{change, conflict, version};
use tradehall_persistence::{Page, PageRequest};

use crate::app::Error;
use crate::graphql::loader::Batch;

impl Loader<CatalogVersionId> for Batch {
    type Value = CatalogVersion;
    type Error = Arc<Error>;

    async fn load(&self, ids: &[CatalogVersionId]) -> Result<HashMap<CatalogVersionId, CatalogVersion>, Arc<Error>> {
        self.session().require(Permission::CatalogRead).map_err(Arc::new)?;
        self.many(ids, version::load_many, |version| version.id).await
    }
}

/// A page of a version's changes.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct ChangesOf {
    /// Of which version.
    pub version: CatalogVersionId,
    /// Whether only those that conflict are meant.
    pub conflicting: bool,
    /// Which page.
    pub page: PageRequest,
}

impl Loader<ChangesOf> for Batch {
    type Value = Page<CatalogChange>;
    type Error = Arc<Error>;

    /// One statement for all that ask for the same part of their lists.
    async fn load(&self, keys: &[ChangesOf]) -> Result<HashMap<ChangesOf, Page<CatalogChange>>, Arc<Error>> {
        let tx = self.reading_with(Permission::CatalogRead).await?;
        let mut alike: HashMap<(bool, &PageRequest), Vec<CatalogVersionId>> = HashMap::new();
        for key in keys {
            alike.entry((key.conflicting, &key.page)).or_default().push(key.version);
        }
        let mut found = HashMap::new();
        for ((conflicting, page), versions) in alike {
            let pages = change::pages_of(&tx, &versions, conflicting, page).await;
            let pages = pages.map_err(|error| Arc::new(Error::from(error)))?;
            let key = |version| ChangesOf { version, conflicting, page: page.clone() };
            found.extend(pages.into_iter().map(|(version, changes)| (key(version), changes)));
        }
        Ok(found)
    }
}

/// What stands in the way of a change.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct ConflictOf(pub CatalogChangeId);

impl Loader<ConflictOf> for Batch {
    type Value = Code;
    type Error = Arc<Error>;

    async fn load(&self, keys: &[ConflictOf]) -> Result<HashMap<ConflictOf, Code>, Arc<Error>> {
        let tx = self.reading_with(Permission::CatalogRead).await?;
        let ids: Vec<_> = keys.iter().map(|key| key.0).collect();
        let conflicts = conflict::of(&tx, &ids).await.map_err(|error| Arc::new(Error::from(error)))?;
        Ok(keys.iter().filter_map(|key| Some((*key, conflicts.of(key.0)?))).collect())
    }
}
