//! Organizations by id, one statement per answer.

use std::collections::HashMap;
use std::sync::Arc;

use async_graphql::dataloader::Loader;
use tradehall_domain::organization::{Organization, OrganizationId};
use tradehall_persistence::organization;

use crate::app::Error;
use crate::graphql::loader::Batch;

impl Loader<OrganizationId> for Batch {
    type Value = Organization;
    type Error = Arc<Error>;

    async fn load(&self, ids: &[OrganizationId]) -> Result<HashMap<OrganizationId, Organization>, Arc<Error>> {
        self.many(ids, organization::load_many, |organization| organization.id).await
    }
}
