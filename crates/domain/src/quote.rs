//! Quotes: what a seller offers on a request, version by version.

mod draft;
mod line;
mod status;

pub use draft::{QuoteDraft, QuoteLineDraft, TierDraft};
pub use line::{QuoteLine, QuoteLineId, TIERS_MAX, Tier};
pub use status::{QuoteState, QuoteStatus};

use jiff::Timestamp;
use serde::Serialize;

use crate::currency::Currency;
use crate::event::DomainEvent;
use crate::id::Id;
use crate::money::Money;
use crate::organization::OrganizationId;
use crate::problem::{Code, Problem, Problems};
use crate::rfq::{Rfq, RfqId, RfqLine};
use crate::side::{As, Seller, Side, TwoSided};
use crate::text::{Prose, ShortText};
use QuoteStatus::{Awarded, Draft, Lost, PartlyAwarded, Submitted, Withdrawn};

/// How long a quote can stay valid, in days.
pub const VALIDITY_MAX_DAYS: i64 = 732;

/// A seller's quote on a request: its status, and which of its versions counts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Quote {
    /// Which quote.
    pub id: QuoteId,
    /// On which request.
    pub rfq: RfqId,
    /// Who asked.
    pub buyer: OrganizationId,
    /// Who quotes.
    pub seller: OrganizationId,
    /// What people call it.
    pub number: ShortText,
    /// How far it has come.
    pub status: QuoteStatus,
    /// Whether the buyer may read it: false while it is a draft, and while it is sealed.
    pub revealed: bool,
    /// The number of its newest version, from 1.
    pub current: i64,
    /// Until when the newest submitted version binds the seller.
    pub valid_until: Timestamp,
    /// When the newest version was submitted.
    pub submitted_at: Option<Timestamp>,
    /// Counts its changes.
    pub version: i64,
}

/// The id of a [`Quote`].
pub type QuoteId = Id<Quote>;

/// What a seller offered at one time: never changed once submitted, only followed by another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QuoteVersion {
    /// Which version.
    pub id: QuoteVersionId,
    /// Of which quote.
    pub quote: QuoteId,
    /// On which request.
    pub rfq: RfqId,
    /// Who asked.
    pub buyer: OrganizationId,
    /// Who quotes.
    pub seller: OrganizationId,
    /// Its number, from 1.
    pub number: i64,
    /// The currency of all its prices.
    pub currency: Currency,
    /// Until when it binds the seller.
    pub valid_until: Timestamp,
    /// When and how the buyer would pay.
    pub payment_terms: Option<Prose<1000>>,
    /// What else there is to say.
    pub remarks: Option<Prose<4000>>,
    /// The sum of its lines at the offered quantities.
    pub total: Money,
    /// When it was written.
    pub created_at: Timestamp,
    /// When it was submitted; none while it is a draft.
    pub submitted_at: Option<Timestamp>,
    /// Whether the buyer may read it.
    pub revealed: bool,
}

/// The id of a [`QuoteVersion`].
pub type QuoteVersionId = Id<QuoteVersion>;

/// A version with its lines.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Offer {
    /// The version.
    pub version: QuoteVersion,
    /// Its lines, in the order of the request.
    pub lines: Vec<QuoteLine>,
}

impl TwoSided for Quote {
    fn party(&self, side: Side) -> Option<OrganizationId> {
        Some(match side {
            Side::Buyer => self.buyer,
            Side::Seller => self.seller,
        })
    }
}

impl Quote {
    /// Begins a quote with its first version, still a draft.
    ///
    /// # Errors
    /// That the request takes no quotes, or everything that is wrong with the draft.
    pub fn begin(
        rfq: &Rfq,
        lines: &[RfqLine],
        seller: OrganizationId,
        draft: &QuoteDraft,
        now: Timestamp,
    ) -> Result<(As<Seller, Self>, Offer, QuoteEvent), Problems> {
        if seller == rfq.buyer {
            return Err(Code::OwnRfq.into());
        }
        rfq.takes_quotes(now)?;
        let id = Id::new();
        let quote = Self {
            id,
            rfq: rfq.id,
            buyer: rfq.buyer,
            seller,
            number: ShortText::parse(&format!("Q-{}", crate::id::short(id)))?,
            status: Draft,
            revealed: false,
            current: 1,
            valid_until: draft.valid_until,
            submitted_at: None,
            version: 1,
        };
        let offer = draft.parse(&quote, lines, 1, now)?;
        let quote = As::claim(quote, Some(seller))?;
        Ok((quote, offer, QuoteEvent::Drafted))
    }

    /// How far it has come, as `now` and the request's sealing show it.
    #[must_use]
    pub fn state(&self, now: Timestamp) -> QuoteState {
        match self.status {
            Draft => QuoteState::Draft,
            Submitted if self.valid_until <= now => QuoteState::Expired,
            Submitted if self.revealed => QuoteState::Submitted,
            Submitted => QuoteState::Sealed,
            Withdrawn => QuoteState::Withdrawn,
            Awarded => QuoteState::Awarded,
            PartlyAwarded => QuoteState::PartlyAwarded,
            Lost => QuoteState::Lost,
        }
    }

    /// Whether a comparison shows it: it was submitted and not taken back, whatever became of it since.
    #[must_use]
    pub const fn is_compared(&self) -> bool {
        self.revealed && matches!(self.status, Submitted | Awarded | PartlyAwarded | Lost)
    }

