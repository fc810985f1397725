//! What files are attached to. The file's owner alone attaches and detaches.

use std::collections::HashMap;

use sea_orm::{ColumnTrait, Order, QueryFilter, QueryOrder};
use tradehall_domain::attachment::{Attachment, AttachmentEvent, AttachmentId, AttachmentLink, Visibility};
use tradehall_domain::event::{Audience, Subject, SubjectKind};
use tradehall_domain::id::Id;
use tradehall_domain::organization::OrganizationId;
use uuid::Uuid;

use super::entity::{grant, link};
use super::{load_many, lock_owned, save_all};
use crate::column::{Col, Name};
use crate::{StoreError, Tx, event};

/// The unique index that attaching a file twice to the same thing runs into.
pub const LINK_INDEX: &str = "attachment_link_attachment_id_subject_kind_subject_id_key";

/// Attaches `ids`, all of them the actor's organization's own, to `subject` and shows them there. Answers them in the order of `ids`,
/// in which they are listed from now on, after what is attached already.
///
/// # Errors
/// [`StoreError::NotFound`] when one is not there or not one's own; a conflict on [`LINK_INDEX`], by the commit, when one is attached
/// there already.
pub async fn attach(
    tx: &mut Tx,
    subject: Subject,
    ids: &[AttachmentId],
    visibility: &Visibility,
) -> Result<Vec<Attachment>, StoreError> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let owner = tx.actor().organization.ok_or(StoreError::NotFound)?;
    let mut files = lock_owned(tx, owner, ids).await?;
    save_all(tx, files.iter_mut().filter_map(|file| if file.attach() { Some(file) } else { None }))?;
    link(tx, subject, owner, ids, visibility)?;
    event::record(tx, Audience::only(owner), subject, &AttachmentEvent::Attached { attachments: ids.to_vec() })?;
    files.sort_by_key(|file| ids.iter().position(|id| *id == file.id));
    Ok(files)
}

/// Takes `ids` off `subject`; what is not attached there is passed over. Whom they were shown to there sees them there no longer.
///
/// # Errors
/// [`StoreError::NotFound`] when one is not there or not one's own.
pub async fn detach(tx: &mut Tx, subject: Subject, ids: &[AttachmentId]) -> Result<(), StoreError> {
    let owner = tx.actor().organization.ok_or(StoreError::NotFound)?;
    let mut files = lock_owned(tx, owner, ids).await?;
    let mut links = own_links(tx, subject).await?;
    links.retain(|link| ids.contains(&link.attachment));
    if links.is_empty() {
        return Ok(());
    }
    let gone: Vec<_> = links.iter().map(|link| link.id).collect();
    tx.delete::<grant::Entity, _>(grant::Column::LinkId, &gone).await?;
    tx.delete::<link::Entity, _>(link::Column::Id, &gone).await?;
    let elsewhere = tx.all(tx.find::<link::Entity>().filter(tx.among(link::Column::AttachmentId, ids))).await?;
    let now = tx.now();
    files.retain(|file| !elsewhere.iter().any(|link| link.attachment_id.0 == file.id));
    save_all(tx, files.iter_mut().filter_map(|file| if file.detach(now) { Some(file) } else { None }))?;
    let attachments = links.iter().map(|link| link.attachment).collect();
    event::record(tx, Audience::only(owner), subject, &AttachmentEvent::Detached { attachments })
}

/// Makes `ids`, all of them the actor's organization's own, what is attached to `to`, in their order, in the place of what it had
/// attached to `from`: an earlier state of the same document, or of the draft that it replaces, which nobody else was shown.
///
/// # Errors
/// [`StoreError::NotFound`] when one is not there or not one's own.
pub async fn replace(
    tx: &mut Tx,
    from: Subject,
    to: Subject,
    ids: &[AttachmentId],
    visibility: &Visibility,
) -> Result<(), StoreError> {
    let old = own_links(tx, from).await?;
    let had: Vec<_> = old.iter().map(|link| link.attachment).collect();
    if had == ids && (from == to || ids.is_empty()) {
        return Ok(());
    }
    let owner = tx.actor().organization.ok_or(StoreError::NotFound)?;
    let gone: Vec<_> = had.iter().copied().filter(|id| !ids.contains(id)).collect();
    let fresh: Vec<_> = ids.iter().copied().filter(|id| from != to || !had.contains(id)).collect();
    let mut files = lock_owned(tx, owner, &[ids, &gone].concat()).await?;
    if !old.is_empty() {
        let old: Vec<_> = old.iter().map(|link| link.id).collect();
        tx.delete::<link::Entity, _>(link::Column::Id, &old).await?;
    }
    let elsewhere = match gone.as_slice() {
        [] => Vec::new(),
        gone => tx.all(tx.find::<link::Entity>().filter(tx.among(link::Column::AttachmentId, gone))).await?,
    };
    let now = tx.now();
    let changed = files.iter_mut().filter_map(|file| {
        let changed = if ids.contains(&file.id) {
            file.attach()
        } else {
            !elsewhere.iter().any(|link| link.attachment_id.0 == file.id) && file.detach(now)
        };
        changed.then_some(file)
    });
    save_all(tx, changed)?;
    link(tx, to, owner, ids, visibility)?;
    if !gone.is_empty() {
        event::record(tx, Audience::only(owner), from, &AttachmentEvent::Detached { attachments: gone })?;
    }
    if !fresh.is_empty() {
        event::record(tx, Audience::only(owner), to, &AttachmentEvent::Attached { attachments: fresh })?;
    }
    Ok(())
}

