//! Uploading files and taking them away.

use async_graphql::{Context, ID, InputObject, Object, Result};
use tradehall_domain::attachment::{Attachment, UploadDraft};

use super::commands::{DeleteAttachment, RequestUpload};
use super::types::UploadNode;
use crate::app::{Error, IdempotencyKey, Session};
use crate::graphql::id::{GlobalId, global};
use crate::graphql::loader::session;
use crate::graphql::payload::payload;

payload! {
    /// What `requestUpload` answers.
    RequestUploadPayload {
        /// Where to send the file, and until when.
        upload: UploadNode,
    }
}

payload! {
    /// What `deleteAttachment` answers.
    DeleteAttachmentPayload {
        /// The global id that leads nowhere from now on.
        deleted_attachment_id: ID,
    }
}

/// A file to send.
#[derive(Debug, InputObject)]
pub struct RequestUploadInput {
    /// What it is called; a path is cut to its last step. The ending must belong to the media type.
    pub file_name: String,
    /// What it holds, as IANA names it, such as `application/pdf`; a refusal lists the types that are taken.
    pub media_type: String,
    /// How many bytes it has, at most 26 214 400 (25 MiB) unless configured otherwise.
    pub size: i64,
    /// The client's name for this request, 8 to 128 visible ASCII characters; the same key and input answers the same upload.
    pub idempotency_key: Option<String>,
}

/// A file to take away.
#[derive(Debug, InputObject)]
pub struct DeleteAttachmentInput {
    /// Which file.
    pub attachment_id: GlobalId<Attachment>,
}

/// The root fields that change attachments.
#[derive(Debug, Default)]
pub struct AttachmentMutation;

#[Object]
impl AttachmentMutation {
    /// Asks for the right to send one file within 15 minutes. A file that is attached to nothing within a week is dropped. Needs
    /// ATTACHMENT_UPLOAD.
    async fn request_upload(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What the file is.")] input: RequestUploadInput,
    ) -> Result<RequestUploadPayload> {
        let session = session(ctx)?;
        session.answer(request(session, input).await, |upload| (UploadNode(upload),))
    }

    /// Takes away a file that is attached to nothing. Needs ATTACHMENT_UPLOAD in the organization that uploaded it.
    async fn delete_attachment(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which file.")] input: DeleteAttachmentInput,
    ) -> Result<DeleteAttachmentPayload> {
        let outcome = session(ctx)?.execute(DeleteAttachment { attachment: input.attachment_id.0 }).await;
        session(ctx)?.answer(outcome, |id| (global(id),))
    }
}

async fn request(session: &Session, input: RequestUploadInput) -> Result<tradehall_domain::attachment::Upload, Error> {
    let key = IdempotencyKey::of_input(input.idempotency_key.as_deref())?;
    let draft = UploadDraft { file_name: input.file_name, media_type: input.media_type, size: input.size };
    let limits = session.app().files().settings().uploads.clone();
    session.execute_once(RequestUpload { draft, limits, key }).await
}
