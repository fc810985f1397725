//! Timelines: what happened to an object, as people read it.

use async_graphql::{Context, Description, ID, Json, Object, Result};
use tradehall_domain::access::Permission;
use tradehall_domain::event::Subject;
use tradehall_persistence::event::{self, StoredEvent};
use tradehall_persistence::{PageRequest, Tx};

use super::connection::{List, Paging};
use super::id::{global, global_as, node_types};
use super::loader::allowed;
use super::scalar::DateTime;
use crate::app::Session;

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

/// The events of one thing that the viewer's organization sees, newest first. Needs AUDIT_READ.
///
/// # Errors
/// FORBIDDEN, paging arguments out of bounds, or what the statement ran into.
pub async fn timeline(ctx: &Context<'_>, subject: Subject, paging: Paging) -> Result<List<EventNode>> {
    let session = allowed(ctx, Permission::AuditRead)?;
    let tx = session.reading().await.map_err(|error| session.fail(error))?;
    timeline_in(session, &tx, subject, paging).await
}

/// The same as another transaction sees it; who may ask is for the caller to say.
///
/// # Errors
/// Paging arguments out of bounds, or what the statement ran into.
pub async fn timeline_in(session: &Session, tx: &Tx, subject: Subject, paging: Paging) -> Result<List<EventNode>> {
    let fetch = async |page: &PageRequest| Ok(event::timeline(tx, subject, page).await?);
    session.list(paging, fetch, StoredEvent::cursor, EventNode).await
}
