//! Changing categories.

use async_graphql::{Context, InputObject, MaybeUndefined, Object, Result};
use tradehall_domain::catalog::{Category, CategoryDraft};

use super::change;
use crate::app::IdempotencyKey;
use crate::catalog::commands::{CreateCategory, ReviseCategory};
use crate::catalog::types::CategoryNode;
use crate::graphql::id::GlobalId;
use crate::graphql::loader::session;
use crate::graphql::payload::payload;

payload! {
    /// What every change of a category answers.
    CategoryPayload {
        /// The category as it is now.
        category: CategoryNode,
    }
}

/// A category to add.
#[derive(Debug, InputObject)]
pub struct CreateCategoryInput {
    /// The organization's own short name for it, 1 to 60 characters, unique in its tree.
    pub code: String,
    /// What people call it, 1 to 200 characters.
    pub name: String,
    /// Below which category of the same organization; at the top when left out. The tree is at most 20 levels deep.
    pub parent_id: Option<GlobalId<Category>>,
    /// Makes a retry harmless: 8 to 128 visible ASCII characters; the same key and input answers the first result.
    pub idempotency_key: Option<String>,
}

/// A change of a category; what is left out stays.
#[derive(Debug, InputObject)]
pub struct ReviseCategoryInput {
    /// Which category.
    pub category_id: GlobalId<Category>,
    /// The version that was read; a newer one refuses the change with STALE.
    pub expected_version: i64,
    /// The new code.
    pub code: Option<String>,
    /// The new name.
    pub name: Option<String>,
    /// The new parent; null moves it to the top. Everything below it moves along.
    pub parent_id: MaybeUndefined<GlobalId<Category>>,
}

/// The root fields that change categories.
#[derive(Debug, Default)]
pub struct CategoryMutation;

#[Object]
impl CategoryMutation {
    /// Adds a category to the viewer's organization's tree. Needs CATALOG_MANAGE.
    async fn create_category(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What it is to be.")] input: CreateCategoryInput,
    ) -> Result<CategoryPayload> {
        let session = session(ctx)?;
        let create = async {
            let key = IdempotencyKey::of_input(input.idempotency_key.as_deref())?;
            let draft = CategoryDraft { code: input.code, name: input.name };
            let parent = input.parent_id.map(|id| id.0);
            session.execute_once(CreateCategory { draft, parent, key }).await
        };
        session.answer(create.await, |category| (CategoryNode(category),))
    }

    /// Renames or moves a category. Needs CATALOG_MANAGE in its owner.
    async fn revise_category(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What is to change.")] input: ReviseCategoryInput,
    ) -> Result<CategoryPayload> {
        let command = ReviseCategory {
            category: input.category_id.0,
            expected_version: input.expected_version,
            code: input.code,
            name: input.name,
            parent: change(input.parent_id, |id| id.0),
        };
        let outcome = session(ctx)?.execute(command).await;
        session(ctx)?.answer(outcome, |category| (CategoryNode(category),))
    }
}
