//! An organization's part in a venue, from asking in to leaving.

use jiff::Timestamp;
use serde::Serialize;

use super::{Venue, VenueId};
use crate::event::DomainEvent;
use crate::id::Id;
use crate::named;
use crate::organization::OrganizationId;
use crate::problem::{Code, Problem};
use crate::side::Side;

named! {
    /// How far an organization's part in a venue has come.
    pub enum ParticipationStatus {
        /// The venue asked the organization in; the organization has not answered.
        Invited = "INVITED",
        /// The organization asked to be let in; the venue has not answered.
        Applied = "APPLIED",
        /// It takes part.
        Approved = "APPROVED",
        /// The venue said no. The organization may apply again.
        Rejected = "REJECTED",
        /// The venue stopped it for now.
        Suspended = "SUSPENDED",
        /// It left, or declined to come. It may apply again.
        Left = "LEFT",
    }
}

use ParticipationStatus::{Applied, Approved, Invited, Left, Rejected, Suspended};

/// An organization's part in a venue, on one side.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Participation {
    /// Which part.
    pub id: ParticipationId,
    /// In which venue.
    pub venue: VenueId,
    /// Who runs that venue.
    pub owner: OrganizationId,
    /// Who takes part.
    pub organization: OrganizationId,
    /// On which side.
    pub side: Side,
    /// How far it has come.
    pub status: ParticipationStatus,
    /// Whether the venue has said no to it or stopped it, and has not taken it back since: going and asking again change nothing of that.
    pub barred: bool,
    /// Since when the status holds.
    pub since: Timestamp,
    /// Counts its changes.
    pub version: i64,
}

/// The id of a [`Participation`].
pub type ParticipationId = Id<Participation>;

impl Participation {
    /// The venue asks `organization` in.
    ///
    /// # Errors
    /// [`Code::SideReserved`]; [`Code::OwnVenue`] for the owner itself.
    pub fn invite(
        venue: &Venue,
        organization: OrganizationId,
        side: Side,
        now: Timestamp,
    ) -> Result<(Self, ParticipationEvent), Problem> {
        Self::start(venue, organization, side, Invited, now).map(|part| (part, ParticipationEvent::Invited { side }))
    }

    /// `organization` asks to be let in.
    ///
    /// # Errors
    /// [`Code::SideReserved`]; [`Code::OwnVenue`]; [`Code::VenueIsPrivate`]; [`Code::NotVerified`].
    pub fn apply(
        venue: &Venue,
        organization: OrganizationId,
        verified: bool,
        side: Side,
        now: Timestamp,
    ) -> Result<(Self, ParticipationEvent), Problem> {
        venue.takes_applications(verified)?;
        Self::start(venue, organization, side, Applied, now).map(|part| (part, ParticipationEvent::Applied { side }))
    }

    fn start(
        venue: &Venue,
        organization: OrganizationId,
        side: Side,
        status: ParticipationStatus,
        now: Timestamp,
    ) -> Result<Self, Problem> {
        venue.admits(side).map_err(|problem| problem.at("side"))?;
        if organization == venue.owner {
            return Err(Code::OwnVenue.into());
        }
        let (venue, owner) = (venue.id, venue.owner);
        Ok(Self { id: Id::new(), venue, owner, organization, side, status, barred: false, since: now, version: 1 })
    }

    /// Whether the organization takes part just now.
    #[must_use]
    pub fn is_active(&self) -> bool {
        self.status == Approved
    }

    /// The organization, once rejected or gone, asks again.
    ///
    /// # Errors
    /// As [`apply`](Self::apply); [`Code::ParticipationStatus`] while there is anything to decide or take part in.
    pub fn reapply(&mut self, venue: &Venue, verified: bool, now: Timestamp) -> Result<ParticipationEvent, Problem> {
        venue.takes_applications(verified)?;
        let side = self.side;
        self.step(&[Rejected, Left], Applied, now, ParticipationEvent::Applied { side })
    }

