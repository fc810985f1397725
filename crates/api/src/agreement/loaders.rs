//! Agreements and their lines by id, and what belongs to agreements: one statement of each kind per answer.
//!
//! The permission is asked for here, so that no way to an agreement leads past it.

use std::collections::HashMap;
use std::sync::Arc;

use async_graphql::dataloader::Loader;
use tradehall_domain::access::Permission;
use tradehall_domain::agreement::{Agreement, AgreementId, AgreementLine, AgreementLineId, AgreementVersion};
use tradehall_domain::order::Order;
use tradehall_persistence::{Page, agreement, order};

use crate::app::Error;
use crate::graphql::loader::{Batch, PageOf, grouped};

/// The key for all lines of an agreement that binds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct LinesOf(pub AgreementId);

/// The key for all versions of an agreement that the viewer may read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct VersionsOf(pub AgreementId);

impl Loader<AgreementId> for Batch {
    type Value = Agreement;
    type Error = Arc<Error>;

    async fn load(&self, ids: &[AgreementId]) -> Result<HashMap<AgreementId, Agreement>, Arc<Error>> {
        self.session().require(Permission::AgreementRead)?;
        self.many(ids, agreement::load_many, |agreement| agreement.id).await
    }
}

impl Loader<AgreementLineId> for Batch {
    type Value = AgreementLine;
    type Error = Arc<Error>;

    async fn load(&self, ids: &[AgreementLineId]) -> Result<HashMap<AgreementLineId, AgreementLine>, Arc<Error>> {
        self.session().require(Permission::AgreementRead)?;
        self.many(ids, agreement::load_lines, |line| line.id).await
    }
}

impl Loader<LinesOf> for Batch {
    type Value = Vec<AgreementLine>;
    type Error = Arc<Error>;

    async fn load(&self, keys: &[LinesOf]) -> Result<HashMap<LinesOf, Vec<AgreementLine>>, Arc<Error>> {
        let tx = self.reading_with(Permission::AgreementRead).await?;
        let ids: Vec<_> = keys.iter().map(|key| key.0).collect();
        let found = agreement::lines_of(&tx, &ids).await.map_err(Error::from)?;
        Ok(grouped(keys, found, |line| LinesOf(line.agreement)))
    }
}

impl Loader<VersionsOf> for Batch {
    type Value = Vec<AgreementVersion>;
    type Error = Arc<Error>;

    async fn load(&self, keys: &[VersionsOf]) -> Result<HashMap<VersionsOf, Vec<AgreementVersion>>, Arc<Error>> {
        let tx = self.reading_with(Permission::AgreementRead).await?;
        let ids: Vec<_> = keys.iter().map(|key| key.0).collect();
        let found = agreement::versions_of(&tx, &ids).await.map_err(Error::from)?;
        Ok(grouped(keys, found, |version| VersionsOf(version.agreement)))
    }
}

impl Loader<PageOf<AgreementId>> for Batch {
    type Value = Page<Order>;
    type Error = Arc<Error>;

    /// The orders by which was called off.
    async fn load(
        &self,
        keys: &[PageOf<AgreementId>],
    ) -> Result<HashMap<PageOf<AgreementId>, Page<Order>>, Arc<Error>> {
        self.session().require(Permission::OrderRead)?;
        self.pages(keys, order::of_origins).await
    }
}