    /// Whether the buyer can award from it at `now`.
    ///
    /// # Errors
    /// [`Code::QuoteStatus`] unless submitted and readable; [`Code::QuoteExpired`].
    pub fn can_win(&self, now: Timestamp) -> Result<(), Problem> {
        match self.state(now) {
            QuoteState::Submitted => Ok(()),
            QuoteState::Expired => Err(Code::QuoteExpired.into()),
            state => Err(Problem::new(Code::QuoteStatus).with("status", state)),
        }
    }

    fn must_be(&self, statuses: &[QuoteStatus]) -> Result<(), Problem> {
        if statuses.contains(&self.status) {
            Ok(())
        } else {
            Err(Problem::new(Code::QuoteStatus).with("status", self.status))
        }
    }

    /// The buyer's award has settled the quote.
    pub(crate) fn settle(&mut self, status: QuoteStatus) -> QuoteEvent {
        self.status = status;
        match status {
            Awarded => QuoteEvent::Awarded { whole: true },
            PartlyAwarded => QuoteEvent::Awarded { whole: false },
            _ => QuoteEvent::Lost,
        }
    }
}

/// The seller's verbs.
impl As<Seller, Quote> {
    /// Whether its content can change at `now`: while the request takes quotes.
    ///
    /// # Errors
    /// [`Code::QuoteStatus`] once settled; why the request takes none.
    pub fn can_revise(&self, rfq: &Rfq, now: Timestamp) -> Result<(), Problem> {
        self.must_be(&[Draft, Submitted, Withdrawn])?;
        rfq.takes_quotes(now)
    }

    /// Writes the next version; the submitted one counts until this one is submitted. A draft is replaced.
    ///
    /// # Errors
    /// As [`can_revise`](Self::can_revise), or everything that is wrong with the draft.
    pub fn revise(
        &mut self,
        rfq: &Rfq,
        lines: &[RfqLine],
        draft: &QuoteDraft,
        now: Timestamp,
    ) -> Result<(Offer, QuoteEvent), Problems> {
        self.can_revise(rfq, now)?;
        // A version that was never submitted is replaced, and its number with it.
        let number = if self.submitted_at.is_some() { self.current + 1 } else { self.current };
        let offer = draft.parse(self, lines, number, now)?;
        Ok((offer, QuoteEvent::Drafted))
    }

    /// Whether a version can be submitted at `now`.
    ///
    /// # Errors
    /// As [`can_revise`](Self::can_revise).
    pub fn can_submit(&self, rfq: &Rfq, now: Timestamp) -> Result<(), Problem> {
        self.can_revise(rfq, now)
    }

    /// Submits `version`, which binds the seller until its validity ends.
    ///
    /// # Errors
    /// As [`can_submit`](Self::can_submit).
    pub fn submit(&mut self, rfq: &Rfq, version: &mut QuoteVersion, now: Timestamp) -> Result<QuoteEvent, Problem> {
        self.can_submit(rfq, now)?;
        if version.valid_until <= now {
            return Err(Problem::new(Code::InPast).at("validUntil"));
        }
        version.submitted_at = Some(now);
        version.revealed = rfq.reveals_quotes();
        self.status = Submitted;
        self.revealed = version.revealed;
        self.current = version.number;
        self.valid_until = version.valid_until;
        self.submitted_at = Some(now);
        Ok(QuoteEvent::Submitted { number: version.number })
    }

    /// Whether it can be taken back at `now`.
    ///
    /// # Errors
    /// As [`can_revise`](Self::can_revise); [`Code::QuoteStatus`] when there is nothing to take back.
    pub fn can_withdraw(&self, rfq: &Rfq, now: Timestamp) -> Result<(), Problem> {
        self.must_be(&[Draft, Submitted])?;
        rfq.takes_quotes(now)
    }

    /// Takes it back; it may be submitted anew until the deadline.
    ///
    /// # Errors
    /// As [`can_withdraw`](Self::can_withdraw).
    pub fn withdraw(&mut self, rfq: &Rfq, now: Timestamp) -> Result<QuoteEvent, Problem> {
        self.can_withdraw(rfq, now)?;
        self.status = Withdrawn;
        Ok(QuoteEvent::Withdrawn)
    }
}

/// What happens to a quote. What a sealed quote offers stands in no event.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(untagged)]
pub enum QuoteEvent {
    /// A draft was written or replaced.
    Drafted,
    /// A version was submitted.
    Submitted {
        /// Which.
        number: i64,
    },
    /// It was taken back.
    Withdrawn,
    /// The buyer opened it.
    Opened,
    /// It won.
    Awarded {
        /// Whether all that was offered was awarded.
        whole: bool,
    },
    /// Others won.
    Lost,
}

impl DomainEvent for QuoteEvent {
    fn kind(&self) -> &'static str {
        match self {
            Self::Drafted => "QUOTE_DRAFTED",
            Self::Submitted { .. } => "QUOTE_SUBMITTED",
            Self::Withdrawn => "QUOTE_WITHDRAWN",
            Self::Opened => "QUOTE_OPENED",
            Self::Awarded { .. } => "QUOTE_AWARDED",
            Self::Lost => "QUOTE_LOST",
        }
    }
}