    /// The venue asks an organization in that it rejected before, or that went.
    ///
    /// # Errors
    /// [`Code::AlreadyParticipates`] while there is anything to decide or take part in.
    pub fn invite_again(&mut self, now: Timestamp) -> Result<ParticipationEvent, Problem> {
        let side = self.side;
        let asked = self.step(&[Rejected, Left], Invited, now, ParticipationEvent::Invited { side });
        let event = asked.map_err(|_| Problem::new(Code::AlreadyParticipates))?;
        self.barred = false;
        Ok(event)
    }

    /// The organization accepts the invitation.
    ///
    /// # Errors
    /// [`Code::ParticipationStatus`] unless it is invited.
    pub fn accept(&mut self, now: Timestamp) -> Result<ParticipationEvent, Problem> {
        self.step(&[Invited], Approved, now, ParticipationEvent::Accepted)
    }

    /// The venue lets the organization in.
    ///
    /// # Errors
    /// [`Code::ParticipationStatus`] unless it applied.
    pub fn approve(&mut self, now: Timestamp) -> Result<ParticipationEvent, Problem> {
        let event = self.step(&[Applied], Approved, now, ParticipationEvent::Approved)?;
        self.barred = false;
        Ok(event)
    }

    /// The venue says no.
    ///
    /// # Errors
    /// [`Code::ParticipationStatus`] unless it applied.
    pub fn reject(&mut self, now: Timestamp) -> Result<ParticipationEvent, Problem> {
        let event = self.step(&[Applied], Rejected, now, ParticipationEvent::Rejected)?;
        self.barred = true;
        Ok(event)
    }

    /// The venue stops the organization for now.
    ///
    /// # Errors
    /// [`Code::ParticipationStatus`] unless it takes part.
    pub fn suspend(&mut self, now: Timestamp) -> Result<ParticipationEvent, Problem> {
        let event = self.step(&[Approved], Suspended, now, ParticipationEvent::Suspended)?;
        self.barred = true;
        Ok(event)
    }

    /// The venue takes the organization back.
    ///
    /// # Errors
    /// [`Code::ParticipationStatus`] unless it is suspended.
    pub fn reinstate(&mut self, now: Timestamp) -> Result<ParticipationEvent, Problem> {
        let event = self.step(&[Suspended], Approved, now, ParticipationEvent::Reinstated)?;
        self.barred = false;
        Ok(event)
    }

    /// The organization goes, or declines to come. A bar stays behind.
    ///
    /// # Errors
    /// [`Code::ParticipationStatus`] when it is not in.
    pub fn leave(&mut self, now: Timestamp) -> Result<ParticipationEvent, Problem> {
        self.step(&[Invited, Applied, Approved, Suspended], Left, now, ParticipationEvent::Left)
    }

    fn step(
        &mut self,
        from: &[ParticipationStatus],
        to: ParticipationStatus,
        now: Timestamp,
        event: ParticipationEvent,
    ) -> Result<ParticipationEvent, Problem> {
        if !from.contains(&self.status) {
            return Err(Problem::new(Code::ParticipationStatus).with("status", self.status));
        }
        self.status = to;
        self.since = now;
        Ok(event)
    }
}

/// What happens to a participation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(untagged)]
pub enum ParticipationEvent {
    /// The venue asked an organization in.
    Invited {
        /// On which side.
        side: Side,
    },
    /// An organization asked to be let in.
    Applied {
        /// On which side.
        side: Side,
    },
    /// The organization accepted the invitation.
    Accepted,
    /// The venue let it in.
    Approved,
    /// The venue said no.
    Rejected,
    /// The venue stopped it for now.
    Suspended,
    /// The venue took it back.
    Reinstated,
    /// It went.
    Left,
}

impl DomainEvent for ParticipationEvent {
    fn kind(&self) -> &'static str {
        match self {
            Self::Invited { .. } => "PARTICIPATION_INVITED",
            Self::Applied { .. } => "PARTICIPATION_APPLIED",
            Self::Accepted => "PARTICIPATION_ACCEPTED",
            Self::Approved => "PARTICIPATION_APPROVED",
            Self::Rejected => "PARTICIPATION_REJECTED",
            Self::Suspended => "PARTICIPATION_SUSPENDED",
            Self::Reinstated => "PARTICIPATION_REINSTATED",
            Self::Left => "PARTICIPATION_LEFT",
        }
    }
}
