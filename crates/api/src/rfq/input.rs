//! What clients send about requests.

use async_graphql::{InputObject, OneofObject};
use tradehall_domain::attachment::Attachment;
use tradehall_domain::catalog::Product;
use tradehall_domain::organization::Organization;
use tradehall_domain::quote::Quote;
use tradehall_domain::rfq::{Bidding, Invitation, Pick, Rfq, RfqAudience, RfqDraft, RfqLine, RfqLineDraft};
use tradehall_domain::venue::Venue;

use super::commands::Choice;
use crate::graphql::closed::Closed;
use crate::graphql::id::GlobalId;
use crate::graphql::scalar::{CurrencyCode, Date, DateTime, Decimal};

/// The content of a request.
#[derive(Debug, Clone, InputObject)]
pub struct RfqContentInput {
    /// The venue it stands in, where the viewer's organization may buy.
    pub venue_id: GlobalId<Venue>,
    /// What it is about, 1 to 200 characters.
    pub title: String,
    /// What else there is to say, at most 4 000 characters.
    pub description: Option<String>,
    /// The buyer's currency, of target prices and comparisons.
    pub currency: CurrencyCode,
    /// Who may see it and quote.
    #[graphql(default_with = "Closed(RfqAudience::Invited)")]
    pub audience: Closed<RfqAudience>,
    /// When quotes are read: as they come in, or all at once after the deadline.
    #[graphql(default_with = "Closed(Bidding::Open)")]
    pub bidding: Closed<Bidding>,
    /// Until when quotes are taken; this very instant is too late. At most 366 days ahead.
    pub deadline: DateTime,
    /// What is asked for, in this order; at most 1 000 lines. A draft may have none.
    #[graphql(default)]
    pub lines: Vec<RfqLineInput>,
    /// Files of the viewer's organization that go with it, in this order, each once; at most 50. Whoever sees the request will see
    /// them.
    #[graphql(default)]
    pub attachment_ids: Vec<GlobalId<Attachment>>,
}

/// A line of a request: it names a product, describes one in words, or both.
#[derive(Debug, Clone, InputObject)]
pub struct RfqLineInput {
    /// A product that the viewer may see.
    pub product_id: Option<GlobalId<Product>>,
    /// What is needed, in words, at most 2 000 characters; the product's name when left out.
    pub description: Option<String>,
    /// How much, more than 0, at most 4 decimals; what is counted comes whole.
    pub quantity: Decimal,
    /// The unit (UN/ECE Recommendation 20), such as C62 or KGM.
    pub unit: String,
    /// What the buyer hopes to pay per unit, at most 4 decimals; suppliers see it.
    pub target_price: Option<Decimal>,
    /// Where the goods go, at most 400 characters.
    pub delivery_place: Option<String>,
    /// By which day they are needed, today or later.
    pub delivery_date: Option<Date>,
    /// A rule of Incoterms 2020, such as DAP; it needs `incotermPlace`.
    pub incoterm: Option<String>,
    /// The place that the rule names.
    pub incoterm_place: Option<String>,
}

impl RfqContentInput {
    pub(super) fn draft(self) -> RfqDraft {
        RfqDraft {
            venue: self.venue_id.0,
            title: self.title,
            description: self.description,
            currency: self.currency.0.code().to_owned(),
            audience: self.audience.0,
            bidding: self.bidding.0,
            deadline: self.deadline.0,
            lines: self.lines.into_iter().map(RfqLineInput::draft).collect(),
            attachments: self.attachment_ids.into_iter().map(|id| id.0).collect(),
        }
    }
}

impl RfqLineInput {
    fn draft(self) -> RfqLineDraft {
        RfqLineDraft {
            product: self.product_id.map(|id| id.0),
            description: self.description,
            quantity: self.quantity.0,
            unit: self.unit,
            target_price: self.target_price.map(|price| price.0),
            delivery_place: self.delivery_place,
            delivery_date: self.delivery_date.map(|date| date.0),
            incoterm: self.incoterm,
            incoterm_place: self.incoterm_place,
        }
    }
}

