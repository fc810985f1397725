//! Changing quotes.

use async_graphql::{Context, InputObject, Object, Result};
use tradehall_domain::attachment::Attachment;
use tradehall_domain::quote::{Quote, QuoteDraft, QuoteLineDraft, TierDraft};
use tradehall_domain::rfq::{Rfq, RfqLine};

use super::commands::{DraftQuote, SubmitDraftedQuote, SubmitQuote, WithdrawQuote};
use super::types::QuoteNode;
use crate::app::{Error, IdempotencyKey};
use crate::graphql::id::GlobalId;
use crate::graphql::loader::session;
use crate::graphql::payload::payload;
use crate::graphql::scalar::{CurrencyCode, DateTime, Decimal};

payload! {
    /// What every change of a quote answers.
    QuotePayload {
        /// The quote as it is now.
        quote: QuoteNode,
    }
}

/// What a supplier offers.
#[derive(Debug, InputObject)]
pub struct QuoteContentInput {
    /// The currency of all prices.
    pub currency: CurrencyCode,
    /// Until when the supplier is bound, at most 732 days ahead.
    pub valid_until: DateTime,
    /// When and how the buyer would pay, at most 1 000 characters.
    pub payment_terms: Option<String>,
    /// What else there is to say, at most 4 000 characters.
    pub remarks: Option<String>,
    /// The lines that are offered, each once; what is left out is not offered.
    pub lines: Vec<QuoteLineInput>,
    /// Files of the supplier's organization that go with this version, in this order, each once; at most 50. The buyer sees them once
    /// it may read the quote.
    #[graphql(default)]
    pub attachment_ids: Vec<GlobalId<Attachment>>,
}

/// What is offered for one line of the request.
#[derive(Debug, InputObject)]
pub struct QuoteLineInput {
    /// For which line.
    pub rfq_line_id: GlobalId<RfqLine>,
    /// How much can be delivered; all that is asked for when left out, never more than that rounded up to 0.0001 of the unit.
    pub quantity: Option<Decimal>,
    /// The unit of quantity and prices, which must convert to the request's; the request's when left out.
    pub unit: Option<String>,
    /// The price per unit, at most 4 decimals.
    pub unit_price: Decimal,
    /// Prices from larger quantities on, by growing quantity; at most 20.
    #[graphql(default)]
    pub tiers: Vec<PriceTierInput>,
    /// Days from the order to the delivery, 0 to 3 660.
    pub lead_time_days: i64,
    /// What else there is to say, at most 1 000 characters.
    pub remarks: Option<String>,
}

/// A price from a quantity on.
#[derive(Debug, InputObject)]
pub struct PriceTierInput {
    /// From how much on, in the line's unit.
    pub minimum: Decimal,
    /// The price per unit of all that is taken then.
    pub unit_price: Decimal,
}

/// A quote to draft.
#[derive(Debug, InputObject)]
pub struct DraftQuoteInput {
    /// On which request.
    pub rfq_id: GlobalId<Rfq>,
    /// Its content, which replaces an earlier draft.
    pub content: QuoteContentInput,
}

/// A quote to submit, or the next version of one.
#[derive(Debug, InputObject)]
pub struct SubmitQuoteInput {
    /// On which request.
    pub rfq_id: GlobalId<Rfq>,
    /// Its content.
    pub content: QuoteContentInput,
    /// The client's key for this one submission, 8 to 128 visible ASCII characters: sent twice, it is done once.
    pub idempotency_key: String,
}

/// Which quote a step is about.
#[derive(Debug, InputObject)]
pub struct QuoteInput {
    /// Which quote.
    pub quote_id: GlobalId<Quote>,
}

/// The root fields that change quotes.
#[derive(Debug, Default)]
pub struct QuoteMutation;

#[Object]
impl QuoteMutation {
    /// Writes a draft that only the supplier sees; what was submitted counts until the draft is. Needs QUOTE_WRITE.
    async fn draft_quote(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Its content.")] input: DraftQuoteInput,
    ) -> Result<QuotePayload> {
        let outcome = session(ctx)?.execute(DraftQuote { rfq: input.rfq_id.0, draft: input.content.draft() }).await;
        session(ctx)?.answer(outcome.map_err(within_content), |quote| (QuoteNode(quote),))
    }

    /// Submits a quote, or revises a submitted one by a new version; it binds until its validity ends. Needs QUOTE_SUBMIT.
    async fn submit_quote(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Its content.")] input: SubmitQuoteInput,
    ) -> Result<QuotePayload> {
        let outcome = match IdempotencyKey::required(&input.idempotency_key) {
            Ok(key) => {
                let command = SubmitQuote { rfq: input.rfq_id.0, draft: input.content.draft(), key: Some(key) };
                session(ctx)?.execute_once(command).await.map_err(within_content)
            }
            Err(problem) => Err(problem.into()),
        };
        session(ctx)?.answer(outcome, |quote| (QuoteNode(quote),))
    }

    /// Submits what was drafted before. Needs QUOTE_SUBMIT.
    async fn submit_drafted_quote(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which quote.")] input: QuoteInput,
    ) -> Result<QuotePayload> {
        let outcome = session(ctx)?.execute(SubmitDraftedQuote { quote: input.quote_id.0 }).await;
        session(ctx)?.answer(outcome, |quote| (QuoteNode(quote),))
    }

    /// Takes a quote back; another can be submitted until the deadline. Needs QUOTE_SUBMIT.
    async fn withdraw_quote(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which quote.")] input: QuoteInput,
    ) -> Result<QuotePayload> {
        let outcome = session(ctx)?.execute(WithdrawQuote { quote: input.quote_id.0 }).await;
        session(ctx)?.answer(outcome, |quote| (QuoteNode(quote),))
    }
}

impl QuoteContentInput {
    fn draft(self) -> QuoteDraft {
        QuoteDraft {
            currency: self.currency.0.code().to_owned(),
            valid_until: self.valid_until.0,
            payment_terms: self.payment_terms,
            remarks: self.remarks,
            lines: self.lines.into_iter().map(QuoteLineInput::draft).collect(),
            attachments: self.attachment_ids.into_iter().map(|id| id.0).collect(),
        }
    }
}

impl QuoteLineInput {
    fn draft(self) -> QuoteLineDraft {
        let tier = |tier: PriceTierInput| TierDraft { minimum: tier.minimum.0, unit_price: tier.unit_price.0 };
        QuoteLineDraft {
            rfq_line: self.rfq_line_id.0,
            quantity: self.quantity.map(|quantity| quantity.0),
            unit: self.unit,
            unit_price: self.unit_price.0,
            tiers: self.tiers.into_iter().map(tier).collect(),
            lead_time_days: self.lead_time_days,
            remarks: self.remarks,
        }
    }
}

/// The content's fields stand below `content` in the input.
fn within_content(error: Error) -> Error {
    error.within("content")
}
