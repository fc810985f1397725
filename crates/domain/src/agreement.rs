//! Framework agreements: what a seller and one of its customers agree for a time, and what the customer calls off under it.
//!
//! Content is negotiated in rounds. Each round is an immutable [`AgreementVersion`], exactly one offer is open at a time, and an
//! acceptance binds the version whose hash it names. From then on the agreement has [`AgreementLine`]s, which count what is called off.

mod agreed;
mod call_off;
mod content;
mod draft;
mod event;
mod line;
mod line_draft;
mod negotiation;
mod renewal;
mod settling;
mod status;
#[cfg(test)]
mod tests;
mod version;

pub use agreed::{Notice, Termination};
pub use call_off::{CallOffDraft, CallOffLineDraft};
pub use content::{AgreementContent, AgreementTerms, LineTerms, PriceTier};
pub use draft::{AGREEMENT_LINES_MAX, AgreementDraft, VALIDITY_MAX_DAYS};
pub use event::{AgreementEvent, MissedLine};
pub use line::{AgreementLine, AgreementLineId};
pub use line_draft::{AgreementLineDraft, PriceTierDraft, TIERS_MAX};
pub use negotiation::{Drafted, Parties, ROUNDS_MAX};
pub use renewal::{RENEWAL_MONTHS_MAX, months_later};
pub use status::{AgreementState, AgreementStatus};
pub use version::{AgreementVersion, AgreementVersionId, ContentHash};

use jiff::{SignedDuration, Timestamp};

use crate::id::Id;
use crate::organization::OrganizationId;
use crate::pricing::Period;
use crate::problem::{Code, Problem};
use crate::side::{Side, TwoSided};
use crate::text::{Prose, ShortText};
use crate::venue::VenueId;

/// Why an agreement was declined, suspended or terminated, in words that both sides read.
pub type Reason = Prose<1_000>;

/// A framework agreement, or what may become one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Agreement {
    /// Which agreement.
    pub id: AgreementId,
    /// What people call it.
    pub number: ShortText,
    /// Who calls off.
    pub buyer: OrganizationId,
    /// Who delivers.
    pub seller: OrganizationId,
    /// The seller's shop, whose customer the buyer is.
    pub venue: VenueId,
    /// Who wrote the first version.
    pub drafter: Side,
    /// Who wrote the version that is on the table or binds.
    pub author: Side,
    /// How far it has come, as it is stored; see [`Agreement::status`].
    pub state: AgreementState,
    /// Since when the state holds.
    pub since: Timestamp,
    /// The number of the version that is on the table or binds, from 1.
    pub current: i64,
    /// What names that version's content.
    pub hash: ContentHash,
    /// The terms of that version.
    pub terms: AgreementTerms,
    /// When it was agreed.
    pub agreed_at: Option<Timestamp>,
    /// Why it was declined, or was suspended or terminated last.
    pub reason: Option<Reason>,
    /// That one side does not want it to go on by itself.
    pub notice: Option<Notice>,
    /// That it ends before its time.
    pub termination: Option<Termination>,
    /// What it goes on from.
    pub predecessor: Option<AgreementId>,
    /// What goes on from it.
    pub successor: Option<AgreementId>,
    /// The day of the month on which it ends if the month has that day, so that ends at the last of a month do not creep forward.
    pub anchor_day: i64,
    /// Whether what falls due at its end was done.
    pub settled: bool,
    /// When it was drafted.
    pub created_at: Timestamp,
    /// When the worker looks at it next; none when no time matters to it.
    pub next_check_at: Option<Timestamp>,
    /// Counts its changes.
    pub version: i64,
}

/// The id of an [`Agreement`].
pub type AgreementId = Id<Agreement>;

impl TwoSided for Agreement {
    fn party(&self, side: Side) -> Option<OrganizationId> {
        Some(match side {
            Side::Buyer => self.buyer,
            Side::Seller => self.seller,
        })
    }
}

impl Agreement {
    /// On which side `organization` stands.
    ///
    /// # Errors
    /// [`Code::NotFound`] where it stands on neither.
    pub fn side_of(&self, organization: OrganizationId) -> Result<Side, Code> {
        match organization {
            own if own == self.buyer => Ok(Side::Buyer),
            own if own == self.seller => Ok(Side::Seller),
            _ => Err(Code::NotFound),
        }
    }

    /// Whether the other side may read it: not before it was offered.
    #[must_use]
    pub fn is_revealed(&self) -> bool {
        self.state != AgreementState::Draft
    }

    /// Whether both sides are bound, or were until its end.
    #[must_use]
    pub const fn is_concluded(&self) -> bool {
        matches!(self.state, AgreementState::Agreed | AgreementState::Suspended | AgreementState::Terminated)
    }

    /// When it ends: at the end of its validity, or when it is terminated before.
    #[must_use]
    pub fn ends_at(&self) -> Timestamp {
        self.termination.map_or(self.terms.valid_until, |termination| termination.at.min(self.terms.valid_until))
    }

    /// When its prices hold, while it is neither suspended nor ended.
    #[must_use]
    pub fn period(&self) -> Period {
        Period { from: Some(self.terms.valid_from), until: Some(self.ends_at()) }
    }

    /// How far it has come at `now`.
    #[must_use]
    pub fn status(&self, now: Timestamp) -> AgreementStatus {
        let is_terminated = self.termination.is_some_and(|termination| termination.at <= now);
        match self.state {
            AgreementState::Draft => AgreementStatus::Draft,
            AgreementState::Offered => AgreementStatus::Offered,
            AgreementState::Declined => AgreementStatus::Declined,
            AgreementState::Withdrawn => AgreementStatus::Withdrawn,
            AgreementState::Terminated => AgreementStatus::Terminated,
            _ if is_terminated => AgreementStatus::Terminated,
            _ if self.terms.valid_until <= now && self.successor.is_some() => AgreementStatus::Renewed,
            _ if self.terms.valid_until <= now => AgreementStatus::Expired,
            AgreementState::Suspended => AgreementStatus::Suspended,
            AgreementState::Agreed if now < self.terms.valid_from => AgreementStatus::Agreed,
            AgreementState::Agreed => AgreementStatus::Active,
        }
    }

    /// The last moment at which notice can be given.
    #[must_use]
    pub fn notice_deadline(&self) -> Timestamp {
        let days = SignedDuration::from_hours(24 * self.terms.notice_days);
        self.terms.valid_until.checked_sub(days).unwrap_or(Timestamp::MIN)
    }

    /// When something happens to it by itself: only the end of one that binds.
    #[must_use]
    pub fn due(&self) -> Option<Timestamp> {
        (self.is_concluded() && !self.settled).then(|| self.ends_at())
    }

    /// Refuses whatever needs another status.
    ///
    /// # Errors
    /// [`Code::AgreementStatus`].
    fn must_be(&self, statuses: &[AgreementStatus], now: Timestamp) -> Result<(), Problem> {
        let status = self.status(now);
        if statuses.contains(&status) {
            return Ok(());
        }
        Err(Problem::new(Code::AgreementStatus).with("status", status))
    }

    fn become_(&mut self, state: AgreementState, now: Timestamp) {
        self.state = state;
        self.since = now;
        self.next_check_at = self.due();
    }
}
