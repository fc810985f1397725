//! Changing promotions.

use async_graphql::{Context, InputObject, MaybeUndefined, Object, Result};
use tradehall_domain::catalog::{Category, Product};
use tradehall_domain::customer::{Customer, Segment};
use tradehall_domain::id::Id;
use tradehall_domain::pricing::{PriceRank, Promotion, PromotionChange, PromotionDraft, StatusStep, TargetDraft};

use super::time;
use crate::app::IdempotencyKey;
use crate::graphql::id::GlobalId;
use crate::graphql::loader::session;
use crate::graphql::payload::payload;
use crate::graphql::scalar::{CurrencyCode, DateTime, Decimal, UnitCode};
use crate::pricing::commands::{Beneficiary, CreatePromotion, RevisePromotion, StepPromotion};
use crate::pricing::types::PromotionNode;

payload! {
    /// What every change of a promotion answers.
    PromotionPayload {
        /// The promotion as it is now.
        promotion: PromotionNode,
    }
}

/// The price of one unit that a promotion sets.
#[derive(Debug, InputObject)]
pub struct PromotionPriceInput {
    /// How much for one unit, above zero, with up to four decimals.
    pub amount: Decimal,
    /// Of which currency.
    pub currency: CurrencyCode,
}

/// A promotion to make: either `percentOff` or `unitPrice`, for all products or for one kind of target, for a customer, a segment or
/// everybody who may see list prices.
#[derive(Debug, InputObject)]
pub struct CreatePromotionInput {
    /// What people call it, 1 to 200 characters; buyers read it where it makes their price.
    pub name: String,
    /// The customer whom it is for alone.
    pub customer_id: Option<GlobalId<Customer>>,
    /// The segment whose customers it is for.
    pub segment_id: Option<GlobalId<Segment>>,
    /// Only products in these categories or below them, at most 1000.
    pub category_ids: Option<Vec<GlobalId<Category>>>,
    /// Only products of these brands, as they are written in the products, at most 1000.
    pub brands: Option<Vec<String>>,
    /// Only these products, at most 1000.
    pub product_ids: Option<Vec<GlobalId<Product>>>,
    /// So many percent off the list price, above 0 and below 100, with up to four decimals.
    pub percent_off: Option<Decimal>,
    /// This price for one `unit`.
    pub unit_price: Option<PromotionPriceInput>,
    /// What the price and the least quantity count; needed for either.
    pub unit: Option<UnitCode>,
    /// From which quantity on it applies; any quantity when left out.
    pub min_quantity: Option<Decimal>,
    /// Among promotions the higher one goes first, 0 to 1000.
    #[graphql(default)]
    pub priority: i64,
    /// From when on; at once when left out.
    pub valid_from: Option<DateTime>,
    /// Until when, that moment excluded; no end when left out.
    pub valid_until: Option<DateTime>,
    /// Makes a retry harmless: 8 to 128 visible ASCII characters; the same key and input answers the first result.
    pub idempotency_key: Option<String>,
}

/// A change of a promotion; what is left out stays, what is null goes. For whom and for what it is stays: that is another promotion.
#[derive(Debug, InputObject)]
pub struct RevisePromotionInput {
    /// Which promotion.
    pub promotion_id: GlobalId<Promotion>,
    /// The version that was read; a newer one refuses the change with STALE.
    pub expected_version: i64,
    /// The new name.
    pub name: Option<String>,
    /// So many percent off the list price from now on, where it took percent off before.
    pub percent_off: Option<Decimal>,
    /// The new priority, 0 to 1000.
    pub priority: Option<i64>,
    /// The new begin of its validity; null for at once.
    pub valid_from: MaybeUndefined<DateTime>,
    /// The new end of its validity; null for no end.
    pub valid_until: MaybeUndefined<DateTime>,
}

/// Which promotion a step is about.
#[derive(Debug, InputObject)]
pub struct PromotionInput {
    /// Which promotion.
    pub promotion_id: GlobalId<Promotion>,
}

