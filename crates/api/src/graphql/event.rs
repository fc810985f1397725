//! Timelines: what happened to an object, as people read it.

use std::collections::HashMap;
use std::sync::Arc;

use async_graphql::dataloader::Loader;
use async_graphql::{Context, Description, ID, Json, Object, Result};
use tradehall_domain::access::Permission;
use tradehall_domain::event::{Subject, SubjectKind};
use tradehall_domain::organization::OrganizationId;
use tradehall_persistence::event::{self, StoredEvent};
use tradehall_persistence::{Page, PageRequest, Tx};
use uuid::Uuid;

use super::connection::{List, Paging, connection};
use super::id::{global, global_as, node_types};
use super::loader::{Batch, PageOf, allowed, load_maybe, session};
use super::scalar::DateTime;
use crate::app::{Error, Session};

node_types! { StoredEvent => "Event" }

/// Something that happened, as it stands in the audit trail.
#[derive(Debug, Clone, Description)]
pub struct EventNode(pub StoredEvent);

#[Object(name = "Event", use_type_description)]
impl EventNode {
    /// The opaque global id; the same event is never told under another.
    pub async fn id(&self) -> ID {
        global(self.0.id)
    }

    /// What happened, in the past tense, such as `ORGANIZATION_VERIFIED`; new kinds can appear at any time.
    async fn kind(&self) -> &str {
        &self.0.kind
    }

    /// When it happened.
    async fn occurred_at(&self) -> DateTime {
        DateTime(self.0.occurred_at)
    }

    /// An opaque mark of the person or key that caused it, the same for the same one. Null when the market itself did, and where two
    /// organizations see the event, which are not told of each other's people.
    async fn principal(&self) -> Option<ID> {
        let principal = self.0.principal.filter(|_| self.0.audience.counterparty.is_none())?;
        Some(global_as("Principal", principal))
    }

    /// What else was worth keeping, by kind: statuses, reasons and ids, never personal data.
    async fn payload(&self) -> Json<serde_json::Value> {
        Json(serde_json::from_str(&self.0.payload).unwrap_or_default())
    }
}

impl Loader<PageOf<Subject>> for Batch {
    type Value = Page<StoredEvent>;
    type Error = Arc<Error>;

    /// One statement for all things of a kind of which the same part is asked for.
    async fn load(&self, keys: &[PageOf<Subject>]) -> Result<HashMap<PageOf<Subject>, Page<StoredEvent>>, Arc<Error>> {
        let tx = self.reading_with(Permission::AuditRead).await?;
        let mut alike: HashMap<(SubjectKind, &PageRequest), Vec<Uuid>> = HashMap::new();
        for key in keys {
            alike.entry((key.of.kind, &key.page)).or_default().push(key.of.id);
        }
        let mut found = HashMap::new();
        for ((kind, page), ids) in alike {
            let pages = event::timelines(&tx, kind, &ids, page).await.map_err(|error| Arc::new(Error::from(error)))?;
            let key = |id| PageOf { of: Subject { kind, id }, page: page.clone() };
            found.extend(pages.into_iter().map(|(id, events)| (key(id), events)));
        }
        Ok(found)
    }
}

/// The events of one thing that the viewer's organization sees, newest first, loaded together with those of other things of its kind.
/// Needs AUDIT_READ.
///
/// # Errors
/// FORBIDDEN, paging arguments out of bounds, or what the statement ran into.
pub async fn timeline(ctx: &Context<'_>, subject: Subject, paging: Paging) -> Result<List<EventNode>> {
    let page = allowed(ctx, Permission::AuditRead)?.page(&paging)?;
    let page = load_maybe(ctx, PageOf { of: subject, page }).await?.unwrap_or_default();
    Ok(connection(page, StoredEvent::cursor, EventNode))
}

/// The same for those who act for one of `parties`; nothing for others.
///
/// # Errors
/// As [`timeline`].
pub async fn timeline_for(
    ctx: &Context<'_>,
    parties: &[OrganizationId],
    subject: Subject,
    paging: Paging,
) -> Result<Option<List<EventNode>>> {
    let own = session(ctx)?.actor().organization;
    if !own.is_some_and(|own| parties.contains(&own)) {
        return Ok(None);
    }
    timeline(ctx, subject, paging).await.map(Some)
}

/// The same as another transaction sees it; who may ask is for the caller to say.
///
/// # Errors
/// Paging arguments out of bounds, or what the statement ran into.
pub async fn timeline_in(session: &Session, tx: &Tx, subject: Subject, paging: Paging) -> Result<List<EventNode>> {
    let fetch = async |page: &PageRequest| Ok(event::timeline(tx, subject, page).await?);
    session.list(paging, fetch, StoredEvent::cursor, EventNode).await
}