/// The files that the actor's organization attached to `subject`, in their order.
///
/// # Errors
/// When the database is away.
pub async fn ids_of(tx: &Tx, subject: Subject) -> Result<Vec<AttachmentId>, StoreError> {
    Ok(own_links(tx, subject).await?.into_iter().map(|link| link.attachment).collect())
}

/// What is attached to `subject` and shown to the actor, in the order in which it was attached.
///
/// # Errors
/// When the database is away.
pub async fn of_subject(tx: &Tx, subject: Subject) -> Result<Vec<Attachment>, StoreError> {
    let found = of_subjects(tx, subject.kind, &[subject.id]).await?;
    Ok(found.into_iter().map(|(_, attachment)| attachment).collect())
}

/// The same for many things of a kind, each attachment with what it is attached to; two statements whatever their number.
///
/// # Errors
/// When the database is away.
pub async fn of_subjects(tx: &Tx, kind: SubjectKind, subjects: &[Uuid]) -> Result<Vec<(Uuid, Attachment)>, StoreError> {
    let subjects: Vec<Id<Subject>> = subjects.iter().copied().map(Id::from_uuid).collect();
    let select = tx
        .find::<link::Entity>()
        .filter(link::Column::SubjectKind.eq(Name(kind)))
        .filter(tx.among(link::Column::SubjectId, &subjects))
        .order_by(link::Column::Id, Order::Asc);
    let links = tx.all(select).await?;
    if links.is_empty() {
        return Ok(Vec::new());
    }
    let ids: Vec<_> = links.iter().map(|link| link.attachment_id.0).collect();
    let files: HashMap<_, _> = load_many(tx, &ids).await?.into_iter().map(|file| (file.id, file)).collect();
    Ok(links
        .into_iter()
        .filter_map(|link| Some((link.subject_id, files.get(&link.attachment_id.0)?.clone())))
        .collect())
}

/// The links of `subject` that the actor may change, in their order.
async fn own_links(tx: &Tx, subject: Subject) -> Result<Vec<AttachmentLink>, StoreError> {
    own_links_of(tx, subject.kind, &[subject.id]).await
}

/// The same for many things of a kind.
pub(super) async fn own_links_of(
    tx: &Tx,
    kind: SubjectKind,
    subjects: &[Uuid],
) -> Result<Vec<AttachmentLink>, StoreError> {
    let subjects: Vec<Id<Subject>> = subjects.iter().copied().map(Id::from_uuid).collect();
    let mut select = tx
        .find::<link::Entity>()
        .filter(link::Column::SubjectKind.eq(Name(kind)))
        .filter(tx.among(link::Column::SubjectId, &subjects))
        .order_by(link::Column::Id, Order::Asc);
    let (owner, across) = maker(tx);
    if !across {
        select = select.filter(link::Column::OwnerId.eq(owner));
    }
    Ok(tx.all(select).await?.into_iter().map(AttachmentLink::from).collect())
}

/// The organization whose links the actor may change, and whether those of all others too.
pub(super) fn maker(tx: &Tx) -> (Uuid, bool) {
    (tx.actor().organization.map_or(Uuid::nil(), Id::uuid), tx.actor().task.is_some())
}

fn link(
    tx: &mut Tx,
    subject: Subject,
    owner: OrganizationId,
    ids: &[AttachmentId],
    visibility: &Visibility,
) -> Result<(), StoreError> {
    let links: Vec<_> = ids
        .iter()
        .map(|id| AttachmentLink {
            id: Id::new(),
            attachment: *id,
            subject,
            owner,
            is_public: *visibility == Visibility::Everyone,
            attached_at: tx.now(),
        })
        .collect();
    tx.insert_all(&links.iter().map(link::Model::from).collect::<Vec<_>>())?;
    match visibility {
        Visibility::Organizations(organizations) => grant(tx, &links, organizations),
        Visibility::Owner | Visibility::Everyone => Ok(()),
    }
}

pub(super) fn grant(tx: &mut Tx, links: &[AttachmentLink], organizations: &[OrganizationId]) -> Result<(), StoreError> {
    let mut rows = Vec::with_capacity(links.len() * organizations.len());
    for link in links {
        // An owner needs no grant.
        for organization in organizations.iter().filter(|organization| **organization != link.owner) {
            rows.push(grant::Model {
                id: Col(Id::new()),
                link_id: Col(link.id),
                attachment_id: Col(link.attachment),
                owner_id: Col(link.owner),
                organization_id: Col(*organization),
            });
        }
    }
    tx.insert_all(&rows)
}

impl From<&AttachmentLink> for link::Model {
    fn from(link: &AttachmentLink) -> Self {
        Self {
            id: Col(link.id),
            attachment_id: Col(link.attachment),
            owner_id: Col(link.owner),
            subject_kind: Name(link.subject.kind),
            subject_id: link.subject.id,
            is_public: link.is_public,
            attached_at: Col(link.attached_at),
        }
    }
}

impl From<link::Model> for AttachmentLink {
    fn from(model: link::Model) -> Self {
        Self {
            id: model.id.0,
            attachment: model.attachment_id.0,
            subject: Subject { kind: model.subject_kind.0, id: model.subject_id },
            owner: model.owner_id.0,
            is_public: model.is_public,
            attached_at: model.attached_at.0,
        }
    }
}
