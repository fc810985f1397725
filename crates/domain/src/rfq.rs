//! Requests for quotation: what a buyer needs, whom it asks, and until when.

mod award;
mod bidder;
mod comparison;
mod cover;
mod draft;
mod event;
mod invitation;
mod line;
mod status;
#[cfg(test)]
mod tests;

pub use award::{Award, AwardId, Pick, Placed, QuoteOutcome};
pub use bidder::Bidder;
pub use comparison::{Comparable, ComparedLine, ComparedQuote, Comparison, Offered, Rate, compare};
pub use cover::Cover;
pub use draft::RfqDraft;
pub use event::RfqEvent;
pub use invitation::{
    INVITED_MAX, Invitation, InvitationEvent, InvitationId, InvitationOrigin, InvitationStatus, Promise, UNASKED_MAX,
};
pub use line::{RfqLine, RfqLineDraft, RfqLineId};
pub use status::{Bidding, RfqAudience, RfqStatus};

use jiff::Timestamp;

use crate::currency::Currency;
use crate::id::Id;
use crate::organization::OrganizationId;
use crate::problem::{Code, Problem, Problems};
use crate::side::{As, Buyer, Side, TwoSided};
use crate::text::{Name, Prose, ShortText};
use crate::venue::VenueId;
use RfqStatus::{Awarded, Cancelled, Closed, Draft, Evaluating, NoAward, Opened, PartlyAwarded, Published};

/// The most lines one request has.
pub const LINES_MAX: usize = 1_000;

/// How far ahead a deadline may lie, in days.
pub const DEADLINE_MAX_DAYS: i64 = 366;

/// A request for quotation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rfq {
    /// Which request.
    pub id: RfqId,
    /// Who asks.
    pub buyer: OrganizationId,
    /// In which venue.
    pub venue: VenueId,
    /// What people call it: unique per buyer.
    pub number: ShortText,
    /// What it is about.
    pub title: Name,
    /// What else there is to say.
    pub description: Option<Prose<4000>>,
    /// In which currency the buyer compares and sets target prices. Quotes may be in another.
    pub currency: Currency,
    /// Who may quote.
    pub audience: RfqAudience,
    /// When the buyer gets to read the quotes.
    pub bidding: Bidding,
    /// Until when quotes are taken; this very instant is too late.
    pub deadline: Timestamp,
    /// How far it has come.
    pub status: RfqStatus,
    /// When it was published.
    pub published_at: Option<Timestamp>,
    /// When it was first drafted.
    pub created_at: Timestamp,
    /// When the worker looks at it next; none when no time matters to it.
    pub next_check_at: Option<Timestamp>,
    /// Counts its changes.
    pub version: i64,
}

/// The id of an [`Rfq`].
pub type RfqId = Id<Rfq>;

/// A request as it was drafted, in its buyer's hands, with its lines.
pub type Drafted = (As<Buyer, Rfq>, Vec<RfqLine>, RfqEvent);

impl TwoSided for Rfq {
    /// Only the buying side is one organization; sellers are the invitations'.
    fn party(&self, side: Side) -> Option<OrganizationId> {
        (side == Side::Buyer).then_some(self.buyer)
    }
}

impl Rfq {
    /// Drafts a request with its lines.
    ///
    /// # Errors
    /// Everything that is wrong with the draft.
    pub fn draft(draft: &RfqDraft, buyer: OrganizationId, now: Timestamp) -> Result<Drafted, Problems> {
        let id = Id::new();
        let (terms, lines) = draft.parse(id, buyer, now)?;
        let rfq = Self {
            id,
            buyer,
            venue: draft.venue,
            number: number(id)?,
            title: terms.title,
            description: terms.description,
            currency: terms.currency,
            audience: draft.audience,
            bidding: draft.bidding,
            deadline: draft.deadline,
            status: Draft,
            published_at: None,
            created_at: now,
            next_check_at: None,
            version: 1,
        };
        let rfq = As::claim(rfq, Some(buyer))?;
        Ok((rfq, lines, RfqEvent::Drafted))
    }

    /// Whether sellers can quote at `now`.
    ///
    /// # Errors
    /// [`Code::RfqStatus`] when it is not published, [`Code::DeadlinePassed`] from the deadline on.
    pub fn takes_quotes(&self, now: Timestamp) -> Result<(), Problem> {
        self.must_be(&[Published])?;
        if now >= self.deadline {
            return Err(Code::DeadlinePassed.into());
        }
        Ok(())
    }

