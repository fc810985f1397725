//! Writing what a catalog version changes.

use async_graphql::{Context, InputObject, Object, OneofObject, Result, SimpleObject};
use tradehall_domain::catalog::{Category, Product, ProductDraft, ProductType};
use tradehall_domain::problem::Problems;
use tradehall_domain::publishing::{CatalogChange, CatalogVersion};

use crate::app::Session;
use crate::catalog::{ProductAttributeInput, drafts};
use crate::graphql::error::UserError;
use crate::graphql::id::GlobalId;
use crate::graphql::loader::session;
use crate::graphql::payload::payload;
use crate::graphql::scalar::UnitCode;
use crate::publishing::commands::{
    AddCatalogChanges, ChangeRequest, Changed, Content, DropCatalogChanges, RebaseCatalogChanges,
};
use crate::publishing::types::{CatalogChangeNode, CatalogVersionNode};

/// What became of one item of a list of changes.
#[derive(Debug, Clone, SimpleObject)]
pub struct CatalogChangeResult {
    /// The change as it stands in the version now; null when the item was refused.
    pub change: Option<CatalogChangeNode>,
    /// The rules that this item breaks; the other items are kept all the same.
    pub user_errors: Vec<UserError>,
}

payload! {
    /// What became of each change that was sent.
    CatalogChangesPayload {
        /// The version as it is now.
        catalog_version: CatalogVersionNode,
        /// What became of each item, in the order in which they were sent.
        results: Vec<CatalogChangeResult>,
    }
}

payload! {
    /// What dropping changes answers.
    DropCatalogChangesPayload {
        /// The version as it is now.
        catalog_version: CatalogVersionNode,
    }
}

/// Everything that a product is to be.
#[derive(Debug, InputObject)]
pub struct ProductContentInput {
    /// The organization's number for it (SKU), 1 to 60 characters, unique among its products.
    pub number: String,
    /// What people call it, 1 to 200 characters.
    pub name: String,
    /// What else there is to say, up to 4000 characters.
    pub description: Option<String>,
    /// The number under its barcode: a GTIN of 8, 12, 13 or 14 digits with its check digit.
    pub gtin: Option<String>,
    /// Its maker's part number, 1 to 60 characters.
    pub mpn: Option<String>,
    /// The name under which its maker sells it, 1 to 60 characters.
    pub brand: Option<String>,
    /// In what it is counted or measured.
    pub unit: UnitCode,
    /// Where in the organization's own tree it stands.
    pub category_id: Option<GlobalId<Category>>,
    /// What else is said of it, at most 100, in the order in which people shall read it.
    #[graphql(default)]
    pub attributes: Vec<ProductAttributeInput>,
    /// Which of the organization's types says what its attributes mean.
    pub product_type_id: Option<GlobalId<ProductType>>,
    /// Of which product, there already and of the same type, it is a variant.
    pub variant_of_id: Option<GlobalId<Product>>,
}

/// A product to describe otherwise.
#[derive(Debug, InputObject)]
pub struct ReviseCatalogProductInput {
    /// Which product.
    pub product_id: GlobalId<Product>,
    /// The version of the product that was read; another refuses the change with STALE.
    pub expected_version: i64,
    /// All that it is to be; what is left out goes.
    pub content: ProductContentInput,
}

/// A product to show, or to show no longer.
#[derive(Debug, InputObject)]
pub struct CatalogProductInput {
    /// Which product.
    pub product_id: GlobalId<Product>,
    /// The version of the product that was read; another refuses the change with STALE.
    pub expected_version: i64,
}

/// One change of one product. A later one of the same product in the same version takes its place.
#[derive(Debug, OneofObject)]
pub enum CatalogChangeInput {
    /// Shows a product.
    Publish(CatalogProductInput),
    /// Shows a product no longer.
    Withdraw(CatalogProductInput),
    /// Describes a product otherwise.
    Revise(ReviseCatalogProductInput),
    /// Adds a product and shows it.
    Add(ProductContentInput),
}

/// Changes to add to a draft.
#[derive(Debug, InputObject)]
pub struct AddCatalogChangesInput {
    /// To which version.
    pub catalog_version_id: GlobalId<CatalogVersion>,
    /// Which changes, 1 to 1000.
    pub changes: Vec<CatalogChangeInput>,
}

