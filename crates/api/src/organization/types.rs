//! Organizations as clients see them.

use async_graphql::{ID, Object};
use tradehall_domain::organization::{Organization, Verification};

use crate::graphql::closed::Closed;
use crate::graphql::id::{global, node_types};

node_types! { Organization => "Organization" }

/// A company that trades. Its name, country and verification are seen by everyone in the market.
#[derive(Debug, Clone)]
pub struct OrganizationNode(pub Organization);

#[Object(name = "Organization")]
impl OrganizationNode {
    /// The opaque global id.
    pub async fn id(&self) -> ID {
        global(self.0.id)
    }

    /// What people call it, 1 to 200 characters.
    async fn name(&self) -> &str {
        self.0.name.as_str()
    }

    /// How far the market's check of the company has come.
    async fn verification(&self) -> Closed<Verification> {
        self.0.verification.into()
    }
}
