//! What clients send about agreements.

use async_graphql::{InputObject, OneofObject};
use tradehall_domain::agreement::{
    Agreement, AgreementDraft, AgreementLine, AgreementLineDraft, AgreementStatus, CallOffDraft, CallOffLineDraft,
    PriceTierDraft,
};
use tradehall_domain::catalog::Product;
use tradehall_domain::customer::Customer;
use tradehall_domain::incoterm::Incoterm;
use tradehall_domain::organization::Organization;

use super::commands::Partner;
use crate::graphql::closed::Closed;
use crate::graphql::id::GlobalId;
use crate::graphql::scalar::{CurrencyCode, Date, DateTime, Decimal, UnitCode};

/// Which agreements to list; what is left out does not narrow the list.
#[derive(Debug, Default, InputObject)]
pub struct AgreementFilterInput {
    /// Only those that have come so far by now.
    pub status: Option<Closed<AgreementStatus>>,
    /// Only those with this organization on the other side.
    pub counterparty_id: Option<GlobalId<Organization>>,
}

/// With whom to negotiate: from which side is told by which field is given.
#[derive(Debug, OneofObject)]
pub enum AgreementPartnerInput {
    /// The viewer's organization buys from this one, of whose shop it is an approved customer.
    SellerId(GlobalId<Organization>),
    /// The viewer's organization sells to this approved customer of its shop.
    CustomerId(GlobalId<Customer>),
}

impl From<AgreementPartnerInput> for Partner {
    fn from(input: AgreementPartnerInput) -> Self {
        match input {
            AgreementPartnerInput::SellerId(id) => Self::Seller(id.0),
            AgreementPartnerInput::CustomerId(id) => Self::Customer(id.0),
        }
    }
}

/// The terms and lines of an agreement.
#[derive(Debug, InputObject)]
pub struct AgreementContentInput {
    /// What it is about, 1 to 200 characters.
    pub title: String,
    /// The buyer's own number for it, at most 60 characters.
    pub buyer_reference: Option<String>,
    /// The seller's own number for it, at most 60 characters.
    pub seller_reference: Option<String>,
    /// The currency of every price and amount.
    pub currency: CurrencyCode,
    /// From when on its prices hold; from now on when left out.
    pub valid_from: Option<DateTime>,
    /// Until when, that moment excluded; at most 7 320 days ahead.
    pub valid_until: DateTime,
    /// When and how the buyer pays, at most 2 000 characters.
    pub payment_terms: Option<String>,
    /// Who carries the goods how far; it needs `incotermPlace`.
    pub incoterm: Option<Closed<Incoterm>>,
    /// The place that the rule speaks of, 1 to 120 characters.
    pub incoterm_place: Option<String>,
    /// The least amount that the buyer will call off in all, in `currency`; no promise when left out.
    pub commitment: Option<Decimal>,
    /// How many days before the end notice can be given at the latest; not more than the agreement has.
    #[graphql(default)]
    pub notice_days: i64,
    /// By how many months it goes on by itself at its end, 1 to 120; it just ends when left out.
    pub renewal_months: Option<i64>,
    /// What can be called off, 1 to 500 lines; each product once in a unit.
    #[graphql(validator(max_items = 500))]
    pub lines: Vec<AgreementLineInput>,
}

/// What is agreed about one product.
#[derive(Debug, InputObject)]
pub struct AgreementLineInput {
    /// Which published product of the seller.
    pub product_id: GlobalId<Product>,
    /// What prices and quantities count: the product's own unit (when left out), one of its packagings, or one with a fixed relation to
    /// these.
    pub unit: Option<UnitCode>,
    /// Prices by growing quantity, 1 to 20.
    #[graphql(validator(max_items = 20))]
    pub tiers: Vec<AgreementTierInput>,
    /// The least of one call-off; any when left out.
    pub order_minimum: Option<Decimal>,
    /// What each call-off is a multiple of; any when left out.
    pub order_multiple: Option<Decimal>,
    /// The most that can be called off in all; no limit when left out.
    pub volume: Option<Decimal>,
    /// The least that shall be called off in all; no promise when left out.
    pub commitment: Option<Decimal>,
    /// Days from a call-off to the delivery, 0 to 3 660.
    pub lead_time_days: Option<i64>,
}

/// A price from a quantity on.
#[derive(Debug, InputObject)]
pub struct AgreementTierInput {
    /// From how much of one call-off on; any when left out, which only the first can.
    pub min_quantity: Option<Decimal>,
    /// For each unit, above zero, at most 4 decimals.
    pub unit_price: Decimal,
}

impl From<AgreementContentInput> for AgreementDraft {
    fn from(input: AgreementContentInput) -> Self {
        Self {
            title: input.title,
            buyer_reference: input.buyer_reference,
            seller_reference: input.seller_reference,
            currency: input.currency.0,
            valid_from: input.valid_from.map(|time| time.0),
            valid_until: input.valid_until.0,
            payment_terms: input.payment_terms,
            incoterm: input.incoterm.map(|rule| rule.0),
            incoterm_place: input.incoterm_place,
            commitment: input.commitment.map(|amount| amount.0),
            notice_days: input.notice_days,
            renewal_months: input.renewal_months,
            lines: input.lines.into_iter().map(Into::into).collect(),
        }
    }
}

