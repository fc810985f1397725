//! Changing price lists.

use async_graphql::{Context, InputObject, MaybeUndefined, Object, Result};
use tradehall_domain::customer::{Customer, Segment};
use tradehall_domain::pricing::{PriceList, PriceListChange, StatusStep};

use super::time;
use crate::app::IdempotencyKey;
use crate::graphql::id::GlobalId;
use crate::graphql::loader::session;
use crate::graphql::payload::payload;
use crate::graphql::scalar::{CurrencyCode, DateTime};
use crate::pricing::commands::{Beneficiary, CreatePriceList, RevisePriceList, StepPriceList};
use crate::pricing::types::PriceListNode;

payload! {
    /// What every change of a price list answers.
    PriceListPayload {
        /// The price list as it is now.
        price_list: PriceListNode,
    }
}

/// A price list to make. It is for one customer, for a segment, or, where neither is named, for everybody who may see list prices.
#[derive(Debug, InputObject)]
pub struct CreatePriceListInput {
    /// The seller's short name for it, 1 to 60 characters, unique among its lists.
    pub code: String,
    /// What people call it, 1 to 200 characters.
    pub name: String,
    /// In which currency all of its prices are.
    pub currency: CurrencyCode,
    /// The customer whom it is for alone.
    pub customer_id: Option<GlobalId<Customer>>,
    /// The segment whose customers it is for.
    pub segment_id: Option<GlobalId<Segment>>,
    /// Among lists for the same kind of buyers the higher one goes first, 0 to 1000.
    #[graphql(default)]
    pub priority: i64,
    /// From when on its prices hold; at once when left out.
    pub valid_from: Option<DateTime>,
    /// Until when, that moment excluded; no end when left out.
    pub valid_until: Option<DateTime>,
    /// Makes a retry harmless: 8 to 128 visible ASCII characters; the same key and input answers the first result.
    pub idempotency_key: Option<String>,
}

/// A change of a price list; what is left out stays, what is null goes. For whom it is and its currency stay: that is another list.
#[derive(Debug, InputObject)]
pub struct RevisePriceListInput {
    /// Which price list.
    pub price_list_id: GlobalId<PriceList>,
    /// The version that was read; a newer one refuses the change with STALE.
    pub expected_version: i64,
    /// The new name.
    pub name: Option<String>,
    /// The new priority, 0 to 1000.
    pub priority: Option<i64>,
    /// The new begin of its validity; null for at once.
    pub valid_from: MaybeUndefined<DateTime>,
    /// The new end of its validity; null for no end.
    pub valid_until: MaybeUndefined<DateTime>,
}

/// Which price list a step is about.
#[derive(Debug, InputObject)]
pub struct PriceListInput {
    /// Which price list.
    pub price_list_id: GlobalId<PriceList>,
}

/// The root fields that change price lists.
#[derive(Debug, Default)]
pub struct PriceListMutation;

#[Object]
impl PriceListMutation {
    /// Makes a price list as a draft, which nobody else is told of. Needs PRICE_MANAGE.
    async fn create_price_list(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What it is to be.")] input: CreatePriceListInput,
    ) -> Result<PriceListPayload> {
        let session = session(ctx)?;
        let create = async {
            let command = CreatePriceList {
                beneficiary: Beneficiary::of(input.customer_id.map(|id| id.0), input.segment_id.map(|id| id.0))?,
                code: input.code,
                name: input.name,
                currency: input.currency.0,
                priority: input.priority,
                valid_from: input.valid_from.map(|time| time.0),
                valid_until: input.valid_until.map(|time| time.0),
                key: IdempotencyKey::of_input(input.idempotency_key.as_deref())?,
            };
            session.execute_once(command).await
        };
        session.answer(create.await, |list| (PriceListNode(list),))
    }

    /// Changes a list's name, priority or validity from now on; what was priced before stays as it was. Needs PRICE_MANAGE.
    async fn revise_price_list(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What is to change.")] input: RevisePriceListInput,
    ) -> Result<PriceListPayload> {
        let change = PriceListChange {
            name: input.name,
            priority: input.priority,
            valid_from: time(input.valid_from),
            valid_until: time(input.valid_until),
        };
        let command = RevisePriceList { list: input.price_list_id.0, expected_version: input.expected_version, change };
        let outcome = session(ctx)?.execute(command).await;
        session(ctx)?.answer(outcome, |list| (PriceListNode(list),))
    }

    /// Puts a drafted list in force; its prices are visible at once. Needs PRICE_MANAGE.
    async fn activate_price_list(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which list.")] input: PriceListInput,
    ) -> Result<PriceListPayload> {
        step(ctx, input, StatusStep::Activate).await
    }

    /// Stops a list for now; its prices no longer count. Needs PRICE_MANAGE.
    async fn pause_price_list(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which list.")] input: PriceListInput,
    ) -> Result<PriceListPayload> {
        step(ctx, input, StatusStep::Pause).await
    }

    /// Takes a paused list up again. Needs PRICE_MANAGE.
    async fn resume_price_list(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which list.")] input: PriceListInput,
    ) -> Result<PriceListPayload> {
        step(ctx, input, StatusStep::Resume).await
    }

    /// Ends a list for good; prices as of earlier times are still answered from it. Needs PRICE_MANAGE.
    async fn end_price_list(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which list.")] input: PriceListInput,
    ) -> Result<PriceListPayload> {
        step(ctx, input, StatusStep::End).await
    }
}

async fn step(ctx: &Context<'_>, input: PriceListInput, step: StatusStep) -> Result<PriceListPayload> {
    let outcome = session(ctx)?.execute(StepPriceList { list: input.price_list_id.0, step }).await;
    session(ctx)?.answer(outcome, |list| (PriceListNode(list),))
}
