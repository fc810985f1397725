//! What can be done to venues and participations.

use tradehall_domain::access::{Permission, SystemTask};
use tradehall_domain::organization::{Capability, OrganizationId};
use tradehall_domain::problem::Code;
use tradehall_domain::side::Side;
use tradehall_domain::venue::{Participation, ParticipationId, Venue, VenueChange, VenueDraft, VenueId};
use tradehall_domain::viewing::{Sight, VisitorPolicy};
use tradehall_persistence::customer::showing;
use tradehall_persistence::{Turn, Tx, organization, venue};
use uuid::Uuid;

use crate::app::{Command, Error, IdempotencyKey, Repeatable, check_version, organization_of};

/// Opens a venue owned by the actor's organization.
#[derive(Debug)]
pub struct OpenVenue {
    /// What it is to be.
    pub draft: VenueDraft,
    /// Makes a retry harmless.
    pub key: Option<IdempotencyKey>,
}

impl Command for OpenVenue {
    const PERMISSION: Permission = Permission::VenueManage;
    type Output = Venue;

    async fn run(self, tx: &mut Tx) -> Result<Venue, Error> {
        let owner = organization_of(tx)?;
        may_be_visited(tx, self.draft.visitor_policy)?;
        let (venue, ownership, event) = Venue::open(self.draft, owner, tx.now())?;
        let turn = if venue.is_shop() { Some(Turn::take(tx, owner).await?) } else { None };
        venue::insert(tx, &venue, &ownership, &event)?;
        if let Some(turn) = turn {
            showing::show_guests(tx, &turn).await?;
        }
        Ok(venue)
    }
}

impl Repeatable for OpenVenue {
    const NAME: &'static str = "openVenue";

    fn key(&self) -> Option<&IdempotencyKey> {
        self.key.as_ref()
    }

    fn receipt(output: &Venue) -> Vec<Uuid> {
        vec![output.id.uuid()]
    }

    async fn recall(tx: &Tx, made: &[Uuid]) -> Result<Venue, Error> {
        let id = made.first().copied().map(VenueId::from_uuid).ok_or(Error::NotFound)?;
        Ok(venue::load(tx, id).await?)
    }
}

/// Changes what a venue is called, who may find it, and what is shown there.
#[derive(Debug)]
pub struct AmendVenue {
    /// Which venue.
    pub venue: VenueId,
    /// The version that the change was made against.
    pub expected_version: i64,
    /// What is to change.
    pub change: VenueChange,
}

impl Command for AmendVenue {
    const PERMISSION: Permission = Permission::VenueManage;
    type Output = Venue;

    async fn run(self, tx: &mut Tx) -> Result<Venue, Error> {
        let mut venue = owned(tx, self.venue).await?;
        check_version(venue.version, self.expected_version)?;
        may_be_visited(tx, self.change.visitor_policy)?;
        let shown = |venue: &Venue| (venue.guest_policy, venue.visitor_policy);
        let before = shown(&venue);
        let event = venue.amend(self.change)?;
        // What was read before it is refused as stale by the version, should somebody have been quicker.
        let turn = if shown(&venue) == before { None } else { Some(Turn::take(tx, venue.owner).await?) };
        venue::save(tx, &mut venue, &event)?;
        if let Some(turn) = turn {
            showing::show_guests(tx, &turn).await?;
        }
        Ok(venue)
    }
}

/// The venue asks an organization in, for the first time or again.
#[derive(Debug)]
pub struct InviteToVenue {
    /// Which venue.
    pub venue: VenueId,
    /// Whom.
    pub organization: OrganizationId,
    /// On which side.
    pub side: Side,
}

impl Command for InviteToVenue {
    const PERMISSION: Permission = Permission::VenueManage;
    type Output = Participation;

    async fn run(self, tx: &mut Tx) -> Result<Participation, Error> {
        let venue = owned(tx, self.venue).await?;
        let guest =
            organization::load(tx, self.organization).await.map_err(Error::from).map_err(|e| e.at("organizationId"))?;
        if let Some(mut part) = venue::participation(tx, venue.id, guest.id, self.side).await? {
            let event = part.invite_again(tx.now())?;
            venue::save_participation(tx, &mut part, &event)?;
            return Ok(part);
        }
        let (part, event) = Participation::invite(&venue, guest.id, self.side, tx.now())?;
        venue::insert_participation(tx, &part, &event)?;
        Ok(part)
    }
}

/// The actor's organization asks to be let in, for the first time or again.
#[derive(Debug)]
pub struct ApplyToVenue {
    /// Which venue.
    pub venue: VenueId,
    /// On which side.
    pub side: Side,
}

