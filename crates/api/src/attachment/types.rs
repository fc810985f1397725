//! Uploads and attachments as clients see them.

use async_graphql::{Context, Description, ID, Object, Result};
use tradehall_domain::access::Permission;
use tradehall_domain::attachment::{Attachment, Upload};

use super::link::Purpose;
use crate::app::Session;
use crate::graphql::action::{ActionAvailability, Actions};
use crate::graphql::id::{global, node_types};
use crate::graphql::loader::{load_one, session};
use crate::graphql::scalar::DateTime;
use crate::organization::OrganizationNode;

node_types! { Attachment => "Attachment" }

/// The right to send one file, once.
#[derive(Debug, Clone, Description)]
pub struct UploadNode(pub Upload);

#[Object(name = "Upload", use_type_description)]
impl UploadNode {
    /// Where to send the file: a path on this server, to which its bytes go as they are by `PUT`, without any credential. The answer
    /// is JSON with `attachmentId`, `sha256` and `size`.
    async fn url(&self, ctx: &Context<'_>) -> Result<String> {
        sign(session(ctx)?, Purpose::Upload, self.0.id.uuid(), self.0.expires_at).await
    }

    /// Until when the file is awaited.
    async fn expires_at(&self) -> DateTime {
        DateTime(self.0.expires_at)
    }

    /// What the file will be called: the name that was sent, freed of folders and of characters that mislead.
    async fn file_name(&self) -> &str {
        self.0.file_name.as_str()
    }

    /// What the file must hold, as IANA names it.
    async fn media_type(&self) -> &str {
        self.0.media_type.as_str()
    }

    /// How many bytes the file must have.
    async fn size(&self) -> i64 {
        self.0.size
    }
}

/// A file. Seen by the organization that uploaded it and by whom it was shown to with the document or product that it is attached to.
#[derive(Debug, Clone, Description)]
pub struct AttachmentNode(pub Attachment);

#[Object(name = "Attachment", use_type_description)]
impl AttachmentNode {
    /// The opaque global id.
    pub async fn id(&self) -> ID {
        global(self.0.id)
    }

    /// What it is called, without folders, at most 200 characters.
    async fn file_name(&self) -> &str {
        self.0.file_name.as_str()
    }

    /// What it holds, as IANA names it.
    async fn media_type(&self) -> &str {
        self.0.media_type.as_str()
    }

    /// How many bytes it has.
    async fn size(&self) -> i64 {
        self.0.size
    }

    /// The SHA-256 of its bytes, 64 lower-case hexadecimal digits.
    async fn sha256(&self) -> String {
        self.0.hash.to_string()
    }

    /// When its bytes had come.
    async fn uploaded_at(&self) -> DateTime {
        DateTime(self.0.uploaded_at)
    }

    /// The organization that uploaded it.
    async fn owner(&self, ctx: &Context<'_>) -> Result<OrganizationNode> {
        load_one(ctx, self.0.owner).await.map(OrganizationNode)
    }

    /// Where to read it: a path on this server, good for 15 minutes and for whoever has it, so it is not to be passed on.
    async fn url(&self, ctx: &Context<'_>) -> Result<String> {
        let session = session(ctx)?;
        let lifetime = session.app().files().settings().download_lifetime;
        let expires_at = session.app().store().now().saturating_add(lifetime)?;
        sign(session, Purpose::Download, self.0.id.uuid(), expires_at).await
    }

    /// What the viewer can do with it now.
    async fn available_actions(&self, ctx: &Context<'_>) -> Result<Vec<ActionAvailability>> {
        let owner = session(ctx)?.actor().organization == Some(self.0.owner);
        let mut actions = Actions::of(session(ctx)?);
        actions.on_side(owner, "deleteAttachment", Permission::AttachmentUpload, self.0.is_removable());
        Ok(actions.done())
    }
}

async fn sign(session: &Session, purpose: Purpose, id: uuid::Uuid, expires_at: jiff::Timestamp) -> Result<String> {
    let app = session.app();
    let signer = app.files().signer(app.store()).await.map_err(|error| session.fail(error))?;
    Ok(signer.path(purpose, id, expires_at))
}
