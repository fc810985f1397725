//! A seller asked to quote.

use jiff::Timestamp;
use serde::Serialize;

use super::{Rfq, RfqAudience, RfqId, RfqStatus};
use crate::event::DomainEvent;
use crate::id::Id;
use crate::named;
use crate::organization::OrganizationId;
use crate::problem::{Code, Problem};
use crate::quote::{Quote, QuoteStatus};
use crate::side::{As, Seller, Side, TwoSided};
use crate::text::Prose;

named! {
    /// What an invited seller has done about a request.
    pub enum InvitationStatus {
        /// It was asked.
        Invited = "INVITED",
        /// It has looked at the request.
        Viewed = "VIEWED",
        /// It says that it will quote, or has quoted.
        WillQuote = "WILL_QUOTE",
        /// It will not quote.
        Declined = "DECLINED",
    }
}

named! {
    /// Whose idea it was that a seller quotes.
    pub enum InvitationOrigin {
        /// The buyer asked it.
        Buyer = "BUYER",
        /// It answers a public request of its own accord.
        Seller = "SELLER",
    }
}

use InvitationStatus::{Declined, Invited, Viewed, WillQuote};

/// The most sellers that the buyer of one request asks.
pub const INVITED_MAX: usize = 500;

/// The most sellers that quote on one request unasked.
pub const UNASKED_MAX: usize = 500;

/// A seller's invitation to quote on a request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Invitation {
    /// Which invitation.
    pub id: InvitationId,
    /// To which request.
    pub rfq: RfqId,
    /// Who asks.
    pub buyer: OrganizationId,
    /// Who is asked.
    pub seller: OrganizationId,
    /// Whose idea it was.
    pub origin: InvitationOrigin,
    /// What the seller has done about it.
    pub status: InvitationStatus,
    /// Why it declined, if it said so.
    pub decline_reason: Option<Prose<4000>>,
    /// Since when the status holds.
    pub since: Timestamp,
    /// Whether the seller knows of it: not while the request is a draft.
    pub revealed: bool,
    /// Counts its changes.
    pub version: i64,
}

/// The id of an [`Invitation`].
pub type InvitationId = Id<Invitation>;

impl TwoSided for Invitation {
    fn party(&self, side: Side) -> Option<OrganizationId> {
        Some(match side {
            Side::Buyer => self.buyer,
            Side::Seller => self.seller,
        })
    }
}

impl Invitation {
    /// The buyer asks `seller`.
    ///
    /// # Errors
    /// [`Code::OwnRfq`] when it asks itself.
    pub fn new(rfq: &Rfq, seller: OrganizationId, now: Timestamp) -> Result<(Self, InvitationEvent), Problem> {
        let invitation = Self::start(rfq, seller, InvitationOrigin::Buyer, Invited, now)?;
        let event = if invitation.revealed { InvitationEvent::Invited } else { InvitationEvent::Noted };
        Ok((invitation, event))
    }

    /// A seller takes up a public request by itself.
    ///
    /// # Errors
    /// [`Code::OwnRfq`]; [`Code::NotFound`] when the request is for invited sellers only.
    pub fn take_up(rfq: &Rfq, seller: OrganizationId, now: Timestamp) -> Result<(Self, InvitationEvent), Problem> {
        if rfq.audience != RfqAudience::Public {
            return Err(Code::NotFound.into());
        }
        let invitation = Self::start(rfq, seller, InvitationOrigin::Seller, WillQuote, now)?;
        Ok((invitation, InvitationEvent::WillQuote))
    }

    /// What a submitted quote says by itself: that its seller quotes, asked or not. Nothing when it was said before.
    ///
    /// # Errors
    /// As [`take_up`](Self::take_up).
    pub fn promise(
        rfq: &Rfq,
        seller: OrganizationId,
        invitation: Option<Self>,
        now: Timestamp,
    ) -> Result<Option<Promise>, Problem> {
        match invitation {
            None => Self::take_up(rfq, seller, now).map(|(made, event)| Some(Promise::Made(made, event))),
            Some(invitation) if invitation.status == WillQuote => Ok(None),
            Some(invitation) => {
                let mut own = As::<Seller, _>::claim(invitation, Some(seller))?;
                let event = own.accept(now)?;
                Ok(Some(Promise::Kept(own.release(), event)))
            }
        }
    }

