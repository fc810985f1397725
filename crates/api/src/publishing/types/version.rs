//! A catalog version as clients see it.

use async_graphql::{Context, Description, ID, Object, Result};
use jiff::{SignedDuration, Timestamp};
use tradehall_domain::access::Permission;
use tradehall_domain::event::{Subject, SubjectKind};
use tradehall_domain::publishing::{CatalogVersion, CatalogVersionStatus};
use tradehall_persistence::publishing::change;

use super::CatalogChangeNode;
use crate::graphql::action::{ActionAvailability, Actions};
use crate::graphql::closed::Closed;
use crate::graphql::connection::{List, Paging, connection};
use crate::graphql::event::{EventNode, timeline};
use crate::graphql::id::global;
use crate::graphql::loader::{load_maybe, load_one, session};
use crate::graphql::scalar::DateTime;
use crate::organization::OrganizationNode;
use crate::publishing::loaders::ChangesOf;

/// A named set of changes of a catalog that goes live in one moment. Seen by its owner's people with CATALOG_READ.
#[derive(Debug, Clone, Description)]
pub struct CatalogVersionNode(pub CatalogVersion);

impl CatalogVersionNode {
    async fn listed(&self, ctx: &Context<'_>, conflicting: bool, paging: Paging) -> Result<List<CatalogChangeNode>> {
        let page = session(ctx)?.page(&paging)?;
        let key = ChangesOf { version: self.0.id, conflicting, page };
        let page = load_maybe(ctx, key).await?.unwrap_or_default();
        let is_open = !self.0.is_published();
        Ok(connection(page, change::cursor, |change| CatalogChangeNode { change, is_open }))
    }
}

#[Object(name = "CatalogVersion", use_type_description)]
impl CatalogVersionNode {
    /// The opaque global id.
    pub async fn id(&self) -> ID {
        global(self.0.id)
    }

    /// What people call it, 1 to 200 characters.
    async fn name(&self) -> &str {
        self.0.name.as_str()
    }

    /// How far it is.
    async fn status(&self) -> Closed<CatalogVersionStatus> {
        self.0.status.into()
    }

    /// Since when the status holds.
    async fn since(&self) -> DateTime {
        DateTime(self.0.since)
    }

    /// Whose catalog it changes.
    async fn owner(&self, ctx: &Context<'_>) -> Result<OrganizationNode> {
        load_one(ctx, self.0.owner).await.map(OrganizationNode)
    }

    /// When it goes live by itself, to the second; null unless it is scheduled.
    async fn publish_at(&self) -> Option<DateTime> {
        self.0.publish_at.map(DateTime)
    }

    /// When it went live; null before.
    async fn published_at(&self) -> Option<DateTime> {
        self.0.published_at.map(DateTime)
    }

    /// Its place among the published versions of its owner, from 1 on; null before it goes live.
    async fn sequence(&self) -> Option<i64> {
        self.0.sequence
    }

    /// How many products it changes; at most 200 000.
    async fn change_count(&self) -> i64 {
        self.0.changes
    }

    /// What it changes, oldest first: until it goes live against the catalog as it is now, afterwards as it was recorded.
    async fn changes(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "That many from the start, or from `after` on; 1 to 100.")] first: Option<i32>,
        #[graphql(desc = "Continue after this cursor.")] after: Option<String>,
        #[graphql(desc = "That many from the end, or up to `before`; 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "End before this cursor.")] before: Option<String>,
    ) -> Result<List<CatalogChangeNode>> {
        self.listed(ctx, false, Paging::of(first, after, last, before)).await
    }

    /// The changes that stand against the catalog as it is now and refuse the publication until they are re-based or dropped; none
    /// once it is published or cancelled.
    async fn conflicts(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "That many from the start, or from `after` on; 1 to 100.")] first: Option<i32>,
        #[graphql(desc = "Continue after this cursor.")] after: Option<String>,
        #[graphql(desc = "That many from the end, or up to `before`; 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "End before this cursor.")] before: Option<String>,
    ) -> Result<List<CatalogChangeNode>> {
        use CatalogVersionStatus::{Draft, Review, Scheduled};
        if matches!(self.0.status, Draft | Review | Scheduled) {
            return self.listed(ctx, true, Paging::of(first, after, last, before)).await;
        }
        session(ctx)?.page(&Paging::of(first, after, last, before))?;
        Ok(List::new(false, false))
    }

    /// When it was begun.
    async fn created_at(&self) -> DateTime {
        DateTime(self.0.created_at)
    }

    /// Counts its changes of state and content.
    async fn version(&self) -> i64 {
        self.0.version
    }

    /// What happened to it, newest first. Needs AUDIT_READ.
    async fn timeline(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "That many from the start, or from `after` on; 1 to 100.")] first: Option<i32>,
        #[graphql(desc = "Continue after this cursor.")] after: Option<String>,
        #[graphql(desc = "That many from the end, or up to `before`; 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "End before this cursor.")] before: Option<String>,
    ) -> Result<List<EventNode>> {
        let subject = Subject { kind: SubjectKind::CatalogVersion, id: self.0.id.uuid() };
        timeline(ctx, subject, Paging::of(first, after, last, before)).await
    }

    /// What the viewer can do with the version now.
    async fn available_actions(&self, ctx: &Context<'_>) -> Result<Vec<ActionAvailability>> {
        let session = session(ctx)?;
        let now = session.app().store().now();
        let tried = |verb: fn(&mut CatalogVersion, Timestamp) -> Result<_, _>| verb(&mut self.0.clone(), now).map(drop);
        let soon = |version: &mut CatalogVersion, now: Timestamp| {
            version.schedule(now.saturating_add(SignedDuration::from_hours(1)).unwrap_or(now), now)
        };
        let manage = Permission::CatalogManage;
        let mut actions = Actions::of(session);
        actions.add("addCatalogChanges", manage, self.0.can_be_written());
        actions.add("dropCatalogChanges", manage, self.0.can_be_written());
        actions.add("rebaseCatalogChanges", manage, self.0.can_be_rebased());
        actions.add("submitCatalogVersion", manage, tried(CatalogVersion::submit));
        actions.add("returnCatalogVersion", manage, tried(CatalogVersion::send_back));
        actions.add("scheduleCatalogVersion", manage, tried(soon));
        actions.add("publishCatalogVersion", manage, self.0.can_be_published());
        actions.add("cancelCatalogVersion", manage, tried(CatalogVersion::cancel));
        Ok(actions.done())
    }
}
