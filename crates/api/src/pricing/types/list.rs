//! A price list as its seller sees it.

use async_graphql::{Context, Description, ID, Object, Result};
use tradehall_domain::access::Permission;
use tradehall_domain::catalog::Product;
use tradehall_domain::customer::{CustomerId, SegmentId};
use tradehall_domain::pricing::{PriceList, PriceRank, PriceStatus, StatusStep};
use tradehall_domain::problem::{Code, Problem};
use tradehall_persistence::pricing::{PriceFilter, price_cursor};

use super::ListPriceNode;
use crate::customer::{CustomerNode, SegmentNode};
use crate::graphql::action::{ActionAvailability, Actions};
use crate::graphql::closed::Closed;
use crate::graphql::connection::{List, Paging, connection};
use crate::graphql::id::{GlobalId, global};
use crate::graphql::loader::{counted, load_maybe, session};
use crate::graphql::scalar::{CurrencyCode, DateTime};
use crate::pricing::loaders::PricesOf;

/// Prices of the viewer's organization in one currency for one group of buyers. Seen by its people with PRICE_READ; buyers see no list,
/// only what they pay.
#[derive(Debug, Clone, Description)]
pub struct PriceListNode(pub PriceList);

#[Object(name = "PriceList", use_type_description)]
impl PriceListNode {
    /// The opaque global id.
    pub async fn id(&self) -> ID {
        global(self.0.id)
    }

    /// The seller's short name for it, 1 to 60 characters, unique among its lists.
    async fn code(&self) -> &str {
        self.0.code.as_str()
    }

    /// What people call it, 1 to 200 characters.
    async fn name(&self) -> &str {
        self.0.name.as_str()
    }

    /// In which currency all of its prices are.
    async fn currency(&self) -> CurrencyCode {
        CurrencyCode(self.0.currency)
    }

    /// What kind of buyers it is for; that decides before any priority which price is taken.
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

    /// Among lists of its rank the higher one goes first, 0 to 1000.
    async fn priority(&self) -> i64 {
        self.0.priority
    }

    /// From when on its prices hold; null for no begin.
    async fn valid_from(&self) -> Option<DateTime> {
        self.0.valid.from.map(DateTime)
    }

    /// Until when, that moment excluded; null for no end.
    async fn valid_until(&self) -> Option<DateTime> {
        self.0.valid.until.map(DateTime)
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

    /// Counts changes of the list itself, not of the prices in it; an edit names the version it was made against.
    async fn version(&self) -> i64 {
        self.0.version
    }

    /// Its prices, in the order in which they were entered.
    #[expect(clippy::too_many_arguments, reason = "four of them are those of every connection")]
    async fn prices(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Only those of this product.")] product_id: Option<GlobalId<Product>>,
        #[graphql(desc = "Also those that were ended or replaced; they are left out unless this is true.")]
        ended: Option<bool>,
        #[graphql(desc = "That many from the start, or from `after` on; 1 to 100.")] first: Option<i32>,
        #[graphql(desc = "Continue after this cursor.")] after: Option<String>,
        #[graphql(desc = "That many from the end, or up to `before`; 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "End before this cursor.")] before: Option<String>,
    ) -> Result<List<ListPriceNode>> {
        let page = session(ctx)?.page(&Paging::of(first, after, last, before))?;
        let filter = PriceFilter { product: product_id.map(|id| id.0), ended: ended.unwrap_or(false) };
        let found = load_maybe(ctx, PricesOf { list: self.0.id, filter, page }).await?.unwrap_or_default();
        counted(ctx, found.items.len())?;
        Ok(connection(found, price_cursor, ListPriceNode))
    }

    /// What the viewer can do with the list now.
    async fn available_actions(&self, ctx: &Context<'_>) -> Result<Vec<ActionAvailability>> {
        let session = session(ctx)?;
        let step = |step: StatusStep| match self.0.status.after(step) {
            Some(_) => Ok(()),
            None => Err(Problem::new(Code::PriceListStatus).with("status", self.0.status)),
        };
        let mut actions = Actions::of(session);
        actions.add("enterPrices", Permission::PriceManage, self.0.can_be_revised());
        actions.add("revisePriceList", Permission::PriceManage, self.0.can_be_revised());
        actions.add("activatePriceList", Permission::PriceManage, step(StatusStep::Activate));
        actions.add("pausePriceList", Permission::PriceManage, step(StatusStep::Pause));
        actions.add("resumePriceList", Permission::PriceManage, step(StatusStep::Resume));
        actions.add("endPriceList", Permission::PriceManage, step(StatusStep::End));
        Ok(actions.done())
    }
}
