//! Departments and branches as clients see them.

use async_graphql::{Context, Description, ID, Object, Result};
use tradehall_domain::organization::{OrganizationUnit, OrganizationUnitKind};

use crate::graphql::closed::Closed;
use crate::graphql::id::{global, node_types};
use crate::graphql::loader::load_maybe;
use crate::graphql::scalar::DateTime;

node_types! { OrganizationUnit => "OrganizationUnit" }

/// A department, branch, site or team. Seen by its organization's own people and by platform staff.
#[derive(Debug, Clone, Description)]
pub struct OrganizationUnitNode(pub OrganizationUnit);

#[Object(name = "OrganizationUnit", use_type_description)]
impl OrganizationUnitNode {
    /// The opaque global id.
    pub async fn id(&self) -> ID {
        global(self.0.id)
    }

    /// What people file it by, 1 to 30 characters, unique in the organization.
    async fn code(&self) -> &str {
        self.0.code.as_str()
    }

    /// What people call it, 1 to 200 characters.
    async fn name(&self) -> &str {
        self.0.name.as_str()
    }

    /// What it is.
    async fn kind(&self) -> Closed<OrganizationUnitKind> {
        self.0.kind.into()
    }

    /// Where its costs are booked, in the organization's own code; null where that is not said.
    async fn cost_centre(&self) -> Option<&str> {
        self.0.cost_centre.as_ref().map(|code| code.as_str())
    }

    /// The unit above; null directly under the organization.
    async fn parent(&self, ctx: &Context<'_>) -> Result<Option<Self>> {
        match self.0.parent {
            Some(parent) => Ok(load_maybe(ctx, parent).await?.map(Self)),
            None => Ok(None),
        }
    }

    /// When it was put away; null while it is in use.
    async fn archived_at(&self) -> Option<DateTime> {
        self.0.archived_at.map(DateTime)
    }

    /// Counts its changes; an edit names the version it was made against.
    async fn version(&self) -> i64 {
        self.0.version
    }
}
