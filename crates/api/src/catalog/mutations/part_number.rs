//! Changing the numbers under which others know products.

use async_graphql::{Context, ID, InputObject, Object, Result, SimpleObject};
use tradehall_domain::catalog::{PartNumber, PartNumberDraft, PartNumberKind, Product};
use tradehall_domain::organization::Organization;
use tradehall_domain::problem::Problems;

use crate::catalog::commands::{DropPartNumbers, RecordPartNumbers};
use crate::catalog::types::PartNumberNode;
use crate::graphql::closed::Closed;
use crate::graphql::error::UserError;
use crate::graphql::id::{GlobalId, global};
use crate::graphql::loader::session;
use crate::graphql::payload::payload;

/// What became of one number that was sent.
#[derive(Debug, Clone, SimpleObject)]
pub struct PartNumberResult {
    /// The number as it is kept; null when it was refused.
    pub part_number: Option<PartNumberNode>,
    /// The rules that this item breaks; the other items are kept all the same.
    pub user_errors: Vec<UserError>,
}

payload! {
    /// What became of each number that was sent.
    RecordPartNumbersPayload {
        /// What became of each item, in the order in which they were sent.
        results: Vec<PartNumberResult>,
    }
}

payload! {
    /// What dropping numbers answers.
    DropPartNumbersPayload {
        /// The numbers that are gone.
        deleted_part_number_ids: Vec<ID>,
    }
}

/// A number under which somebody knows a product.
#[derive(Debug, InputObject)]
pub struct PartNumberInput {
    /// Which product, one that the viewer sees.
    pub product_id: GlobalId<Product>,
    /// Whose number it is. A customer says its own; all others are for the product's owner to say.
    pub kind: Closed<PartNumberKind>,
    /// Whose own number it is, where the product's owner records it for a customer.
    pub buyer_id: Option<GlobalId<Organization>>,
    /// Who gave it, by name, 1 to 60 characters; not for a customer's own.
    pub issuer: Option<String>,
    /// The number, 1 to 60 characters; signs and capitals do not tell numbers apart. An organization has at most 500 of a kind for one
    /// product, and search finds the product by it within a second.
    pub number: String,
}

/// Numbers to record.
#[derive(Debug, InputObject)]
pub struct RecordPartNumbersInput {
    /// Which numbers, 1 to 100.
    pub entries: Vec<PartNumberInput>,
}

/// Numbers to drop.
#[derive(Debug, InputObject)]
pub struct DropPartNumbersInput {
    /// Which numbers, 1 to 100.
    pub part_number_ids: Vec<GlobalId<PartNumber>>,
}

/// The root fields that change the numbers under which others know products.
#[derive(Debug, Default)]
pub struct PartNumberMutation;

#[Object]
impl PartNumberMutation {
    /// Records numbers under which others know products and answers for each; what is recorded already stays. Needs CATALOG_MANAGE in the
    /// product's owner, or in the customer whose own number it is.
    async fn record_part_numbers(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which numbers.")] input: RecordPartNumbersInput,
    ) -> Result<RecordPartNumbersPayload> {
        let session = session(ctx)?;
        let entry = |input: PartNumberInput| {
            let draft = PartNumberDraft {
                kind: input.kind.0,
                customer: input.buyer_id.map(|id| id.0),
                issuer: input.issuer,
                number: input.number,
            };
            (input.product_id.0, draft)
        };
        let entries = input.entries.into_iter().map(entry).collect();
        let outcome = session.execute(RecordPartNumbers { entries }).await;
        let result = |result: std::result::Result<PartNumber, Problems>| match result {
            Ok(number) => PartNumberResult { part_number: Some(PartNumberNode(number)), user_errors: Vec::new() },
            Err(problems) => {
                PartNumberResult { part_number: None, user_errors: UserError::all(&problems, session.language()) }
            }
        };
        session.answer(outcome, |results| (results.into_iter().map(result).collect(),))
    }

    /// Drops numbers, all of them or none. Needs CATALOG_MANAGE in the product's owner, or in the customer whose own number it is.
    async fn drop_part_numbers(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which numbers.")] input: DropPartNumbersInput,
    ) -> Result<DropPartNumbersPayload> {
        let session = session(ctx)?;
        let numbers = input.part_number_ids.into_iter().map(|id| id.0).collect();
        let outcome = session.execute(DropPartNumbers { numbers }).await;
        session.answer(outcome, |gone| (gone.into_iter().map(global).collect(),))
    }
}
