//! A segment as its seller sees it.

use async_graphql::{Context, Description, ID, Object, Result};
use tradehall_domain::access::Permission;
use tradehall_domain::customer::Segment;

use crate::graphql::action::{ALWAYS, ActionAvailability, Actions};
use crate::graphql::id::global;
use crate::graphql::loader::session;
use crate::graphql::scalar::DateTime;

/// Customers whom their seller treats alike, in prices and assortments. Only the seller knows of it; `customers` with its id as filter
/// lists who is in it.
#[derive(Debug, Clone, Description)]
pub struct SegmentNode(pub Segment);

#[Object(name = "Segment", use_type_description)]
impl SegmentNode {
    /// The opaque global id.
    pub async fn id(&self) -> ID {
        global(self.0.id)
    }

    /// The seller's short name for it, 1 to 60 characters, unique among its segments.
    async fn code(&self) -> &str {
        self.0.code.as_str()
    }

    /// What people call it, 1 to 200 characters.
    async fn name(&self) -> &str {
        self.0.name.as_str()
    }

    /// When it was made.
    async fn created_at(&self) -> DateTime {
        DateTime(self.0.created_at)
    }

    /// Counts its changes; an edit names the version it was made against.
    async fn version(&self) -> i64 {
        self.0.version
    }

    /// What the viewer can do with the segment now.
    async fn available_actions(&self, ctx: &Context<'_>) -> Result<Vec<ActionAvailability>> {
        let mut actions = Actions::of(session(ctx)?);
        actions.add("amendSegment", Permission::CustomerManage, ALWAYS);
        actions.add("sortCustomers", Permission::CustomerManage, ALWAYS);
        Ok(actions.done())
    }
}
