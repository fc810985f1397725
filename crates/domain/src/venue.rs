//! Venues: places where trade happens, and who takes part in them.

mod participation;
#[cfg(test)]
mod tests;

pub use participation::{Participation, ParticipationEvent, ParticipationId, ParticipationStatus};

use jiff::Timestamp;
use serde::Serialize;

use crate::event::DomainEvent;
use crate::id::Id;
use crate::named;
use crate::organization::OrganizationId;
use crate::problem::{Code, Problem, Problems};
use crate::side::Side;
use crate::text::Name;
use crate::viewing::{GuestPolicy, Sight, VisitorPolicy};

named! {
    /// Who owns a venue, who may sell and buy there, and who stands in the middle.
    pub enum VenueModel {
        /// One buying company owns it; invited or public suppliers quote to it; nobody stands in the middle.
        BuySide = "BUY_SIDE",
        /// One selling company owns it and sells to its approved customers.
        SellSide = "SELL_SIDE",
        /// An operator owns it and stands between many sellers and many buyers.
        Intermediary = "INTERMEDIARY",
        /// Several companies own it by shares, under their own rules.
        Consortium = "CONSORTIUM",
    }
}

named! {
    /// Who may find a venue and take part without being asked.
    pub enum VenueAccess {
        /// Only the owners and those they invited know that it exists.
        Private = "PRIVATE",
        /// Every organization can find it; verified organizations may apply.
        Public = "PUBLIC",
    }
}

/// A place where trade happens.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Venue {
    /// Which venue.
    pub id: VenueId,
    /// Who runs it: the owner, or a consortium's administering member.
    pub owner: OrganizationId,
    /// Who owns, buys, sells and mediates.
    pub model: VenueModel,
    /// What people call it.
    pub name: Name,
    /// Who may find it.
    pub access: VenueAccess,
    /// What people see of a shop (SELL_SIDE) who are signed in and not its customers; `None` for every other venue.
    pub guest_policy: Option<GuestPolicy>,
    /// What people see of a shop who have not signed in: never more than guests, and nothing of a private shop; `None` for every other
    /// venue.
    pub visitor_policy: Option<VisitorPolicy>,
    /// When it was opened.
    pub created_at: Timestamp,
    /// Counts its changes.
    pub version: i64,
}

/// The id of a [`Venue`].
pub type VenueId = Id<Venue>;

/// Who owns how much of a venue; the shares of one venue add up to 10 000.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ownership {
    /// Which entry.
    pub id: Id<Ownership>,
    /// Of which venue.
    pub venue: VenueId,
    /// Whose.
    pub organization: OrganizationId,
    /// In 1/100 of a percent.
    pub share_basis_points: i64,
}

/// What is needed to open a venue, as it was sent.
#[derive(Debug, Clone)]
pub struct VenueDraft {
    /// Its model.
    pub model: VenueModel,
    /// Its name.
    pub name: String,
    /// Who may find it.
    pub access: VenueAccess,
    /// What guests of a shop see; [`GuestPolicy::Open`] when none is named.
    pub guest_policy: Option<GuestPolicy>,
    /// What visitors of a shop see; [`VisitorPolicy::SignedInOnly`] when none is named.
    pub visitor_policy: Option<VisitorPolicy>,
}

/// What is to change of a venue; what is `None` stays, but for a visitor policy that has become too wide.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct VenueChange {
    /// The new name.
    pub name: Option<String>,
    /// The new access.
    pub access: Option<VenueAccess>,
    /// What guests of a shop see from now on.
    pub guest_policy: Option<GuestPolicy>,
    /// What visitors of a shop see from now on.
    pub visitor_policy: Option<VisitorPolicy>,
}

/// The whole of a venue.
pub const WHOLE_BASIS_POINTS: i64 = 10_000;

impl Venue {
    /// Opens a venue for `owner`, which then owns all of it.
    ///
    /// # Errors
    /// Everything that is wrong with the draft.
    pub fn open(
        draft: VenueDraft,
        owner: OrganizationId,
        now: Timestamp,
    ) -> Result<(Self, Ownership, VenueEvent), Problems> {
        let mut problems = Problems::new();
        let name = problems.take("name", Name::parse(&draft.name));
        let is_shop = draft.model == VenueModel::SellSide;
        if draft.guest_policy.is_some() && !is_shop {
            problems.push(Problem::new(Code::NotAShop).at("guestPolicy"));
        }
        let guest_policy = is_shop.then(|| draft.guest_policy.unwrap_or(GuestPolicy::Open));
        let visitor_policy = draft.visitor_policy.map(|policy| lets_visitors(policy, draft.access, guest_policy));
        let visitor_policy = problems.take("visitorPolicy", visitor_policy.transpose());
        let (name, visitor_policy) = problems.finish(name.zip(visitor_policy))?;
        let visitor_policy = is_shop.then(|| visitor_policy.unwrap_or(VisitorPolicy::SignedInOnly));
        let venue = Self {
            id: Id::new(),
            owner,
            model: draft.model,
            name,
            access: draft.access,
            guest_policy,
            visitor_policy,
            created_at: now,
            version: 1,
        };
        let ownership =
            Ownership { id: Id::new(), venue: venue.id, organization: owner, share_basis_points: WHOLE_BASIS_POINTS };
        let event = VenueEvent::Opened { model: venue.model, guest_policy, visitor_policy };
        Ok((venue, ownership, event))
    }

