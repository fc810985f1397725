//! A product type as clients see it.

use async_graphql::{Context, Description, ID, Object, Result};
use tradehall_domain::access::Permission;
use tradehall_domain::catalog::{AttributeDefinition, AttributeKind, AttributeOption, AttributeTrait, ProductType};

use crate::graphql::action::{ALWAYS, ActionAvailability, Actions};
use crate::graphql::closed::Closed;
use crate::graphql::id::global;
use crate::graphql::loader::{load_one, session};
use crate::graphql::localised::LocalisedText;
use crate::graphql::scalar::{DateTime, UnitCode};
use crate::organization::OrganizationNode;

/// A kind of product, whose attributes mean the same in all products of it. Others see it once a product of it was published.
#[derive(Debug, Clone, Description)]
pub struct ProductTypeNode(pub ProductType);

/// What one attribute of a product type means.
#[derive(Debug, Clone, Description)]
pub struct AttributeDefinitionNode(pub AttributeDefinition);

/// One value that an attribute of the kind ENUM takes.
#[derive(Debug, Clone, Description)]
pub struct AttributeOptionNode(pub AttributeOption);

#[Object(name = "AttributeOption", use_type_description)]
impl AttributeOptionNode {
    /// How products say it, 1 to 60 characters; unique in the attribute.
    async fn code(&self) -> &str {
        self.0.code.as_str()
    }

    /// What people read, 1 to 60 characters.
    async fn label(&self) -> &str {
        self.0.label.as_str()
    }

    /// What people read in other languages, by language; at most 20.
    async fn translations(&self) -> Vec<LocalisedText> {
        LocalisedText::all(&self.0.labels)
    }
}

#[Object(name = "AttributeDefinition", use_type_description)]
impl AttributeDefinitionNode {
    /// How products name it, 1 to 60 characters; unique in the type, whatever its capitals and accents.
    async fn code(&self) -> &str {
        self.0.code.as_str()
    }

    /// What people read, 1 to 60 characters.
    async fn label(&self) -> &str {
        self.0.label.as_str()
    }

    /// What people read in other languages, by language; at most 20.
    async fn translations(&self) -> Vec<LocalisedText> {
        LocalisedText::all(&self.0.labels)
    }

    /// What values it takes.
    async fn kind(&self) -> Closed<AttributeKind> {
        self.0.kind.into()
    }

    /// The unit in which its numbers are kept; null for other kinds and for pure numbers.
    async fn unit(&self) -> Option<UnitCode> {
        self.0.unit.map(UnitCode)
    }

    /// What it can be, in the owner's order; empty for kinds other than ENUM, at most 500.
    async fn options(&self) -> Vec<AttributeOptionNode> {
        self.0.options.iter().cloned().map(AttributeOptionNode).collect()
    }

    /// What else holds of it: whether it is required, searched by, or what variants differ in.
    async fn traits(&self) -> Vec<Closed<AttributeTrait>> {
        self.0.traits.iter().copied().map(Closed).collect()
    }
}

#[Object(name = "ProductType", use_type_description)]
impl ProductTypeNode {
    /// The opaque global id.
    pub async fn id(&self) -> ID {
        global(self.0.id)
    }

    /// The owner's short name for it, 1 to 60 characters, unique among the owner's types.
    async fn code(&self) -> &str {
        self.0.code.as_str()
    }

    /// What people call it, 1 to 60 characters.
    async fn name(&self) -> &str {
        self.0.name.as_str()
    }

    /// What people call it in other languages, by language; at most 20.
    async fn translations(&self) -> Vec<LocalisedText> {
        LocalisedText::all(&self.0.names)
    }

    /// What the attributes of its products mean, in the owner's order; at most 100.
    async fn definitions(&self) -> Vec<AttributeDefinitionNode> {
        self.0.definitions.iter().cloned().map(AttributeDefinitionNode).collect()
    }

    /// Whose type it is.
    async fn owner(&self, ctx: &Context<'_>) -> Result<OrganizationNode> {
        load_one(ctx, self.0.owner).await.map(OrganizationNode)
    }

    /// Whether others can see it: a product of it was published.
    async fn published(&self) -> bool {
        self.0.published
    }

    /// When it was defined.
    async fn created_at(&self) -> DateTime {
        DateTime(self.0.created_at)
    }

    /// Counts its changes; an edit names the version it was made against.
    async fn version(&self) -> i64 {
        self.0.version
    }

    /// What the viewer can do with the type now.
    async fn available_actions(&self, ctx: &Context<'_>) -> Result<Vec<ActionAvailability>> {
        let session = session(ctx)?;
        let owner = session.actor().organization == Some(self.0.owner);
        let mut actions = Actions::of(session);
        actions.on_side(owner, "reviseProductType", Permission::CatalogManage, ALWAYS);
        Ok(actions.done())
    }
}