impl Command for ApplyToVenue {
    const PERMISSION: Permission = Permission::VenueJoin;
    type Output = Participation;

    async fn run(self, tx: &mut Tx) -> Result<Participation, Error> {
        let own = organization_of(tx)?;
        let venue = venue::load(tx, self.venue).await?;
        let verified = organization::load(tx, own).await?.is_verified();
        if let Some(mut part) = venue::participation(tx, venue.id, own, self.side).await? {
            let event = part.reapply(&venue, verified, tx.now())?;
            venue::save_participation(tx, &mut part, &event)?;
            return Ok(part);
        }
        let (part, event) = Participation::apply(&venue, own, verified, self.side, tx.now())?;
        venue::insert_participation(tx, &part, &event)?;
        Ok(part)
    }
}

/// What a venue's owner decides about a participation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Decision {
    /// Lets the applicant in.
    Approve,
    /// Says no to the applicant.
    Reject,
    /// Stops it for now.
    Suspend,
    /// Takes it back.
    Reinstate,
}

/// What an organization answers to a venue.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Answer {
    /// Accepts the invitation.
    Accept,
    /// Leaves, or declines to come.
    Leave,
}

/// One step of the venue's owner over a participation. The organization's own steps are [`AnswerVenue`].
#[derive(Debug)]
pub struct DecideParticipation {
    /// Which participation.
    pub participation: ParticipationId,
    /// What is decided.
    pub decision: Decision,
}

impl Command for DecideParticipation {
    const PERMISSION: Permission = Permission::VenueManage;
    type Output = Participation;

    async fn run(self, tx: &mut Tx) -> Result<Participation, Error> {
        let own = organization_of(tx)?;
        let turn = Turn::take(tx, own).await?;
        let mut part = venue::lock_participation(tx, self.participation).await?;
        if part.owner != own {
            return Err(Code::WrongSide.into());
        }
        let now = tx.now();
        let event = match self.decision {
            Decision::Approve => part.approve(now),
            Decision::Reject => part.reject(now),
            Decision::Suspend => part.suspend(now),
            Decision::Reinstate => part.reinstate(now),
        }?;
        venue::save_participation(tx, &mut part, &event)?;
        show_customer(tx, &turn, &part).await?;
        Ok(part)
    }
}

/// One step of the organization over its own participation.
#[derive(Debug)]
pub struct AnswerVenue {
    /// Which participation.
    pub participation: ParticipationId,
    /// What is answered.
    pub answer: Answer,
}

impl Command for AnswerVenue {
    const PERMISSION: Permission = Permission::VenueJoin;
    // A customer that comes or goes changes what its seller shows it, and those rows are the seller's.
    const ACROSS: Option<SystemTask> = Some(SystemTask::Join);
    type Output = Participation;

    async fn run(self, tx: &mut Tx) -> Result<Participation, Error> {
        let own = organization_of(tx)?;
        let part = venue::participations_by_id(tx, &[self.participation]).await?.pop().ok_or(Error::NotFound)?;
        match own {
            own if own == part.organization => {}
            own if own == part.owner => return Err(Code::WrongSide.into()),
            _ => return Err(Error::NotFound),
        }
        let turn = Turn::take(tx, part.owner).await?;
        let mut part = venue::lock_participation(tx, self.participation).await?;
        let event = match self.answer {
            Answer::Accept => part.accept(tx.now()),
            Answer::Leave => part.leave(tx.now()),
        }?;
        venue::save_participation(tx, &mut part, &event)?;
        show_customer(tx, &turn, &part).await?;
        Ok(part)
    }
}

/// Lets a shop's customer see what its seller shows to customers, from its approval on and but for suspensions.
async fn show_customer(tx: &mut Tx, turn: &Turn, part: &Participation) -> Result<(), Error> {
    if part.side == Side::Buyer && venue::load(tx, part.venue).await?.is_shop() {
        showing::show_customer(tx, turn, part).await?;
    }
    Ok(())
}

/// Refuses to show anything to the whole internet for an organization that may not sell.
fn may_be_visited(tx: &Tx, policy: Option<VisitorPolicy>) -> Result<(), Error> {
    if policy.is_some_and(|policy| policy.sight() != Sight::NONE) {
        tx.actor().may_act_as(Capability::Seller).map_err(|problem| problem.at("visitorPolicy"))?;
    }
    Ok(())
}

/// A venue in its owner's hands.
async fn owned(tx: &Tx, id: VenueId) -> Result<Venue, Error> {
    let venue = venue::load(tx, id).await?;
    if venue.owner == organization_of(tx)? { Ok(venue) } else { Err(Code::WrongSide.into()) }
}
