//! Events: outbox, audit trail and timeline at once.
//!
//! A command inserts its events with everything else it writes. The relay later numbers them without gaps and chains them by hash
//! (see [`relay`]); only then are they handed out.

mod entity;
pub mod relay;

use std::collections::HashMap;

use entity::Model;
use jiff::Timestamp;
use sea_orm::{ColumnTrait, QueryFilter};
use tradehall_domain::access::Principal;
use tradehall_domain::event::{Audience, DomainEvent, Subject, SubjectKind};
use tradehall_domain::id::Id;
use uuid::Uuid;

use crate::column::{Col, Name};
use crate::page::Sort;
use crate::{Cursor, Page, PageRequest, StoreError, Tx};

/// An event as it is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredEvent {
    /// Which event; consumers drop what they have seen.
    pub id: Id<StoredEvent>,
    /// Its place in the order of all events; `None` until the relay has numbered it.
    pub position: Option<i64>,
    /// Who sees it.
    pub audience: Audience,
    /// What it is about.
    pub subject: Subject,
    /// What happened.
    pub kind: String,
    /// What else is worth keeping, as JSON.
    pub payload: String,
    /// The person or key that caused it; `None` for the market itself.
    pub principal: Option<Uuid>,
    /// When.
    pub occurred_at: Timestamp,
}

/// Writes `event` down with whatever else the transaction writes.
pub(crate) fn record(
    tx: &mut Tx,
    audience: Audience,
    subject: Subject,
    event: &impl DomainEvent,
) -> Result<(), StoreError> {
    record_all(tx, [(audience, subject, event)])
}

/// Writes many events down together: one batch of rows, whatever their number.
pub(crate) fn record_all<'a, E: DomainEvent + 'a>(
    tx: &mut Tx,
    events: impl IntoIterator<Item = (Audience, Subject, &'a E)>,
) -> Result<(), StoreError> {
    let models: Vec<_> = events
        .into_iter()
        .map(|(audience, subject, event)| model(tx, audience, subject, event))
        .collect::<Result<_, _>>()?;
    tx.insert_last(&models)
}

fn model(tx: &Tx, audience: Audience, subject: Subject, event: &impl DomainEvent) -> Result<Model, StoreError> {
    let principal: Principal = tx.actor().principal;
    Ok(Model {
        id: Col(Id::new()),
        position: None,
        organization_id: audience.organization.map(Col),
        counterparty_id: audience.counterparty.map(Col),
        subject_kind: Name(subject.kind),
        subject_id: subject.id,
        kind: event.kind().to_owned(),
        payload: serde_json::to_string(event).map_err(|e| StoreError::Corrupt(e.to_string()))?,
        principal_id: principal.into(),
        occurred_at: Col(tx.now()),
        previous_hash: None,
        hash: None,
    })
}

/// The timeline of one thing: its numbered events, newest first.
///
/// # Errors
/// When the database is away.
pub async fn timeline(tx: &Tx, subject: Subject, page: &PageRequest) -> Result<Page<StoredEvent>, StoreError> {
    let select = tx
        .find::<entity::Entity>()
        .filter(entity::Column::SubjectKind.eq(Name(subject.kind)))
        .filter(entity::Column::SubjectId.eq(subject.id));
    let sort = Sort { key: None, id: entity::Column::Id, descending: true };
    tx.page(select, page, &sort).await?.try_map(|model| Ok(model.into()))
}

/// The timelines of many things of a kind, by their ids: one statement whatever their number.
///
/// # Errors
/// When the database is away.
pub async fn timelines(
    tx: &Tx,
    kind: SubjectKind,
    subjects: &[Uuid],
    page: &PageRequest,
) -> Result<HashMap<Uuid, Page<StoredEvent>>, StoreError> {
    let subjects: Vec<Id<Subject>> = subjects.iter().copied().map(Id::from_uuid).collect();
    let select = tx.find::<entity::Entity>().filter(entity::Column::SubjectKind.eq(Name(kind)));
    let sort = Sort { key: None, id: entity::Column::Id, descending: true };
    let subject = (entity::Column::SubjectId, subjects.as_slice());
    let pages = tx.pages(select, subject, page, &sort, |model| Id::from_uuid(model.subject_id)).await?;
    let told = |page: Page<Model>| page.try_map(|model| Ok::<_, StoreError>(model.into()));
    pages.into_iter().map(|(subject, page)| Ok((subject.uuid(), told(page)?))).collect()
}

/// The organization's audit trail, newest first.
///
/// # Errors
/// When the database is away.
pub async fn trail(tx: &Tx, page: &PageRequest) -> Result<Page<StoredEvent>, StoreError> {
    let sort = Sort { key: None, id: entity::Column::Id, descending: true };
    tx.page(tx.find::<entity::Entity>(), page, &sort).await?.try_map(|model| Ok(model.into()))
}

impl StoredEvent {
    /// Where the event stands in a timeline.
    #[must_use]
    pub const fn cursor(&self) -> Cursor {
        Cursor::of(self.id)
    }
}

impl From<Model> for StoredEvent {
    fn from(model: Model) -> Self {
        Self {
            id: model.id.0,
            position: model.position,
            audience: Audience {
                organization: model.organization_id.map(|id| id.0),
                counterparty: model.counterparty_id.map(|id| id.0),
            },
            subject: Subject { kind: model.subject_kind.0, id: model.subject_id },
            kind: model.kind,
            payload: model.payload,
            principal: model.principal_id,
            occurred_at: model.occurred_at.0,
        }
    }
}
