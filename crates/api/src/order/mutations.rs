//! Changing orders.

use async_graphql::{Context, Object, Result};
use tradehall_domain::order::{Order, Promise};

use super::commands::{
    AcknowledgeOrder, AgreeOrderCancellation, CancelOrder, DeclineOrderCancellation, RejectOrder,
    RequestOrderCancellation,
};
use super::inputs::{
    AcknowledgeOrderInput, AgreeOrderCancellationInput, CancelOrderInput, DeclineOrderCancellationInput,
    RejectOrderInput, RequestOrderCancellationInput,
};
use super::types::OrderNode;
use crate::app::{Command, Error, IdempotencyKey, Repeatable};
use crate::graphql::loader::session;
use crate::graphql::payload::payload;

payload! {
    /// What every step of an order answers.
    OrderPayload {
        /// The order as it is now.
        order: OrderNode,
    }
}

/// The root fields that change orders. Award, cart and the like place them.
#[derive(Debug, Default)]
pub struct OrderMutation;

#[Object]
impl OrderMutation {
    /// Takes a placed order on; from now on both sides are bound. Needs ORDER_ACKNOWLEDGE in the seller.
    async fn acknowledge_order(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which order, and what is promised.")] input: AcknowledgeOrderInput,
    ) -> Result<OrderPayload> {
        let promises = input.promises.into_iter();
        let promises = promises.map(|promise| Promise { line: promise.order_line_id.0, on: promise.date.0 }).collect();
        execute(ctx, AcknowledgeOrder { order: input.order_id.0, promises, remark: input.remark }).await
    }

    /// Turns a placed order down; nobody is bound any more. Needs ORDER_ACKNOWLEDGE in the seller.
    async fn reject_order(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which order, and why.")] input: RejectOrderInput,
    ) -> Result<OrderPayload> {
        execute(ctx, RejectOrder { order: input.order_id.0, reason: input.reason }).await
    }

    /// Takes back an order that the seller has not answered; after that see `requestOrderCancellation`. Needs ORDER_CANCEL in the
    /// buyer.
    async fn cancel_order(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which order, and why.")] input: CancelOrderInput,
    ) -> Result<OrderPayload> {
        execute(ctx, CancelOrder { order: input.order_id.0, reason: input.reason }).await
    }

    /// Asks the seller to agree that an acknowledged order be cancelled; until then it stands. Needs ORDER_CANCEL in the buyer.
    async fn request_order_cancellation(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which order, and why.")] input: RequestOrderCancellationInput,
    ) -> Result<OrderPayload> {
        let (order, reason) = (input.order_id.0, input.reason);
        execute_once(ctx, &input.idempotency_key, |key| RequestOrderCancellation { key, order, reason }).await
    }

    /// Agrees to the cancellation that the buyer asked for; the order is cancelled. Needs ORDER_ACKNOWLEDGE in the seller.
    async fn agree_order_cancellation(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which order.")] input: AgreeOrderCancellationInput,
    ) -> Result<OrderPayload> {
        execute(ctx, AgreeOrderCancellation { order: input.order_id.0, remark: input.remark }).await
    }

    /// Insists on an order that the buyer asked to cancel; it stands, and the buyer may ask again. Needs ORDER_ACKNOWLEDGE in the
    /// seller.
    async fn decline_order_cancellation(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which order, and why it stands.")] input: DeclineOrderCancellationInput,
    ) -> Result<OrderPayload> {
        let (order, remark) = (input.order_id.0, input.remark);
        execute_once(ctx, &input.idempotency_key, |key| DeclineOrderCancellation { key, order, remark }).await
    }
}

async fn execute(ctx: &Context<'_>, command: impl Command<Output = Order>) -> Result<OrderPayload> {
    let outcome = session(ctx)?.execute(command).await;
    session(ctx)?.answer(outcome, |order| (OrderNode(order),))
}

async fn execute_once<C: Repeatable<Output = Order>>(
    ctx: &Context<'_>,
    key: &str,
    command: impl FnOnce(IdempotencyKey) -> C,
) -> Result<OrderPayload> {
    let outcome = match IdempotencyKey::required(key) {
        Ok(key) => session(ctx)?.execute_once(command(key)).await,
        Err(problem) => Err(Error::from(problem)),
    };
    session(ctx)?.answer(outcome, |order| (OrderNode(order),))
}
