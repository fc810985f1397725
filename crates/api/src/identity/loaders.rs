//! People and keys by id, one statement per answer.

use std::collections::HashMap;
use std::sync::Arc;

use async_graphql::dataloader::Loader;
use tradehall_domain::access::Permission;
use tradehall_domain::identity::{ApiKey, ApiKeyId, User, UserId};
use tradehall_persistence::identity;

use crate::app::Error;
use crate::graphql::loader::Batch;

impl Loader<UserId> for Batch {
    type Value = User;
    type Error = Arc<Error>;

    async fn load(&self, ids: &[UserId]) -> Result<HashMap<UserId, User>, Arc<Error>> {
        self.many(ids, identity::load_many, |user| user.id).await
    }
}

impl Loader<ApiKeyId> for Batch {
    type Value = ApiKey;
    type Error = Arc<Error>;

    async fn load(&self, ids: &[ApiKeyId]) -> Result<HashMap<ApiKeyId, ApiKey>, Arc<Error>> {
        // By whatever way an id came here, keys are for those who manage them.
        if !self.session().actor().may(Permission::ApiKeyManage) {
            return Ok(HashMap::new());
        }
        self.many(ids, identity::load_api_keys, |key| key.id).await
    }
}