    /// Whether the buyer may read what was quoted, and know who quotes.
    #[must_use]
    pub fn reveals_quotes(&self) -> bool {
        self.bidding == Bidding::Open || matches!(self.status, Opened | Evaluating | Awarded | PartlyAwarded | NoAward)
    }

    /// When something happens to the request by itself: only the deadline of a published one.
    #[must_use]
    pub fn due(&self) -> Option<Timestamp> {
        (self.status == Published).then_some(self.deadline)
    }

    /// The deadline has come: no quote is taken any more. Requests that hide nothing are open at once.
    ///
    /// # Errors
    /// [`Code::RfqStatus`] unless published; [`Code::DeadlineAhead`] before the deadline.
    pub fn lapse(&mut self, now: Timestamp) -> Result<RfqEvent, Problem> {
        self.must_be(&[Published])?;
        if now < self.deadline {
            return Err(Code::DeadlineAhead.into());
        }
        Ok(self.shut(RfqEvent::Closed { early: false }))
    }

    fn shut(&mut self, event: RfqEvent) -> RfqEvent {
        self.become_(match self.bidding {
            Bidding::Open => Opened,
            Bidding::Sealed => Closed,
        });
        event
    }

    fn must_be(&self, statuses: &[RfqStatus]) -> Result<(), Problem> {
        if statuses.contains(&self.status) {
            Ok(())
        } else {
            Err(Problem::new(Code::RfqStatus).with("status", self.status))
        }
    }

    fn become_(&mut self, status: RfqStatus) {
        self.status = status;
        self.next_check_at = self.due();
    }
}

/// The buyer's verbs. A refusal of `can_…` is what `availableActions` shows.
impl As<Buyer, Rfq> {
    /// Whether the draft can be changed.
    ///
    /// # Errors
    /// [`Code::RfqStatus`] once published.
    pub fn can_amend(&self) -> Result<(), Problem> {
        self.must_be(&[Draft])
    }

    /// Replaces the draft's content.
    ///
    /// # Errors
    /// [`Code::RfqStatus`], or everything that is wrong with the new content.
    pub fn amend(&mut self, draft: &RfqDraft, now: Timestamp) -> Result<(Vec<RfqLine>, RfqEvent), Problems> {
        self.can_amend()?;
        let (terms, lines) = draft.parse(self.id, self.buyer, now)?;
        self.venue = draft.venue;
        self.title = terms.title;
        self.description = terms.description;
        self.currency = terms.currency;
        self.audience = draft.audience;
        self.bidding = draft.bidding;
        self.deadline = draft.deadline;
        Ok((lines, RfqEvent::Amended))
    }

    /// Whether it can be published, as far as can be told without its lines.
    ///
    /// # Errors
    /// [`Code::RfqStatus`] unless a draft; [`Code::DeadlinePassed`].
    pub fn can_publish(&self, now: Timestamp) -> Result<(), Problem> {
        self.must_be(&[Draft])?;
        if self.deadline <= now { Err(Code::DeadlinePassed.into()) } else { Ok(()) }
    }

    /// Asks: from now on sellers see it and can quote.
    ///
    /// # Errors
    /// As [`can_publish`](Self::can_publish); [`Code::RfqHasNoLines`]; [`Code::NobodyAsked`] when it is for invited sellers and none is.
    pub fn publish(&mut self, lines: usize, invited: usize, now: Timestamp) -> Result<RfqEvent, Problem> {
        self.can_publish(now)?;
        if lines == 0 {
            return Err(Code::RfqHasNoLines.into());
        }
        if invited == 0 && self.audience == RfqAudience::Invited {
            return Err(Code::NobodyAsked.into());
        }
        self.published_at = Some(now);
        self.become_(Published);
        Ok(RfqEvent::Published { deadline: self.deadline })
    }

    /// Whether `more` sellers can be asked, of those whom `asked` shows to have been asked before. Who quotes unasked is not counted.
    ///
    /// # Errors
    /// [`Code::TooMany`], at `supplierIds`.
    pub fn has_room_for(&self, more: usize, asked: &[Invitation]) -> Result<(), Problem> {
        let asked = asked.iter().filter(|invitation| invitation.origin == InvitationOrigin::Buyer).count();
        if asked + more > INVITED_MAX {
            return Err(Problem::new(Code::TooMany).with("max", INVITED_MAX).at("supplierIds"));
        }
        Ok(())
    }

    /// Whether more sellers can be asked.
    ///
    /// # Errors
    /// [`Code::RfqStatus`] once closed; [`Code::DeadlinePassed`].
    pub fn can_invite(&self, now: Timestamp) -> Result<(), Problem> {
        self.must_be(&[Draft, Published])?;
        if self.deadline <= now { Err(Code::DeadlinePassed.into()) } else { Ok(()) }
    }

