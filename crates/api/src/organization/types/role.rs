//! An organization's own roles as clients see them.

use async_graphql::{Description, ID, Object};
use tradehall_domain::access::Permission;
use tradehall_domain::organization::CustomRole;

use crate::graphql::closed::Closed;
use crate::graphql::id::{global, node_types};

node_types! { CustomRole => "CustomRole" }

/// A role that an organization made for itself. Seen by its own people and by platform staff.
#[derive(Debug, Clone, Description)]
pub struct CustomRoleNode(pub CustomRole);

#[Object(name = "CustomRole", use_type_description)]
impl CustomRoleNode {
    /// The opaque global id.
    pub async fn id(&self) -> ID {
        global(self.0.id)
    }

    /// What people call it, 1 to 60 characters; unique in the organization, whatever its capitals and accents.
    async fn name(&self) -> &str {
        self.0.name.as_str()
    }

    /// What it allows to whoever has it, beside what their other roles allow.
    async fn permissions(&self) -> Vec<Closed<Permission>> {
        self.0.permissions.iter().map(Closed).collect()
    }

    /// Counts its changes; an edit names the version it was made against.
    async fn version(&self) -> i64 {
        self.0.version
    }
}
