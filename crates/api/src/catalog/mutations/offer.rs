//! Changing offers.

use async_graphql::{Context, InputObject, MaybeUndefined, Object, Result};
use tradehall_domain::catalog::{Offer, OfferAccess, OfferChange, OfferDraft, Product};

use super::change;
use crate::app::IdempotencyKey;
use crate::catalog::commands::{CreateOffer, OfferStep, ReviseOffer, StepOffer};
use crate::catalog::types::OfferNode;
use crate::graphql::closed::Closed;
use crate::graphql::id::GlobalId;
use crate::graphql::loader::session;
use crate::graphql::payload::payload;
use crate::graphql::scalar::{CurrencyCode, DateTime, Decimal, UnitCode};

payload! {
    /// What every change of an offer answers.
    OfferPayload {
        /// The offer as it is now.
        offer: OfferNode,
    }
}

/// An offer to make.
#[derive(Debug, InputObject)]
pub struct CreateOfferInput {
    /// Of which product: a published one, or the organization's own.
    pub product_id: GlobalId<Product>,
    /// The price of one unit, above zero, with up to four decimals.
    pub unit_price: Decimal,
    /// The currency of the price.
    pub currency: CurrencyCode,
    /// What the price and the quantities count.
    pub unit: UnitCode,
    /// The least that is sold at once; 1 when left out.
    pub min_quantity: Option<Decimal>,
    /// The most that is sold at once; no limit when left out.
    pub max_quantity: Option<Decimal>,
    /// Quantities are multiples of this; 1 when left out.
    pub multiple: Option<Decimal>,
    /// Days from order to delivery, 0 to 3650; 0 is the same day.
    pub lead_time_days: i64,
    /// From when on it can be ordered from; now when left out.
    pub valid_from: Option<DateTime>,
    /// Until when, that moment excluded; no end when left out.
    pub valid_until: Option<DateTime>,
    /// Who sees it besides the organization and the owner of the product.
    pub access: Closed<OfferAccess>,
    /// Makes a retry harmless: 8 to 128 visible ASCII characters; the same key and input answers the first result.
    pub idempotency_key: Option<String>,
}

/// A change of an offer; what is left out stays, what is null goes. Another currency or unit is another offer.
#[derive(Debug, InputObject)]
pub struct ReviseOfferInput {
    /// Which offer.
    pub offer_id: GlobalId<Offer>,
    /// The version that was read; a newer one refuses the change with STALE.
    pub expected_version: i64,
    /// The new price of one unit in the offer's currency, above zero, with up to four decimals.
    pub unit_price: Option<Decimal>,
    /// The new least quantity.
    pub min_quantity: Option<Decimal>,
    /// The new largest quantity; null for no limit.
    pub max_quantity: MaybeUndefined<Decimal>,
    /// What quantities are multiples of from now on.
    pub multiple: Option<Decimal>,
    /// The new lead time in days, 0 to 3650.
    pub lead_time_days: Option<i64>,
    /// The new begin of its validity.
    pub valid_from: Option<DateTime>,
    /// The new end of its validity; null for no end.
    pub valid_until: MaybeUndefined<DateTime>,
    /// Who sees it from now on besides the organization and the owner of the product.
    pub access: Option<Closed<OfferAccess>>,
}

/// Which offer a step is about.
#[derive(Debug, InputObject)]
pub struct OfferInput {
    /// Which offer.
    pub offer_id: GlobalId<Offer>,
}

/// The root fields that change offers.
#[derive(Debug, Default)]
pub struct OfferMutation;

#[Object]
impl OfferMutation {
    /// Offers a product; at most one active offer of a product in one currency and unit. Needs CATALOG_MANAGE.
    async fn create_offer(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What is asked.")] input: CreateOfferInput,
    ) -> Result<OfferPayload> {
        let session = session(ctx)?;
        let create = async {
            let key = IdempotencyKey::of_input(input.idempotency_key.as_deref())?;
            let draft = OfferDraft {
                price: input.unit_price.0,
                currency: input.currency.0,
                unit: input.unit.0,
                min_quantity: input.min_quantity.map(|quantity| quantity.0),
                max_quantity: input.max_quantity.map(|quantity| quantity.0),
                multiple: input.multiple.map(|quantity| quantity.0),
                lead_time_days: input.lead_time_days,
                valid_from: input.valid_from.map(|time| time.0),
                valid_until: input.valid_until.map(|time| time.0),
                access: input.access.0,
            };
            session.execute_once(CreateOffer { product: input.product_id.0, draft, key }).await
        };
        session.answer(create.await, |offer| (OfferNode(offer),))
    }

    /// Asks something else from now on; what was quoted or ordered before keeps its terms. Needs CATALOG_MANAGE in the seller.
    async fn revise_offer(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What is to change.")] input: ReviseOfferInput,
    ) -> Result<OfferPayload> {
        let command = ReviseOffer {
            offer: input.offer_id.0,
            expected_version: input.expected_version,
            change: OfferChange {
                price: input.unit_price.map(|price| price.0),
                min_quantity: input.min_quantity.map(|quantity| quantity.0),
                max_quantity: change(input.max_quantity, |quantity| quantity.0),
                multiple: input.multiple.map(|quantity| quantity.0),
                lead_time_days: input.lead_time_days,
                valid_from: input.valid_from.map(|time| time.0),
                valid_until: change(input.valid_until, |time| time.0),
                access: input.access.map(|access| access.0),
            },
        };
        let outcome = session(ctx)?.execute(command).await;
        session(ctx)?.answer(outcome, |offer| (OfferNode(offer),))
    }

    /// Stops an offer for now. Needs CATALOG_MANAGE in the seller.
    async fn pause_offer(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which offer.")] input: OfferInput,
    ) -> Result<OfferPayload> {
        step(ctx, input, OfferStep::Pause).await
    }

    /// Takes a paused offer up again. Needs CATALOG_MANAGE in the seller.
    async fn resume_offer(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which offer.")] input: OfferInput,
    ) -> Result<OfferPayload> {
        step(ctx, input, OfferStep::Resume).await
    }

    /// Takes an offer back for good. Needs CATALOG_MANAGE in the seller.
    async fn end_offer(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which offer.")] input: OfferInput,
    ) -> Result<OfferPayload> {
        step(ctx, input, OfferStep::End).await
    }
}

async fn step(ctx: &Context<'_>, input: OfferInput, step: OfferStep) -> Result<OfferPayload> {
    let outcome = session(ctx)?.execute(StepOffer { offer: input.offer_id.0, step }).await;
    session(ctx)?.answer(outcome, |offer| (OfferNode(offer),))
}
