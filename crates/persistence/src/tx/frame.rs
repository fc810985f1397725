//! What a transaction gets from its store.

use std::sync::Arc;

use jiff::Timestamp;
use sea_orm::DbBackend;

use super::Tx;
use crate::search::index::SearchIndex;
use crate::store::Wake;
use crate::{Engine, Meter};

/// What a transaction gets from its store.
pub(crate) struct Frame {
    pub(crate) engine: Engine,
    pub(crate) now: Timestamp,
    pub(crate) meter: Meter,
    pub(crate) wake: Wake,
    pub(crate) search: Option<Arc<SearchIndex>>,
}

impl Tx {
    /// The index of products, where this process keeps one.
    pub(crate) const fn search_index(&self) -> Option<&Arc<SearchIndex>> {
        self.search.as_ref()
    }

    pub(super) const fn backend(&self) -> DbBackend {
        match self.engine {
            Engine::Postgres => DbBackend::Postgres,
            Engine::Sqlite => DbBackend::Sqlite,
        }
    }
}