impl From<AgreementLineInput> for AgreementLineDraft {
    fn from(input: AgreementLineInput) -> Self {
        let number = |value: Option<Decimal>| value.map(|value| value.0);
        let tier = |tier: AgreementTierInput| PriceTierDraft {
            min_quantity: number(tier.min_quantity),
            unit_price: tier.unit_price.0,
        };
        Self {
            product: input.product_id.0,
            unit: input.unit.map(|unit| unit.0),
            tiers: input.tiers.into_iter().map(tier).collect(),
            order_minimum: number(input.order_minimum),
            order_multiple: number(input.order_multiple),
            volume: number(input.volume),
            commitment: number(input.commitment),
            lead_time_days: input.lead_time_days,
        }
    }
}

/// An agreement to draft.
#[derive(Debug, InputObject)]
pub struct DraftAgreementInput {
    /// With whom.
    pub partner: AgreementPartnerInput,
    /// Its terms and lines.
    pub content: AgreementContentInput,
    /// The client's key for this one request, 8 to 128 visible ASCII characters: sent twice, it is done once.
    pub idempotency_key: Option<String>,
}

/// A draft to rewrite.
#[derive(Debug, InputObject)]
pub struct ReviseAgreementDraftInput {
    /// Which agreement.
    pub agreement_id: GlobalId<Agreement>,
    /// The version that was read; a newer one refuses the change with STALE.
    pub expected_version: i64,
    /// Its whole new content.
    pub content: AgreementContentInput,
}

/// Which agreement a step is about.
#[derive(Debug, InputObject)]
pub struct AgreementInput {
    /// The agreement's global id.
    pub agreement_id: GlobalId<Agreement>,
}

/// Another offer in the place of the one on the table.
#[derive(Debug, InputObject)]
pub struct CounterAgreementInput {
    /// Which agreement.
    pub agreement_id: GlobalId<Agreement>,
    /// What is offered instead, as a whole.
    pub content: AgreementContentInput,
}

/// An offer to accept.
#[derive(Debug, InputObject)]
pub struct AcceptAgreementInput {
    /// Which agreement.
    pub agreement_id: GlobalId<Agreement>,
    /// The `hash` of the offer that was read: another offer on the table refuses the acceptance with STALE.
    pub hash: String,
}

/// A step that needs a reason.
#[derive(Debug, InputObject)]
pub struct AgreementReasonInput {
    /// Which agreement.
    pub agreement_id: GlobalId<Agreement>,
    /// Why, 1 to 1 000 characters; the other side reads it.
    pub reason: String,
}

/// An agreement to end before its time.
#[derive(Debug, InputObject)]
pub struct TerminateAgreementInput {
    /// Which agreement.
    pub agreement_id: GlobalId<Agreement>,
    /// Why, 1 to 1 000 characters; the other side reads it.
    pub reason: String,
    /// When it ends; at once when left out.
    pub effective_at: Option<DateTime>,
}

/// An agreement to go on with.
#[derive(Debug, InputObject)]
pub struct RenewAgreementInput {
    /// Which agreement.
    pub agreement_id: GlobalId<Agreement>,
    /// Until when its successor is valid; it begins at the end of this one.
    pub valid_until: DateTime,
    /// The client's key for this one request, 8 to 128 visible ASCII characters: sent twice, it is done once.
    pub idempotency_key: String,
}

/// What is called off.
#[derive(Debug, InputObject)]
pub struct CallOffInput {
    /// Under which agreement.
    pub agreement_id: GlobalId<Agreement>,
    /// What, 1 to 1 000 lines of the order; a line of the agreement may stand several times, for several days or places, and each
    /// has the price of its own quantity.
    #[graphql(validator(max_items = 1000))]
    pub lines: Vec<CallOffLineInput>,
    /// Where the goods go, at most 500 characters, where a line does not say otherwise.
    pub delivery_address: Option<String>,
    /// What else there is to say, at most 4 000 characters; the seller reads it.
    pub remarks: Option<String>,
    /// The client's key for this one call-off, 8 to 128 visible ASCII characters: sent twice, it is done once.
    pub idempotency_key: String,
}

/// So much of one line.
#[derive(Debug, InputObject)]
pub struct CallOffLineInput {
    /// Which line of the agreement.
    pub line_id: GlobalId<AgreementLine>,
    /// How much, in `unit`.
    pub quantity: Decimal,
    /// What the quantity counts; the line's unit when left out. Another one, such as a box of a line in pieces, must be an exact number of
    /// the line's by the product's packagings; it is ordered and counted in the line's unit.
    pub unit: Option<UnitCode>,
    /// For which day; not over yet anywhere.
    pub requested_date: Option<Date>,
    /// Where these goods go, at most 500 characters, where it is not as for the whole.
    pub delivery_address: Option<String>,
}

impl CallOffInput {
    pub(super) fn draft(self) -> CallOffDraft {
        let line = |line: CallOffLineInput| CallOffLineDraft {
            line: line.line_id.0,
            quantity: line.quantity.0,
            unit: line.unit.map(|unit| unit.0),
            requested_on: line.requested_date.map(|day| day.0),
            delivery_address: line.delivery_address,
        };
        CallOffDraft {
            lines: self.lines.into_iter().map(line).collect(),
            delivery_address: self.delivery_address,
            remarks: self.remarks,
        }
    }
}
