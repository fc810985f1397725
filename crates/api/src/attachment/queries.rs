//! Reading attachments.

use async_graphql::{Context, Object, Result};
use tradehall_domain::access::Permission;
use tradehall_domain::attachment::Attachment;

use super::types::AttachmentNode;
use crate::graphql::id::GlobalId;
use crate::graphql::loader::{allowed, load_one};

/// The root fields that read attachments.
#[derive(Debug, Default)]
pub struct AttachmentQuery;

#[Object]
impl AttachmentQuery {
    /// One file that the viewer's organization uploaded or was shown. Needs a signed-in viewer.
    async fn attachment(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The attachment's global id.")] id: GlobalId<Attachment>,
    ) -> Result<Option<AttachmentNode>> {
        allowed(ctx, Permission::SignedIn)?;
        load_one(ctx, id.0).await.map(AttachmentNode).map(Some)
    }
}
