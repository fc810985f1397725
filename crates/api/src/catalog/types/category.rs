//! A category as clients see it.

use async_graphql::{Context, Description, ID, Object, Result};
use tradehall_domain::access::Permission;
use tradehall_domain::catalog::Category;
use tradehall_persistence::catalog::category;

use crate::graphql::action::{ALWAYS, ActionAvailability, Actions};
use crate::graphql::connection::{List, Paging, connection};
use crate::graphql::id::global;
use crate::graphql::loader::{PageOf, load_maybe, load_one, session};
use crate::graphql::scalar::DateTime;
use crate::organization::OrganizationNode;

/// A place in an organization's tree of products. Others see it once a product in it or below it was published.
#[derive(Debug, Clone, Description)]
pub struct CategoryNode(pub Category);

#[Object(name = "Category", use_type_description)]
impl CategoryNode {
    /// The opaque global id.
    pub async fn id(&self) -> ID {
        global(self.0.id)
    }

    /// The owner's short name for it, 1 to 60 characters, unique in the owner's tree.
    async fn code(&self) -> &str {
        self.0.code.as_str()
    }

    /// What people call it, 1 to 200 characters.
    async fn name(&self) -> &str {
        self.0.name.as_str()
    }

    /// Whose tree it stands in.
    async fn owner(&self, ctx: &Context<'_>) -> Result<OrganizationNode> {
        load_one(ctx, self.0.owner).await.map(OrganizationNode)
    }

    /// The category above it; null at the top of the tree.
    async fn parent(&self, ctx: &Context<'_>) -> Result<Option<CategoryNode>> {
        let Some(parent) = self.0.parent else { return Ok(None) };
        Ok(load_maybe(ctx, parent).await?.map(CategoryNode))
    }

    /// The categories right below it that the viewer may see, oldest first.
    async fn children(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "That many from the start, or from `after` on; 1 to 100.")] first: Option<i32>,
        #[graphql(desc = "Continue after this cursor.")] after: Option<String>,
        #[graphql(desc = "That many from the end, or up to `before`; 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "End before this cursor.")] before: Option<String>,
    ) -> Result<List<CategoryNode>> {
        let session = session(ctx)?;
        let page = session.page(&Paging::of(first, after, last, before))?;
        let page = load_maybe(ctx, PageOf { of: self.0.id, page }).await?.unwrap_or_default();
        Ok(connection(page, category::cursor, CategoryNode))
    }

    /// Whether others can see it: a product in it or below it was published.
    async fn published(&self) -> bool {
        self.0.published
    }

    /// When it was added.
    async fn created_at(&self) -> DateTime {
        DateTime(self.0.created_at)
    }

    /// Counts its changes; an edit names the version it was made against.
    async fn version(&self) -> i64 {
        self.0.version
    }

    /// What the viewer can do with the category now.
    async fn available_actions(&self, ctx: &Context<'_>) -> Result<Vec<ActionAvailability>> {
        let session = session(ctx)?;
        let owner = session.actor().organization == Some(self.0.owner);
        let mut actions = Actions::of(session);
        actions.on_side(owner, "reviseCategory", Permission::CatalogManage, ALWAYS);
        Ok(actions.done())
    }
}
