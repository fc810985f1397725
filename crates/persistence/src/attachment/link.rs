//! What files are attached to, and who is shown them there.
//!
//! The file's owner alone attaches, shows and detaches; the market's own tasks may too, such as the one that opens sealed quotes.

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
    if let Visibility::Organizations(organizations) = visibility {
        grant(tx, &links, organizations)?;
    }
    event::record(tx, Audience::only(owner), subject, &AttachmentEvent::Attached { attachments: ids.to_vec() })?;
    files.sort_by_key(|file| ids.iter().position(|id| *id == file.id));
    Ok(files)
}

/// Shows everything attached to `subject` to more organizations, or to everyone. Nothing is hidden again from whom it was shown.
///
/// # Errors
/// When the database is away.
pub async fn show(tx: &mut Tx, subject: Subject, visibility: &Visibility) -> Result<(), StoreError> {
    match visibility {
        Visibility::Owner => Ok(()),
        Visibility::Everyone => {
            let sql = "UPDATE attachment_link SET is_public = TRUE WHERE subject_kind = $1 AND subject_id = $2 \
                       AND (owner_id = $3 OR $4)";
            let (owner, across) = maker(tx);
            let values = [subject.kind.to_string().into(), subject.id.into(), owner.into(), across.into()];
            tx.run(sql, values).await.map(drop)
        }
        Visibility::Organizations(organizations) => {
            let links = own_links(tx, subject).await?;
            let ids: Vec<_> = links.iter().map(|link| link.id).collect();
            let select = tx.find::<grant::Entity>().filter(tx.among(grant::Column::LinkId, &ids));
            let shown = tx.all(select).await?;
            for organization in organizations {
                let fresh: Vec<_> = links
                    .iter()
                    .filter(|link| {
                        !shown.iter().any(|row| row.link_id.0 == link.id && row.organization_id.0 == *organization)
                    })
                    .cloned()
                    .collect();
                grant(tx, &fresh, &[*organization])?;
            }
            Ok(())
        }
    }
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

/// The links of `subject` that the actor may change.
async fn own_links(tx: &Tx, subject: Subject) -> Result<Vec<AttachmentLink>, StoreError> {
    let mut select = tx
        .find::<link::Entity>()
        .filter(link::Column::SubjectKind.eq(Name(subject.kind)))
        .filter(link::Column::SubjectId.eq(subject.id));
    let (owner, across) = maker(tx);
    if !across {
        select = select.filter(link::Column::OwnerId.eq(owner));
    }
    Ok(tx.all(select).await?.into_iter().map(AttachmentLink::from).collect())
}

/// The organization whose links the actor may change, and whether those of all others too.
fn maker(tx: &Tx) -> (Uuid, bool) {
    (tx.actor().organization.map_or(Uuid::nil(), Id::uuid), tx.actor().task.is_some())
}

fn grant(tx: &mut Tx, links: &[AttachmentLink], organizations: &[OrganizationId]) -> Result<(), StoreError> {
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
