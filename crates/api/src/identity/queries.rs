//! Reading who asks, and the keys of an organization.

use async_graphql::{Context, Object, Result};
use tradehall_domain::access::Permission;
use tradehall_persistence::identity;

use super::types::{ApiKeyNode, Viewer};
use crate::graphql::connection::{List, Paging};
use crate::graphql::loader::{allowed, session};

/// The root fields that read people and keys.
#[derive(Debug, Default)]
pub struct IdentityQuery;

#[Object]
impl IdentityQuery {
    /// Who is asking; null when nobody is signed in. Needs nothing.
    async fn viewer(&self, ctx: &Context<'_>) -> Result<Option<Viewer>> {
        let session = session(ctx)?;
        Ok((!session.actor().is_anonymous()).then(|| Viewer::of(session)))
    }

    /// The API keys of the viewer's organization, newest first, revoked ones included. Needs API_KEY_MANAGE.
    async fn api_keys(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "That many from the start, or from `after` on; 1 to 100.")] first: Option<i32>,
        #[graphql(desc = "Continue after this cursor.")] after: Option<String>,
        #[graphql(desc = "That many from the end, or up to `before`; 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "End before this cursor.")] before: Option<String>,
    ) -> Result<List<ApiKeyNode>> {
        let session = allowed(ctx, Permission::ApiKeyManage)?;
        let fetch = async |page: &_| Ok(identity::api_keys(&*session.reading().await?, page).await?);
        session.list(Paging::of(first, after, last, before), fetch, identity::api_key_cursor, ApiKeyNode).await
    }
}
