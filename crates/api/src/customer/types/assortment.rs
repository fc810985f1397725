//! An assortment as its seller sees it.

use async_graphql::{Context, Description, ID, Object, Result};
use tradehall_domain::access::Permission;
use tradehall_domain::customer::{Assortment, AssortmentGrant, AssortmentKind, CustomerId, GrantEffect, SegmentId};
use tradehall_domain::text::ShortText;

use super::{CustomerNode, SegmentNode};
use crate::catalog::CategoryNode;
use crate::customer::loaders::GrantsOf;
use crate::graphql::action::{ALWAYS, ActionAvailability, Actions};
use crate::graphql::closed::Closed;
use crate::graphql::id::global;
use crate::graphql::loader::{load_list, load_maybe, session};
use crate::graphql::scalar::DateTime;

/// A part of a seller's goods: the products that are listed in it and those that its rule covers. Only the seller knows of it.
#[derive(Debug, Clone, Description)]
pub struct AssortmentNode(pub Assortment);

/// That an assortment is shown to somebody, or hidden from them. Exactly one of `segment` and `customer` is there.
#[derive(Debug, Clone, Description)]
pub struct AssortmentGrantNode(pub AssortmentGrant);

#[Object(name = "AssortmentGrant", use_type_description)]
impl AssortmentGrantNode {
    /// The segment that it is granted to; null when it is a customer.
    async fn segment(&self, ctx: &Context<'_>) -> Result<Option<SegmentNode>> {
        Ok(load_maybe(ctx, SegmentId::from_uuid(self.0.grantee)).await?.map(SegmentNode))
    }

    /// The customer that it is granted to; null when it is a segment.
    async fn customer(&self, ctx: &Context<'_>) -> Result<Option<CustomerNode>> {
        Ok(load_maybe(ctx, CustomerId::from_uuid(self.0.grantee)).await?.map(CustomerNode))
    }

    /// What the grant does.
    async fn effect(&self) -> Closed<GrantEffect> {
        self.0.effect.into()
    }
}

#[Object(name = "Assortment", use_type_description)]
impl AssortmentNode {
    /// The opaque global id.
    pub async fn id(&self) -> ID {
        global(self.0.id)
    }

    /// The seller's short name for it, 1 to 60 characters, unique among its assortments.
    async fn code(&self) -> &str {
        self.0.code.as_str()
    }

    /// What people call it, 1 to 200 characters.
    async fn name(&self) -> &str {
        self.0.name.as_str()
    }

    /// What it means to those it is not granted to.
    async fn kind(&self) -> Closed<AssortmentKind> {
        self.0.kind.into()
    }

    /// The categories whose products, and those of all below, belong to it; at most 200.
    async fn rule_categories(&self, ctx: &Context<'_>) -> Result<Vec<CategoryNode>> {
        let found = self.0.rule.categories.iter().map(|id| load_maybe(ctx, *id));
        let found = futures_util::future::try_join_all(found).await?;
        Ok(found.into_iter().flatten().map(CategoryNode).collect())
    }

    /// The brands whose products belong to it, whatever their capitals and accents; at most 200.
    async fn rule_brands(&self) -> Vec<&str> {
        self.0.rule.brands.iter().map(ShortText::as_str).collect()
    }

    /// To whom it is shown, and from whom it is hidden; at most 1000.
    async fn grants(&self, ctx: &Context<'_>) -> Result<Vec<AssortmentGrantNode>> {
        Ok(load_list(ctx, GrantsOf(self.0.id)).await?.into_iter().map(AssortmentGrantNode).collect())
    }

    /// When it was made.
    async fn created_at(&self) -> DateTime {
        DateTime(self.0.created_at)
    }

    /// Counts its changes; an edit names the version it was made against.
    async fn version(&self) -> i64 {
        self.0.version
    }

    /// What the viewer can do with the assortment now.
    async fn available_actions(&self, ctx: &Context<'_>) -> Result<Vec<ActionAvailability>> {
        let mut actions = Actions::of(session(ctx)?);
        for action in ["amendAssortment", "listInAssortment", "grantAssortment", "revokeAssortment"] {
            actions.add(action, Permission::CustomerManage, ALWAYS);
        }
        Ok(actions.done())
    }
}
