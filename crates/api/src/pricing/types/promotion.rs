//! A promotion as its seller sees it.

use async_graphql::{Context, Description, ID, Object, Result};
use tradehall_domain::access::Permission;
use tradehall_domain::customer::{CustomerId, SegmentId};
use tradehall_domain::pricing::{
    PriceRank, PriceStatus, PriceTag, Promotion, PromotionTarget, PromotionTargetKind, StatusStep,
};
use tradehall_domain::problem::{Code, Problem};

use crate::catalog::{CategoryNode, ProductNode};
use crate::customer::{CustomerNode, SegmentNode};
use crate::graphql::action::{ActionAvailability, Actions};
use crate::graphql::closed::Closed;
use crate::graphql::id::global;
use crate::graphql::loader::{load_maybe, session};
use crate::graphql::money::UnitPriceNode;
use crate::graphql::scalar::{DateTime, Decimal, UnitCode};

/// What the viewer's organization takes off for a group of buyers. Seen by its people with PRICE_READ; buyers see its name where it makes
/// their price.
#[derive(Debug, Clone, Description)]
pub struct PromotionNode(pub Promotion);

#[Object(name = "Promotion", use_type_description)]
impl PromotionNode {
    /// The opaque global id.
    pub async fn id(&self) -> ID {
        global(self.0.id)
    }

    /// What people call it, 1 to 200 characters.
    async fn name(&self) -> &str {
        self.0.name.as_str()
    }

    /// What kind of buyers it is for; for those of an agreement it is tried under the rule AGREEMENT.
    async fn rank(&self) -> Closed<PriceRank> {
        self.0.rank.into()
    }

    /// The customer whom it is for alone; null for other ranks.
    async fn customer(&self, ctx: &Context<'_>) -> Result<Option<CustomerNode>> {
        if self.0.rank != PriceRank::Customer {
            return Ok(None);
        }
        Ok(load_maybe(ctx, CustomerId::from_uuid(self.0.group.uuid())).await?.map(CustomerNode))
    }

    /// The segment whose customers it is for; null for other ranks.
    async fn segment(&self, ctx: &Context<'_>) -> Result<Option<SegmentNode>> {
        if self.0.rank != PriceRank::Segment {
            return Ok(None);
        }
        Ok(load_maybe(ctx, SegmentId::from_uuid(self.0.group.uuid())).await?.map(SegmentNode))
    }

    /// Which products it is for.
    async fn target(&self) -> Closed<PromotionTargetKind> {
        self.0.target.kind().into()
    }

    /// The categories whose products, and those below, it is for; empty for other targets.
    async fn target_categories(&self, ctx: &Context<'_>) -> Result<Vec<CategoryNode>> {
        let PromotionTarget::Category(ids) = &self.0.target else { return Ok(Vec::new()) };
        let found = futures_util::future::try_join_all(ids.iter().map(|id| load_maybe(ctx, *id))).await?;
        Ok(found.into_iter().flatten().map(CategoryNode).collect())
    }

    /// The products that it is for; empty for other targets.
    async fn target_products(&self, ctx: &Context<'_>) -> Result<Vec<ProductNode>> {
        let PromotionTarget::Products(ids) = &self.0.target else { return Ok(Vec::new()) };
        let found = futures_util::future::try_join_all(ids.iter().map(|id| load_maybe(ctx, *id))).await?;
        Ok(found.into_iter().flatten().map(ProductNode).collect())
    }

    /// The brands whose products it is for; empty for other targets.
    async fn target_brands(&self) -> Vec<&str> {
        match &self.0.target {
            PromotionTarget::Brand(brands) => brands.iter().map(|brand| brand.as_str()).collect(),
            _ => Vec::new(),
        }
    }

    /// So many percent off the list price; null where it sets a price.
    async fn percent_off(&self) -> Option<Decimal> {
        match self.0.terms.tag {
            PriceTag::PercentOff(percent) => Some(Decimal(percent.value())),
            PriceTag::Fixed(..) => None,
        }
    }

    /// The price of one `unit` that it sets; null where it takes percent off.
    async fn unit_price(&self) -> Option<UnitPriceNode> {
        match self.0.terms.tag {
            PriceTag::Fixed(price, _) => Some(UnitPriceNode(price)),
            PriceTag::PercentOff(_) => None,
        }
    }

    /// What its price and its least quantity count; null where it has neither.
    async fn unit(&self) -> Option<UnitCode> {
        match (self.0.terms.tag, self.0.terms.min_quantity) {
            (PriceTag::Fixed(_, unit), _) | (PriceTag::PercentOff(_), Some((_, unit))) => Some(UnitCode(unit)),
            (PriceTag::PercentOff(_), None) => None,
        }
    }

    /// From which quantity on it applies, in `unit`; null for any.
    async fn min_quantity(&self) -> Option<Decimal> {
        self.0.terms.min_quantity.map(|(quantity, _)| Decimal(quantity.value()))
    }

    /// Among promotions the higher one goes first, 0 to 1000.
    async fn priority(&self) -> i64 {
        self.0.terms.priority
    }

    /// From when on it holds; null for no begin.
    async fn valid_from(&self) -> Option<DateTime> {
        self.0.terms.valid.from.map(DateTime)
    }

    /// Until when, that moment excluded; null for no end.
    async fn valid_until(&self) -> Option<DateTime> {
        self.0.terms.valid.until.map(DateTime)
    }

    /// Whether it is in force, as its seller decided.
    async fn status(&self) -> Closed<PriceStatus> {
        self.0.status.into()
    }

    /// Since when the status holds.
    async fn since(&self) -> DateTime {
        DateTime(self.0.since)
    }

    /// When it was made.
    async fn created_at(&self) -> DateTime {
        DateTime(self.0.created_at)
    }

    /// Counts its changes; an edit names the version it was made against.
    async fn version(&self) -> i64 {
        self.0.version
    }

    /// What the viewer can do with the promotion now.
    async fn available_actions(&self, ctx: &Context<'_>) -> Result<Vec<ActionAvailability>> {
        let session = session(ctx)?;
        let step = |step: StatusStep| match self.0.status.after(step) {
            Some(_) => Ok(()),
            None => Err(Problem::new(Code::PromotionStatus).with("status", self.0.status)),
        };
        let mut actions = Actions::of(session);
        actions.add("revisePromotion", Permission::PriceManage, self.0.can_be_revised());
        actions.add("activatePromotion", Permission::PriceManage, step(StatusStep::Activate));
        actions.add("pausePromotion", Permission::PriceManage, step(StatusStep::Pause));
        actions.add("resumePromotion", Permission::PriceManage, step(StatusStep::Resume));
        actions.add("endPromotion", Permission::PriceManage, step(StatusStep::End));
        Ok(actions.done())
    }
}
