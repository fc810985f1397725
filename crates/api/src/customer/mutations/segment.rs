//! Changing segments.

use async_graphql::{Context, InputObject, Object, Result};
use tradehall_domain::customer::{Customer, Segment, SegmentDraft};

use super::super::commands::{AmendSegment, DefineSegment, SortCustomers};
use super::super::types::SegmentNode;
use crate::app::IdempotencyKey;
use crate::graphql::id::GlobalId;
use crate::graphql::loader::session;
use crate::graphql::payload::payload;

payload! {
    /// What every change of a segment answers.
    SegmentPayload {
        /// The segment as it is now.
        segment: SegmentNode,
    }
}

/// A segment to make.
#[derive(Debug, InputObject)]
pub struct DefineSegmentInput {
    /// The seller's short name for it, 1 to 60 characters, unique among its segments.
    pub code: String,
    /// What people call it, 1 to 200 characters.
    pub name: String,
    /// Makes a retry harmless: 8 to 128 visible ASCII characters; the same key and input answers the first result.
    pub idempotency_key: Option<String>,
}

/// A change of a segment; what is left out stays.
#[derive(Debug, InputObject)]
pub struct AmendSegmentInput {
    /// Which segment.
    pub segment_id: GlobalId<Segment>,
    /// The version that was read; a newer one refuses the change with STALE.
    pub expected_version: i64,
    /// The new code.
    pub code: Option<String>,
    /// The new name.
    pub name: Option<String>,
}

/// Which customers come into a segment, and which go.
#[derive(Debug, InputObject)]
pub struct SortCustomersInput {
    /// Which segment.
    pub segment_id: GlobalId<Segment>,
    /// Who comes in, at most 1000; approved customers only.
    #[graphql(default)]
    pub add_customer_ids: Vec<GlobalId<Customer>>,
    /// Who goes, at most 1000.
    #[graphql(default)]
    pub remove_customer_ids: Vec<GlobalId<Customer>>,
}

/// The root fields that change segments.
#[derive(Debug, Default)]
pub struct SegmentMutation;

#[Object]
impl SegmentMutation {
    /// Makes a segment of customers. Needs CUSTOMER_MANAGE.
    async fn define_segment(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What it is to be.")] input: DefineSegmentInput,
    ) -> Result<SegmentPayload> {
        let session = session(ctx)?;
        let define = async {
            let key = IdempotencyKey::of_input(input.idempotency_key.as_deref())?;
            let draft = SegmentDraft { code: Some(input.code), name: Some(input.name) };
            session.execute_once(DefineSegment { draft, key }).await
        };
        session.answer(define.await, |segment| (SegmentNode(segment),))
    }

    /// Calls a segment otherwise. Needs CUSTOMER_MANAGE.
    async fn amend_segment(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What is to change.")] input: AmendSegmentInput,
    ) -> Result<SegmentPayload> {
        let draft = SegmentDraft { code: input.code, name: input.name };
        let command = AmendSegment { segment: input.segment_id.0, expected_version: input.expected_version, draft };
        let outcome = session(ctx)?.execute(command).await;
        session(ctx)?.answer(outcome, |segment| (SegmentNode(segment),))
    }

    /// Puts customers into a segment and takes others out of it; their prices and goods change at once. Needs CUSTOMER_MANAGE.
    async fn sort_customers(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Who comes and who goes.")] input: SortCustomersInput,
    ) -> Result<SegmentPayload> {
        let ids = |list: Vec<GlobalId<Customer>>| list.into_iter().map(|id| id.0).collect();
        let (add, remove) = (ids(input.add_customer_ids), ids(input.remove_customer_ids));
        let outcome = session(ctx)?.execute(SortCustomers { segment: input.segment_id.0, add, remove }).await;
        session(ctx)?.answer(outcome, |segment| (SegmentNode(segment),))
    }
}