/// A request to draft.
#[derive(Debug, InputObject)]
pub struct DraftRfqInput {
    /// Its content.
    pub content: RfqContentInput,
    /// The client's key for this one request, 8 to 128 visible ASCII characters: sent twice, it is done once.
    pub idempotency_key: Option<String>,
}

/// A draft to change.
#[derive(Debug, InputObject)]
pub struct AmendRfqInput {
    /// Which request.
    pub rfq_id: GlobalId<Rfq>,
    /// The version that was read; a newer one refuses the change with STALE.
    pub expected_version: i64,
    /// Its whole new content.
    pub content: RfqContentInput,
}

/// A request to copy.
#[derive(Debug, InputObject)]
pub struct CopyRfqInput {
    /// Which request.
    pub rfq_id: GlobalId<Rfq>,
    /// The deadline of the copy.
    pub deadline: DateTime,
    /// The client's key for this one request.
    pub idempotency_key: Option<String>,
}

/// Which request a step is about.
#[derive(Debug, InputObject)]
pub struct RfqInput {
    /// Which request.
    pub rfq_id: GlobalId<Rfq>,
}

/// More time for suppliers.
#[derive(Debug, InputObject)]
pub struct ExtendRfqDeadlineInput {
    /// Which request.
    pub rfq_id: GlobalId<Rfq>,
    /// The new deadline, later than the present one.
    pub deadline: DateTime,
}

/// An end without an award.
#[derive(Debug, InputObject)]
pub struct EndRfqInput {
    /// Which request.
    pub rfq_id: GlobalId<Rfq>,
    /// Why, at most 4 000 characters; it stands in the request's timeline.
    pub reason: String,
}

/// Suppliers to ask.
#[derive(Debug, InputObject)]
pub struct InviteSuppliersInput {
    /// Which request.
    pub rfq_id: GlobalId<Rfq>,
    /// Whom; at most 500 for one request.
    #[graphql(validator(min_items = 1, max_items = 500))]
    pub supplier_ids: Vec<GlobalId<Organization>>,
}

/// Which invitation a step is about.
#[derive(Debug, InputObject)]
pub struct InvitationInput {
    /// Which invitation.
    pub invitation_id: GlobalId<Invitation>,
}

/// A supplier's no.
#[derive(Debug, InputObject)]
pub struct DeclineInvitationInput {
    /// Which invitation.
    pub invitation_id: GlobalId<Invitation>,
    /// Why, at most 4 000 characters; the buyer sees it.
    pub reason: Option<String>,
}

/// Who gets what of a request that was opened.
#[derive(Debug, InputObject)]
pub struct AwardRfqInput {
    /// Which request.
    pub rfq_id: GlobalId<Rfq>,
    /// Who gets what.
    pub award: AwardChoiceInput,
    /// The client's key for this one award, 8 to 128 visible ASCII characters: sent twice, it is done once.
    pub idempotency_key: String,
}

/// Who gets what: one quote as a whole, or line by line.
#[derive(Debug, OneofObject)]
pub enum AwardChoiceInput {
    /// All that this quote offers.
    QuoteId(GlobalId<Quote>),
    /// Line by line, from any quotes; a line can be split among several.
    Lines(Vec<AwardLineInput>),
}

/// So much of that line from that quote.
#[derive(Debug, InputObject)]
pub struct AwardLineInput {
    /// From which quote.
    pub quote_id: GlobalId<Quote>,
    /// Which line of the request.
    pub rfq_line_id: GlobalId<RfqLine>,
    /// How much, in the unit of the quote's line; all that is offered when left out.
    pub quantity: Option<Decimal>,
}

impl AwardChoiceInput {
    pub(super) fn choice(self) -> Choice {
        match self {
            Self::QuoteId(quote) => Choice::Whole(quote.0),
            Self::Lines(lines) => Choice::Split(
                lines
                    .into_iter()
                    .map(|line| Pick {
                        quote: line.quote_id.0,
                        line: line.rfq_line_id.0,
                        quantity: line.quantity.map(|quantity| quantity.0),
                    })
                    .collect(),
            ),
        }
    }
}
