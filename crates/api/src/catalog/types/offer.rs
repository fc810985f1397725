//! An offer as clients see it.

use async_graphql::{Context, Description, ID, Object, Result};
use tradehall_domain::access::Permission;
use tradehall_domain::catalog::{Offer, OfferAccess, OfferStatus};

use super::ProductNode;
use crate::graphql::action::{ActionAvailability, Actions};
use crate::graphql::closed::Closed;
use crate::graphql::id::global;
use crate::graphql::loader::{load_maybe, load_one, session};
use crate::graphql::money::UnitPriceNode;
use crate::graphql::scalar::{DateTime, Decimal, UnitCode};
use crate::organization::OrganizationNode;

/// What one seller asks for one product. Seen by the seller, by the owner of the product, and, if it is public, by whomever the seller
/// shows its prices to.
#[derive(Debug, Clone, Description)]
pub struct OfferNode(pub Offer);

#[Object(name = "Offer", use_type_description)]
impl OfferNode {
    /// The opaque global id.
    pub async fn id(&self) -> ID {
        global(self.0.id)
    }

    /// Who offers.
    async fn seller(&self, ctx: &Context<'_>) -> Result<OrganizationNode> {
        load_one(ctx, self.0.seller).await.map(OrganizationNode)
    }

    /// What is offered; null when its owner has withdrawn it and the viewer is not the owner.
    async fn product(&self, ctx: &Context<'_>) -> Result<Option<ProductNode>> {
        Ok(load_maybe(ctx, self.0.product).await?.map(ProductNode))
    }

    /// The price of one `unit`, with up to four decimals.
    async fn unit_price(&self) -> UnitPriceNode {
        UnitPriceNode(self.0.terms.price)
    }

    /// What the price and the quantities count; it may differ from the product's own unit.
    async fn unit(&self) -> UnitCode {
        UnitCode(self.0.terms.unit)
    }

    /// The least that is sold at once, in `unit`.
    async fn min_quantity(&self) -> Decimal {
        Decimal(self.0.terms.min_quantity.value())
    }

    /// The most that is sold at once, in `unit`; null for no limit.
    async fn max_quantity(&self) -> Option<Decimal> {
        self.0.terms.max_quantity.map(|quantity| Decimal(quantity.value()))
    }

    /// Quantities are multiples of this, in `unit`.
    async fn multiple(&self) -> Decimal {
        Decimal(self.0.terms.multiple.value())
    }

    /// Days from order to delivery; 0 is the same day.
    async fn lead_time_days(&self) -> i64 {
        self.0.terms.lead_time_days
    }

    /// From when on it can be ordered from.
    async fn valid_from(&self) -> DateTime {
        DateTime(self.0.terms.valid_from)
    }

    /// Until when, that moment excluded; null for no end.
    async fn valid_until(&self) -> Option<DateTime> {
        self.0.terms.valid_until.map(DateTime)
    }

    /// Who sees it besides its seller and the owner of the product.
    async fn access(&self) -> Closed<OfferAccess> {
        self.0.terms.access.into()
    }

    /// Whether it can be ordered from, as its seller decided.
    async fn status(&self) -> Closed<OfferStatus> {
        self.0.status.into()
    }

    /// Whether it can be ordered from at this moment: it is active and within its validity.
    async fn current(&self, ctx: &Context<'_>) -> Result<bool> {
        Ok(self.0.is_current(session(ctx)?.app().store().now()))
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

    /// What the viewer can do with the offer now.
    async fn available_actions(&self, ctx: &Context<'_>) -> Result<Vec<ActionAvailability>> {
        let session = session(ctx)?;
        let seller = session.actor().organization == Some(self.0.seller);
        let now = session.app().store().now();
        let tried = |verb: fn(&mut Offer, jiff::Timestamp) -> Result<_, _>| verb(&mut self.0.clone(), now).map(drop);
        let mut actions = Actions::of(session);
        actions.on_side(seller, "reviseOffer", Permission::CatalogManage, self.0.can_be_revised());
        actions.on_side(seller, "pauseOffer", Permission::CatalogManage, tried(Offer::pause));
        actions.on_side(seller, "resumeOffer", Permission::CatalogManage, tried(Offer::resume));
        actions.on_side(seller, "endOffer", Permission::CatalogManage, tried(Offer::end));
        Ok(actions.done())
    }
}