    /// The request was published: now the seller is told.
    pub fn reveal(&mut self, now: Timestamp) -> InvitationEvent {
        self.revealed = true;
        self.since = now;
        InvitationEvent::Invited
    }

    fn start(
        rfq: &Rfq,
        seller: OrganizationId,
        origin: InvitationOrigin,
        status: InvitationStatus,
        now: Timestamp,
    ) -> Result<Self, Problem> {
        if seller == rfq.buyer {
            return Err(Code::OwnRfq.into());
        }
        Ok(Self {
            id: Id::new(),
            rfq: rfq.id,
            buyer: rfq.buyer,
            seller,
            origin,
            status,
            decline_reason: None,
            since: now,
            revealed: rfq.status != RfqStatus::Draft,
            version: 1,
        })
    }

    fn step(
        &mut self,
        from: &[InvitationStatus],
        to: InvitationStatus,
        now: Timestamp,
        event: InvitationEvent,
    ) -> Result<InvitationEvent, Problem> {
        if !from.contains(&self.status) {
            return Err(Problem::new(Code::InvitationStatus).with("status", self.status));
        }
        self.status = to;
        self.since = now;
        Ok(event)
    }
}

/// The seller's verbs.
impl As<Seller, Invitation> {
    /// Notes that the seller has looked.
    ///
    /// # Errors
    /// [`Code::InvitationStatus`] unless it is new.
    pub fn view(&mut self, now: Timestamp) -> Result<InvitationEvent, Problem> {
        self.step(&[Invited], Viewed, now, InvitationEvent::Viewed)
    }

    /// Says that the seller will quote; it may have declined before.
    ///
    /// # Errors
    /// [`Code::InvitationStatus`] when it has said so.
    pub fn accept(&mut self, now: Timestamp) -> Result<InvitationEvent, Problem> {
        self.step(&[Invited, Viewed, Declined], WillQuote, now, InvitationEvent::WillQuote)
    }

    /// Whether the seller, whose quote on the request is `quote`, can say that it will not quote.
    ///
    /// # Errors
    /// [`Code::QuoteStands`] while a submitted quote binds it.
    pub fn can_decline(&self, quote: Option<&Quote>) -> Result<(), Problem> {
        match quote {
            Some(quote) if quote.status == QuoteStatus::Submitted => Err(Code::QuoteStands.into()),
            _ if self.status == Declined => Err(Problem::new(Code::InvitationStatus).with("status", self.status)),
            _ => Ok(()),
        }
    }

    /// Says that the seller, whose quote on the request is `quote`, will not quote.
    ///
    /// # Errors
    /// As [`can_decline`](Self::can_decline); [`Code::InvitationStatus`] when it has declined already; a reason that cannot be one.
    pub fn decline(
        &mut self,
        reason: Option<&str>,
        quote: Option<&Quote>,
        now: Timestamp,
    ) -> Result<InvitationEvent, Problem> {
        self.can_decline(quote)?;
        let reason = reason.map(Prose::parse).transpose().map_err(|problem| problem.at("reason"))?;
        let event = InvitationEvent::Declined { reason: reason.clone() };
        let event = self.step(&[Invited, Viewed, WillQuote], Declined, now, event)?;
        self.decline_reason = reason;
        Ok(event)
    }
}

/// An invitation that says now that its seller quotes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Promise {
    /// It was made for that.
    Made(Invitation, InvitationEvent),
    /// It was there before.
    Kept(Invitation, InvitationEvent),
}

/// What happens to an invitation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(untagged)]
pub enum InvitationEvent {
    /// The buyer noted on a draft whom it will ask. The seller hears nothing of it.
    Noted,
    /// A seller was asked.
    Invited,
    /// It looked.
    Viewed,
    /// It will quote.
    WillQuote,
    /// It will not.
    Declined {
        /// Why, if it said so.
        reason: Option<Prose<4000>>,
    },
}

impl DomainEvent for InvitationEvent {
    fn kind(&self) -> &'static str {
        match self {
            Self::Noted => "INVITATION_NOTED",
            Self::Invited => "INVITATION_SENT",
            Self::Viewed => "INVITATION_VIEWED",
            Self::WillQuote => "INVITATION_ACCEPTED",
            Self::Declined { .. } => "INVITATION_DECLINED",
        }
    }
}