/// Changes of a version that stand in it.
#[derive(Debug, InputObject)]
pub struct CatalogChangesInput {
    /// Of which version.
    pub catalog_version_id: GlobalId<CatalogVersion>,
    /// Which changes, 1 to 1000.
    pub catalog_change_ids: Vec<GlobalId<CatalogChange>>,
}

impl From<ProductContentInput> for Content {
    fn from(input: ProductContentInput) -> Self {
        Self {
            draft: ProductDraft {
                number: input.number,
                name: input.name,
                description: input.description,
                gtin: input.gtin,
                mpn: input.mpn,
                brand: input.brand,
                unit: input.unit.0,
                category: input.category_id.map(|id| id.0),
                attributes: drafts(input.attributes),
            },
            product_type: input.product_type_id.map(|id| id.0),
            variant_of: input.variant_of_id.map(|id| id.0),
        }
    }
}

impl From<CatalogChangeInput> for ChangeRequest {
    fn from(input: CatalogChangeInput) -> Self {
        match input {
            CatalogChangeInput::Add(content) => Self::Add(content.into()),
            CatalogChangeInput::Revise(revise) => {
                Self::Revise(revise.product_id.0, revise.expected_version, revise.content.into())
            }
            CatalogChangeInput::Publish(input) => Self::Publish(input.product_id.0, input.expected_version),
            CatalogChangeInput::Withdraw(input) => Self::Withdraw(input.product_id.0, input.expected_version),
        }
    }
}

/// The root fields that write what a catalog version changes.
#[derive(Debug, Default)]
pub struct CatalogChangeMutation;

#[Object]
impl CatalogChangeMutation {
    /// Adds changes to a draft and answers for each; what is refused keeps no other from being added. Sending it again does no harm.
    /// Needs CATALOG_MANAGE in the version's owner.
    async fn add_catalog_changes(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which changes, and to which version.")] input: AddCatalogChangesInput,
    ) -> Result<CatalogChangesPayload> {
        let session = session(ctx)?;
        let changes = input.changes.into_iter().map(ChangeRequest::from).collect();
        let outcome = session.execute(AddCatalogChanges { version: input.catalog_version_id.0, changes }).await;
        session.answer(outcome, |changed| answered(session, changed))
    }

    /// Puts changes of a version that is a draft or in review on top of their products as these are now, and answers for each; what was
    /// edited directly meanwhile gives way to what the version says. Needs CATALOG_MANAGE in the version's owner.
    async fn rebase_catalog_changes(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which changes, of which version.")] input: CatalogChangesInput,
    ) -> Result<CatalogChangesPayload> {
        let session = session(ctx)?;
        let changes = input.catalog_change_ids.into_iter().map(|id| id.0).collect();
        let outcome = session.execute(RebaseCatalogChanges { version: input.catalog_version_id.0, changes }).await;
        session.answer(outcome, |changed| answered(session, changed))
    }

    /// Takes changes out of a draft, all of them or none. Needs CATALOG_MANAGE in the version's owner.
    async fn drop_catalog_changes(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which changes, of which version.")] input: CatalogChangesInput,
    ) -> Result<DropCatalogChangesPayload> {
        let session = session(ctx)?;
        let changes = input.catalog_change_ids.into_iter().map(|id| id.0).collect();
        let outcome = session.execute(DropCatalogChanges { version: input.catalog_version_id.0, changes }).await;
        session.answer(outcome, |version| (CatalogVersionNode(version),))
    }
}

fn answered(session: &Session, (version, results): Changed) -> (CatalogVersionNode, Vec<CatalogChangeResult>) {
    let result = |result: std::result::Result<CatalogChange, Problems>| match result {
        Ok(change) => {
            let change = Some(CatalogChangeNode { change, is_open: true });
            CatalogChangeResult { change, user_errors: Vec::new() }
        }
        Err(problems) => {
            CatalogChangeResult { change: None, user_errors: UserError::all(&problems, session.language()) }
        }
    };
    (CatalogVersionNode(version), results.into_iter().map(result).collect())
}