    /// Changes what people see of the venue. Where guests are shown less from now on, or the venue becomes private, so is a visitor policy
    /// that is not named: whoever closes a door closes the one behind it. It is not widened again with theirs.
    ///
    /// # Errors
    /// A name that cannot be one; [`Code::NotAShop`] for a policy of another venue than a shop; [`Code::VisitorsSeeMore`] or
    /// [`Code::VenueIsPrivate`] for a visitor policy that is named and too wide.
    pub fn amend(&mut self, change: VenueChange) -> Result<VenueEvent, Problems> {
        let mut problems = Problems::new();
        if change.guest_policy.is_some() && !self.is_shop() {
            problems.push(Problem::new(Code::NotAShop).at("guestPolicy"));
        }
        let name = change.name.as_deref().map_or_else(|| Ok(self.name.clone()), Name::parse);
        let name = problems.take("name", name);
        let access = change.access.unwrap_or(self.access);
        let guest_policy = if self.is_shop() { change.guest_policy.or(self.guest_policy) } else { None };
        let visitor_policy = match (change.visitor_policy, self.visitor_policy, guest_policy) {
            (Some(policy), ..) => lets_visitors(policy, access, guest_policy).map(Some),
            (None, Some(_), _) if access == VenueAccess::Private => Ok(Some(VisitorPolicy::SignedInOnly)),
            (None, Some(policy), Some(guests)) => Ok(Some(policy.within(guests))),
            (None, known, _) => Ok(known),
        };
        let visitor_policy = problems.take("visitorPolicy", visitor_policy);
        (self.name, self.visitor_policy) = problems.finish(name.zip(visitor_policy))?;
        (self.access, self.guest_policy) = (access, guest_policy);
        Ok(VenueEvent::Amended { access, guest_policy, visitor_policy: self.visitor_policy })
    }

    /// Whether it is a seller's shop: what the seller shows to whom hangs on who takes part in it.
    #[must_use]
    pub fn is_shop(&self) -> bool {
        self.model == VenueModel::SellSide
    }

    /// Whether an organization, `verified` or not, may apply without being asked; for the first time or again.
    ///
    /// # Errors
    /// [`Code::VenueIsPrivate`]; [`Code::NotVerified`].
    pub const fn takes_applications(&self, verified: bool) -> Result<(), Code> {
        match self.is_open_to_applications() {
            Ok(()) if verified => Ok(()),
            Ok(()) => Err(Code::NotVerified),
            Err(code) => Err(code),
        }
    }

    /// Whether organizations may apply without being asked.
    ///
    /// # Errors
    /// [`Code::VenueIsPrivate`].
    pub const fn is_open_to_applications(&self) -> Result<(), Code> {
        match self.access {
            VenueAccess::Public => Ok(()),
            VenueAccess::Private => Err(Code::VenueIsPrivate),
        }
    }

    /// Whether an organization whose part here is `part` may trade on `side`.
    ///
    /// A buyer's own venue takes in whomever it asks: only those it has barred stay out, by whatever status they have come to since.
    /// Elsewhere one must take part.
    ///
    /// This is asked whenever something new begins: a request, an invitation, each draft and each submission of a quote. What was
    /// submitted before a suspension still binds the supplier, and the buyer may award it or leave it.
    ///
    /// # Errors
    /// [`Code::NotInVenue`].
    pub fn lets_trade(
        &self,
        organization: OrganizationId,
        side: Side,
        part: Option<&Participation>,
    ) -> Result<(), Code> {
        let owns_side = self.owner == organization && self.admits(side).is_err();
        let asked_in = self.model == VenueModel::BuySide && side == Side::Seller;
        let lets = match part {
            _ if owns_side => true,
            Some(part) if asked_in => !part.barred,
            Some(part) => part.is_active(),
            None => asked_in,
        };
        if lets { Ok(()) } else { Err(Code::NotInVenue) }
    }

    /// Whether an organization may stand on `side` here at all.
    ///
    /// # Errors
    /// [`Code::SideReserved`] where the model keeps that side for the owner.
    pub fn admits(&self, side: Side) -> Result<(), Problem> {
        match (self.model, side) {
            (VenueModel::BuySide, Side::Buyer) | (VenueModel::SellSide, Side::Seller) => Err(Code::SideReserved.into()),
            _ => Ok(()),
        }
    }
}

/// `policy`, if a venue may have it that is found by `access` and shows its guests what `guests` says.
fn lets_visitors(
    policy: VisitorPolicy,
    access: VenueAccess,
    guests: Option<GuestPolicy>,
) -> Result<VisitorPolicy, Problem> {
    let guests = guests.ok_or(Code::NotAShop)?;
    if policy.sight() != Sight::NONE && access == VenueAccess::Private {
        return Err(Code::VenueIsPrivate.into());
    }
    if policy.within(guests) == policy { Ok(policy) } else { Err(Code::VisitorsSeeMore.into()) }
}

/// What happens to a venue.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(untagged)]
pub enum VenueEvent {
    /// It was opened.
    Opened {
        /// Under which model.
        model: VenueModel,
        /// What guests of a shop see.
        #[serde(skip_serializing_if = "Option::is_none")]
        guest_policy: Option<GuestPolicy>,
        /// What visitors of a shop see.
        #[serde(skip_serializing_if = "Option::is_none")]
        visitor_policy: Option<VisitorPolicy>,
    },
    /// Its name or access, or what is shown there, changed.
    Amended {
        /// The access from now on.
        access: VenueAccess,
        /// What guests of a shop see from now on.
        #[serde(skip_serializing_if = "Option::is_none")]
        guest_policy: Option<GuestPolicy>,
        /// What visitors of a shop see from now on.
        #[serde(skip_serializing_if = "Option::is_none")]
        visitor_policy: Option<VisitorPolicy>,
    },
}

impl DomainEvent for VenueEvent {
    fn kind(&self) -> &'static str {
        match self {
            Self::Opened { .. } => "VENUE_OPENED",
            Self::Amended { .. } => "VENUE_AMENDED",
        }
    }
}