    /// Gives sellers more time.
    ///
    /// # Errors
    /// [`Code::RfqStatus`] unless published; [`Code::DeadlinePassed`] when it is too late; [`Code::DeadlineNotLater`].
    pub fn extend(&mut self, deadline: Timestamp, now: Timestamp) -> Result<RfqEvent, Problem> {
        self.takes_quotes(now)?;
        if deadline <= self.deadline {
            return Err(Problem::new(Code::DeadlineNotLater).at("deadline"));
        }
        draft::check_deadline(deadline, now).map_err(|problem| problem.at("deadline"))?;
        self.deadline = deadline;
        self.next_check_at = self.due();
        Ok(RfqEvent::Extended { deadline })
    }

    /// Whether it can be closed at `now` instead of at its deadline. Sealed bids wait for theirs, otherwise the buyer could have them
    /// opened as soon as the one it waits for is in; calling the request off stays possible.
    ///
    /// # Errors
    /// [`Code::RfqStatus`] unless published; [`Code::DeadlineAhead`] before the deadline of sealed bidding.
    pub fn can_close(&self, now: Timestamp) -> Result<(), Problem> {
        self.must_be(&[Published])?;
        if self.bidding == Bidding::Sealed && now < self.deadline {
            return Err(Code::DeadlineAhead.into());
        }
        Ok(())
    }

    /// Takes no more quotes.
    ///
    /// # Errors
    /// As [`can_close`](Self::can_close).
    pub fn close(&mut self, now: Timestamp) -> Result<RfqEvent, Problem> {
        self.can_close(now)?;
        let early = now < self.deadline;
        Ok(self.shut(RfqEvent::Closed { early }))
    }

    /// Whether sealed quotes can be opened.
    ///
    /// # Errors
    /// [`Code::RfqStatus`] unless closed.
    pub fn can_open(&self) -> Result<(), Problem> {
        self.must_be(&[Closed])
    }

    /// Opens the sealed quotes: from now on the buyer reads them.
    ///
    /// # Errors
    /// As [`can_open`](Self::can_open).
    pub fn open(&mut self) -> Result<RfqEvent, Problem> {
        self.can_open()?;
        self.become_(Opened);
        Ok(RfqEvent::Opened)
    }

    /// Whether the evaluation can begin.
    ///
    /// # Errors
    /// [`Code::RfqStatus`] unless opened.
    pub fn can_evaluate(&self) -> Result<(), Problem> {
        self.must_be(&[Opened])
    }

    /// Says that the quotes are being compared.
    ///
    /// # Errors
    /// As [`can_evaluate`](Self::can_evaluate).
    pub fn evaluate(&mut self) -> Result<RfqEvent, Problem> {
        self.can_evaluate()?;
        self.become_(Evaluating);
        Ok(RfqEvent::EvaluationStarted)
    }

    /// Whether it can be awarded, or left without an award.
    ///
    /// # Errors
    /// [`Code::RfqStatus`] unless the quotes are open.
    pub fn can_award(&self) -> Result<(), Problem> {
        self.must_be(&[Opened, Evaluating])
    }

    /// Gives it to nobody.
    ///
    /// # Errors
    /// As [`can_award`](Self::can_award), or a reason that cannot be one.
    pub fn decline_all(&mut self, reason: &str) -> Result<RfqEvent, Problem> {
        self.can_award()?;
        let reason = Prose::parse(reason).map_err(|problem| problem.at("reason"))?;
        self.become_(NoAward);
        Ok(RfqEvent::NotAwarded { reason })
    }

    /// Whether it can be called off.
    ///
    /// # Errors
    /// [`Code::RfqStatus`] once it has ended.
    pub fn can_cancel(&self) -> Result<(), Problem> {
        self.must_be(&[Draft, Published, Closed, Opened, Evaluating])
    }

    /// Calls it off.
    ///
    /// # Errors
    /// As [`can_cancel`](Self::can_cancel), or a reason that cannot be one.
    pub fn cancel(&mut self, reason: &str) -> Result<RfqEvent, Problem> {
        self.can_cancel()?;
        let reason = Prose::parse(reason).map_err(|problem| problem.at("reason"))?;
        self.become_(Cancelled);
        Ok(RfqEvent::Cancelled { reason })
    }
}

/// `RFQ-` and the part of the id that is unique: no counter that every buyer of a market would queue for.
fn number(id: RfqId) -> Result<ShortText, Problem> {
    ShortText::parse(&format!("RFQ-{}", crate::id::short(id)))
}
