//! Attachments by id and by what they are attached to, a fixed number of statements per answer.

use std::collections::HashMap;
use std::sync::Arc;

use async_graphql::Context;
use async_graphql::dataloader::Loader;
use tradehall_domain::attachment::{Attachment, AttachmentId};
use tradehall_domain::event::{Subject, SubjectKind};
use tradehall_persistence::attachment;
use uuid::Uuid;

use super::AttachmentNode;
use crate::app::Error;
use crate::graphql::loader::{Batch, load_list};

impl Loader<AttachmentId> for Batch {
    type Value = Attachment;
    type Error = Arc<Error>;

    async fn load(&self, ids: &[AttachmentId]) -> Result<HashMap<AttachmentId, Attachment>, Arc<Error>> {
        self.many(ids, attachment::load_many, |attachment| attachment.id).await
    }
}

/// Everything attached to one thing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
struct AttachedTo(Subject);

impl Loader<AttachedTo> for Batch {
    type Value = Vec<Attachment>;
    type Error = Arc<Error>;

    async fn load(&self, keys: &[AttachedTo]) -> Result<HashMap<AttachedTo, Vec<Attachment>>, Arc<Error>> {
        let tx = self.reading().await?;
        let mut kinds: HashMap<SubjectKind, Vec<Uuid>> = HashMap::new();
        for AttachedTo(subject) in keys {
            kinds.entry(subject.kind).or_default().push(subject.id);
        }
        let mut found: HashMap<_, Vec<_>> = HashMap::new();
        for (kind, ids) in kinds {
            let files = attachment::of_subjects(&tx, kind, &ids).await.map_err(|error| Arc::new(error.into()))?;
            for (id, file) in files {
                found.entry(AttachedTo(Subject { kind, id })).or_default().push(file);
            }
        }
        Ok(found)
    }
}

/// What is attached to `subject` and shown to the viewer, in the order in which it was attached. Two statements for all subjects of
/// a kind in one answer.
///
/// # Errors
/// What the statements ran into.
pub async fn attachments_of(ctx: &Context<'_>, subject: Subject) -> async_graphql::Result<Vec<AttachmentNode>> {
    Ok(load_list(ctx, AttachedTo(subject)).await?.into_iter().map(AttachmentNode).collect())
}
