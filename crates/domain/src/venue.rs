//! Venues: places where trade happens, and who takes part in them.

mod participation;

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
use crate::viewing::GuestPolicy;

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
    /// What people see of a shop (SELL_SIDE) who are not its customers; `None` for every other venue.
    pub guest_policy: Option<GuestPolicy>,
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
        let name = problems.finish(name)?;
        let guest_policy = is_shop.then(|| draft.guest_policy.unwrap_or(GuestPolicy::Open));
        let venue = Self {
            id: Id::new(),
            owner,
            model: draft.model,
            name,
            access: draft.access,
            guest_policy,
            created_at: now,
            version: 1,
        };
        let ownership =
            Ownership { id: Id::new(), venue: venue.id, organization: owner, share_basis_points: WHOLE_BASIS_POINTS };
        let event = VenueEvent::Opened { model: venue.model };
        Ok((venue, ownership, event))
    }

    /// Changes what people see of the venue.
    ///
    /// # Errors
    /// A name that cannot be one; [`Code::NotAShop`] for a guest policy of another venue than a shop.
    pub fn amend(
        &mut self,
        name: Option<&str>,
        access: Option<VenueAccess>,
        guest_policy: Option<GuestPolicy>,
    ) -> Result<VenueEvent, Problems> {
        if guest_policy.is_some() && !self.is_shop() {
            return Err(Problem::new(Code::NotAShop).at("guestPolicy").into());
        }
        if let Some(name) = name {
            self.name = Name::parse(name).map_err(|problem| problem.at("name"))?;
        }
        if let Some(access) = access {
            self.access = access;
        }
        self.guest_policy = guest_policy.or(self.guest_policy);
        Ok(VenueEvent::Amended { access: self.access, guest_policy: self.guest_policy })
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

/// What happens to a venue.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(untagged)]
pub enum VenueEvent {
    /// It was opened.
    Opened {
        /// Under which model.
        model: VenueModel,
    },
    /// Its name or access changed.
    Amended {
        /// The access from now on.
        access: VenueAccess,
        /// What guests of a shop see from now on.
        #[serde(skip_serializing_if = "Option::is_none")]
        guest_policy: Option<GuestPolicy>,
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
