//! What can be done to uploads and attachments.

use tradehall_domain::access::{Permission, SystemTask};
use tradehall_domain::attachment::{
    Attachment, AttachmentId, Content, ContentHash, Upload, UploadDraft, UploadId, UploadLimits,
};
use tradehall_domain::id::Id;
use tradehall_persistence::attachment::{self, content, upload};
use tradehall_persistence::{StoreError, Tx};
use uuid::Uuid;

use crate::app::{Command, Error, IdempotencyKey, Repeatable, organization_of};

/// Asks for the right to send one file.
#[derive(Debug)]
pub struct RequestUpload {
    /// The file as its sender describes it.
    pub draft: UploadDraft,
    /// What may be uploaded.
    pub limits: UploadLimits,
    /// The client's name for the request.
    pub key: Option<IdempotencyKey>,
}

impl Command for RequestUpload {
    const PERMISSION: Permission = Permission::AttachmentUpload;
    type Output = Upload;

    async fn run(self, tx: &mut Tx) -> Result<Upload, Error> {
        let owner = organization_of(tx)?;
        let usage = upload::usage(tx, owner).await?;
        let by = tx.actor().principal;
        let (upload, event) = Upload::request(&self.draft, &self.limits, usage, owner, by, tx.now())?;
        upload::insert(tx, &upload, &event)?;
        Ok(upload)
    }
}

impl Repeatable for RequestUpload {
    const NAME: &'static str = "requestUpload";

    fn key(&self) -> Option<&IdempotencyKey> {
        self.key.as_ref()
    }

    fn receipt(upload: &Upload) -> Vec<Uuid> {
        vec![upload.id.uuid()]
    }

    async fn recall(tx: &Tx, made: &[Uuid]) -> Result<Upload, Error> {
        let id = made.first().copied().ok_or(Error::NotFound)?;
        Ok(upload::load(tx, Id::from_uuid(id)).await?)
    }
}

/// Takes away a file of one's own that is attached to nothing.
#[derive(Debug)]
pub struct DeleteAttachment {
    /// Which file.
    pub attachment: AttachmentId,
}

impl Command for DeleteAttachment {
    const PERMISSION: Permission = Permission::AttachmentUpload;
    // The bytes may be another organization's as well, which the owner must not learn.
    const ACROSS: Option<SystemTask> = Some(SystemTask::Files);
    type Output = AttachmentId;

    async fn run(self, tx: &mut Tx) -> Result<AttachmentId, Error> {
        let owner = organization_of(tx)?;
        let found = attachment::lock_owned(tx, owner, &[self.attachment]).await?;
        let mut gone = Vec::with_capacity(found.len());
        for file in found {
            let event = file.remove()?;
            gone.push((file, event));
        }
        attachment::delete(tx, &gone).await?;
        Ok(self.attachment)
    }
}

/// Makes room for bytes that have come and are about to be stored; nothing while the same bytes are being dropped.
///
/// The signed link was the permission; nothing but its endpoint can ask for this.
#[derive(Debug)]
pub(super) struct ClaimContent {
    pub(super) hash: ContentHash,
    pub(super) size: i64,
}

impl Command for ClaimContent {
    const PERMISSION: Permission = Permission::Anyone;
    const ACROSS: Option<SystemTask> = Some(SystemTask::Files);
    type Output = Option<Content>;

    async fn run(self, tx: &mut Tx) -> Result<Option<Content>, Error> {
        Ok(content::claim(tx, self.hash, self.size).await?)
    }
}

/// Makes an attachment of an upload whose bytes are stored. Of two senders to the same link, the second finds it closed.
///
/// The signed link was the permission; nothing but its endpoint can ask for this.
#[derive(Debug)]
pub(super) struct CompleteUpload {
    pub(super) upload: UploadId,
    pub(super) content: Content,
}

impl Command for CompleteUpload {
    const PERMISSION: Permission = Permission::Anyone;
    const ACROSS: Option<SystemTask> = Some(SystemTask::Files);
    type Output = Attachment;

    async fn run(self, tx: &mut Tx) -> Result<Attachment, Error> {
        let mut upload = upload::lock(tx, self.upload).await?;
        let (attachment, event) = upload.complete(&self.content, tx.now())?;
        upload::save(tx, &mut upload)?;
        attachment::insert(tx, &attachment, &event)?;
        if !content::settle(tx, self.content.id).await? {
            return Err(StoreError::Collision.into());
        }
        Ok(attachment)
    }
}
