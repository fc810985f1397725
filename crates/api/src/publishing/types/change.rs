//! What a version changes, as clients see it.

use async_graphql::{Context, Description, ID, Object, Result, SimpleObject};
use tradehall_domain::problem::Code;
use tradehall_domain::publishing::{CatalogChange, ChangeKind, FieldChange, Snapshot, diff};
use tradehall_persistence::publishing::comparison::ChangedProduct;
use uuid::Uuid;

use crate::catalog::ProductNode;
use crate::graphql::closed::Closed;
use crate::graphql::id::{global, global_as};
use crate::graphql::loader::load_maybe;
use crate::graphql::scalar::DateTime;
use crate::publishing::loaders::ConflictOf;

/// One field of a product before and after.
#[derive(Debug, Clone, SimpleObject)]
pub struct CatalogFieldChange {
    /// The field's name in inputs, such as `name`; `attributes.Thread` for an attribute, and `attributes` for their order.
    pub field: String,
    /// What it said; null where there was nothing. Categories, types and products are given by their global ids.
    pub before: Option<String>,
    /// What it says; null where there is nothing any more.
    pub after: Option<String>,
}

/// Ids go out in the form in which they come in.
fn shown(change: FieldChange) -> CatalogFieldChange {
    let kind = match change.field.as_str() {
        "categoryId" => Some("Category"),
        "productTypeId" => Some("ProductType"),
        "variantOfId" => Some("Product"),
        _ => None,
    };
    let id = |text: String| match (kind, Uuid::try_parse(&text)) {
        (Some(kind), Ok(uuid)) => global_as(kind, uuid).0,
        _ => text,
    };
    CatalogFieldChange { field: change.field, before: change.before.map(id), after: change.after.map(id) }
}

/// One change of one product within a version.
#[derive(Debug, Clone, Description)]
pub struct CatalogChangeNode {
    /// The change.
    pub change: CatalogChange,
    /// Whether its version is not published.
    pub is_open: bool,
}

#[Object(name = "CatalogChange", use_type_description)]
impl CatalogChangeNode {
    /// The opaque id, by which it is dropped or re-based.
    async fn id(&self) -> ID {
        global(self.change.id)
    }

    /// What it does to its product.
    async fn kind(&self) -> Closed<ChangeKind> {
        self.change.kind.into()
    }

    /// Which product, as it is now; null for one that is not added yet.
    async fn product(&self, ctx: &Context<'_>) -> Result<Option<ProductNode>> {
        Ok(load_maybe(ctx, self.change.product).await?.map(ProductNode))
    }

    /// The number that the product has after it.
    async fn number(&self) -> String {
        self.change.after().map(|after| after.details.number.to_string()).unwrap_or_default()
    }

    /// What it changes, field by field: until its version goes live against the product as it is now, afterwards as it was recorded.
    async fn fields(&self, ctx: &Context<'_>) -> Result<Vec<CatalogFieldChange>> {
        let now_is = match self.is_open {
            true => load_maybe(ctx, self.change.product).await?,
            false => None,
        };
        let now_is = now_is.as_ref().map(Snapshot::of);
        Ok(self.change.fields(now_is.as_ref()).into_iter().map(shown).collect())
    }

    /// Why it cannot go live as the catalog is now: STALE where the product was edited since, and others that say themselves; null where
    /// nothing stands in its way, and once its version is published.
    async fn conflict(&self, ctx: &Context<'_>) -> Result<Option<Closed<Code>>> {
        if !self.is_open {
            return Ok(None);
        }
        Ok(load_maybe(ctx, ConflictOf(self.change.id)).await?.map(Closed))
    }

    /// When it was made or last re-based.
    async fn made_at(&self) -> DateTime {
        DateTime(self.change.made_at)
    }
}

/// What the versions between two published ones made of one product.
#[derive(Debug, Clone, Description)]
pub struct CatalogDifferenceNode(pub ChangedProduct);

#[Object(name = "CatalogDifference", use_type_description)]
impl CatalogDifferenceNode {
    /// Which product, as it is now.
    async fn product(&self, ctx: &Context<'_>) -> Result<Option<ProductNode>> {
        Ok(load_maybe(ctx, self.0.product).await?.map(ProductNode))
    }

    /// What differs, field by field; everything where one of the two versions did not have the product, and nothing where one version
    /// took back what another did.
    async fn fields(&self) -> Vec<CatalogFieldChange> {
        let changes = match (&self.0.before, &self.0.after) {
            (before, Some(after)) => diff(before.as_ref(), after),
            // From a version that has the product back to one that does not.
            (Some(before), None) => {
                let gone = |change: FieldChange| FieldChange { before: change.after, after: None, ..change };
                diff(None, before).into_iter().map(gone).collect()
            }
            (None, None) => Vec::new(),
        };
        changes.into_iter().map(shown).collect()
    }
}