/// The root fields that change promotions.
#[derive(Debug, Default)]
pub struct PromotionMutation;

#[Object]
impl PromotionMutation {
    /// Makes a promotion as a draft, which nobody else is told of. Needs PRICE_MANAGE.
    async fn create_promotion(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What it is to be.")] input: CreatePromotionInput,
    ) -> Result<PromotionPayload> {
        let session = session(ctx)?;
        let create = async {
            let command = CreatePromotion {
                beneficiary: Beneficiary::of(
                    input.customer_id.as_ref().map(|id| id.0),
                    input.segment_id.as_ref().map(|id| id.0),
                )?,
                key: IdempotencyKey::of_input(input.idempotency_key.as_deref())?,
                draft: draft(input),
            };
            session.execute_once(command).await
        };
        session.answer(create.await, |promotion| (PromotionNode(promotion),))
    }

    /// Says something else from now on; what was priced before stays as it was. Needs PRICE_MANAGE.
    async fn revise_promotion(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What is to change.")] input: RevisePromotionInput,
    ) -> Result<PromotionPayload> {
        let change = PromotionChange {
            name: input.name,
            percent_off: input.percent_off.map(|percent| percent.0),
            priority: input.priority,
            valid_from: time(input.valid_from),
            valid_until: time(input.valid_until),
        };
        let command =
            RevisePromotion { promotion: input.promotion_id.0, expected_version: input.expected_version, change };
        let outcome = session(ctx)?.execute(command).await;
        session(ctx)?.answer(outcome, |promotion| (PromotionNode(promotion),))
    }

    /// Puts a drafted promotion in force; it makes prices at once. Needs PRICE_MANAGE.
    async fn activate_promotion(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which promotion.")] input: PromotionInput,
    ) -> Result<PromotionPayload> {
        step(ctx, input, StatusStep::Activate).await
    }

    /// Stops a promotion for now. Needs PRICE_MANAGE.
    async fn pause_promotion(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which promotion.")] input: PromotionInput,
    ) -> Result<PromotionPayload> {
        step(ctx, input, StatusStep::Pause).await
    }

    /// Takes a paused promotion up again. Needs PRICE_MANAGE.
    async fn resume_promotion(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which promotion.")] input: PromotionInput,
    ) -> Result<PromotionPayload> {
        step(ctx, input, StatusStep::Resume).await
    }

    /// Ends a promotion for good; prices as of earlier times are still answered from it. Needs PRICE_MANAGE.
    async fn end_promotion(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which promotion.")] input: PromotionInput,
    ) -> Result<PromotionPayload> {
        step(ctx, input, StatusStep::End).await
    }
}

/// The draft in an input; for whom it is, the command looks up.
fn draft(input: CreatePromotionInput) -> PromotionDraft {
    PromotionDraft {
        name: input.name,
        rank: PriceRank::General,
        group: Id::from_uuid(uuid::Uuid::nil()),
        target: TargetDraft {
            categories: input.category_ids.into_iter().flatten().map(|id| id.0).collect(),
            brands: input.brands.unwrap_or_default(),
            products: input.product_ids.into_iter().flatten().map(|id| id.0).collect(),
        },
        percent_off: input.percent_off.map(|percent| percent.0),
        price: input.unit_price.map(|price| (price.amount.0, price.currency.0)),
        unit: input.unit.map(|unit| unit.0),
        min_quantity: input.min_quantity.map(|quantity| quantity.0),
        priority: input.priority,
        valid_from: input.valid_from.map(|time| time.0),
        valid_until: input.valid_until.map(|time| time.0),
    }
}

async fn step(ctx: &Context<'_>, input: PromotionInput, step: StatusStep) -> Result<PromotionPayload> {
    let outcome = session(ctx)?.execute(StepPromotion { promotion: input.promotion_id.0, step }).await;
    session(ctx)?.answer(outcome, |promotion| (PromotionNode(promotion),))
}
