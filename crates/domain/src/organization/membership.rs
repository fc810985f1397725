//! People in organizations: what they may do there, and the rules that keep one person from taking more than was given.

use jiff::Timestamp;
use serde::Serialize;

use super::{OrganizationId, OrganizationUnitId, Roles};
use crate::access::{Actor, PermissionSet};
use crate::event::DomainEvent;
use crate::id::Id;
use crate::identity::UserId;
use crate::named;
use crate::problem::{Code, Problem};

named! {
    /// Whether a person can act for an organization.
    pub enum MembershipStatus {
        /// The member acts within its roles.
        Active = "ACTIVE",
        /// The member is kept out for now and keeps its roles.
        Locked = "LOCKED",
        /// The person is no longer a member; an invitation can bring them back.
        Ended = "ENDED",
    }
}

use MembershipStatus::{Active, Ended, Locked};

/// A person in an organization.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Membership {
    /// Which membership; a person keeps it when they come back.
    pub id: MembershipId,
    /// In which organization.
    pub organization: OrganizationId,
    /// Who.
    pub user: UserId,
    /// Whether the person can act for the organization.
    pub status: MembershipStatus,
    /// What for.
    pub roles: Roles,
    /// Where in the organization, if that is said.
    pub unit: Option<OrganizationUnitId>,
    /// Since when the status holds.
    pub since: Timestamp,
    /// When the person first came.
    pub joined_at: Timestamp,
    /// Counts its changes.
    pub version: i64,
}

/// The id of a [`Membership`].
pub type MembershipId = Id<Membership>;

impl Membership {
    /// The founder of an organization becomes its owner.
    #[must_use]
    pub fn found(organization: OrganizationId, user: UserId, now: Timestamp) -> (Self, MembershipEvent) {
        Self::join(organization, user, Roles::owner(), None, now)
    }

    /// A person comes in for the first time.
    #[must_use]
    pub fn join(
        organization: OrganizationId,
        user: UserId,
        roles: Roles,
        unit: Option<OrganizationUnitId>,
        now: Timestamp,
    ) -> (Self, MembershipEvent) {
        let event = MembershipEvent::Joined { user, roles: roles.clone(), unit };
        let (status, version) = (Active, 1);
        (Self { id: Id::new(), organization, user, status, roles, unit, since: now, joined_at: now, version }, event)
    }

    /// A person who had gone comes back, with new roles.
    ///
    /// # Errors
    /// [`Code::AlreadyMember`] unless they had gone.
    pub fn rejoin(
        &mut self,
        roles: Roles,
        unit: Option<OrganizationUnitId>,
        now: Timestamp,
    ) -> Result<MembershipEvent, Problem> {
        if self.status != Ended {
            return Err(Code::AlreadyMember.into());
        }
        (self.status, self.since, self.roles, self.unit) = (Active, now, roles, unit);
        Ok(MembershipEvent::Joined { user: self.user, roles: self.roles.clone(), unit })
    }

    /// The member gets other roles and another place.
    ///
    /// # Errors
    /// [`Code::MembershipStatus`] when the person has gone.
    pub fn change(&mut self, roles: Roles, unit: Option<OrganizationUnitId>) -> Result<MembershipEvent, Problem> {
        self.allow(&[Active, Locked])?;
        let before = std::mem::replace(&mut self.roles, roles);
        self.unit = unit;
        Ok(MembershipEvent::Changed { before, after: self.roles.clone(), unit })
    }

    /// The member is kept out for now.
    ///
    /// # Errors
    /// [`Code::MembershipStatus`] unless it is active.
    pub fn lock(&mut self, now: Timestamp) -> Result<MembershipEvent, Problem> {
        self.step(&[Active], Locked, now, MembershipEvent::Locked)
    }

    /// The member is let in again.
    ///
    /// # Errors
    /// [`Code::MembershipStatus`] unless it is locked.
    pub fn unlock(&mut self, now: Timestamp) -> Result<MembershipEvent, Problem> {
        self.step(&[Locked], Active, now, MembershipEvent::Unlocked)
    }

    /// The person goes, or is sent.
    ///
    /// # Errors
    /// [`Code::MembershipStatus`] when the person has gone already.
    pub fn end(&mut self, now: Timestamp) -> Result<MembershipEvent, Problem> {
        self.step(&[Active, Locked], Ended, now, MembershipEvent::Ended)
    }

    /// Whether this member alone would keep the organization owned.
    #[must_use]
    pub fn is_active_owner(&self) -> bool {
        self.status == Active && self.roles.make_owner()
    }

    fn allow(&self, from: &[MembershipStatus]) -> Result<(), Problem> {
        if from.contains(&self.status) {
            return Ok(());
        }
        Err(Problem::new(Code::MembershipStatus).with("status", self.status))
    }

    fn step(
        &mut self,
        from: &[MembershipStatus],
        to: MembershipStatus,
        now: Timestamp,
        event: MembershipEvent,
    ) -> Result<MembershipEvent, Problem> {
        self.allow(from)?;
        (self.status, self.since) = (to, now);
        Ok(event)
    }
}

/// That an organization is owned, looking at all its owners as a change would leave them.
///
/// # Errors
/// [`Code::LastOwner`] when none of them is active.
pub fn stays_owned<'a>(owners: impl IntoIterator<Item = &'a Membership>) -> Result<(), Problem> {
    if owners.into_iter().any(Membership::is_active_owner) { Ok(()) } else { Err(Code::LastOwner.into()) }
}

/// Somebody who changes memberships and roles: nobody gives or takes more than they hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Authority {
    user: Option<UserId>,
    permissions: PermissionSet,
}

impl Authority {
    /// What `actor` holds.
    #[must_use]
    pub const fn of(actor: &Actor) -> Self {
        Self { user: actor.user(), permissions: actor.permissions }
    }

    /// Whether they may give `permissions` to somebody, by a role, an invitation or a key.
    ///
    /// # Errors
    /// [`Code::GrantExceedsOwn`], naming what they lack.
    pub fn may_give(&self, permissions: PermissionSet) -> Result<(), Problem> {
        let lacking: Vec<_> = permissions.iter().filter(|one| !self.permissions.contains(*one)).collect();
        if lacking.is_empty() {
            return Ok(());
        }
        let lacking: Vec<_> = lacking.into_iter().map(crate::named::Named::name).collect();
        Err(Problem::new(Code::GrantExceedsOwn).with("permissions", lacking.join(", ")))
    }

    /// Whether they may lock, unlock or send away `member`, who holds `held`.
    ///
    /// # Errors
    /// [`Code::OwnMembership`]; [`Code::MemberOutranks`] when the member holds what they do not.
    pub fn may_manage(&self, member: &Membership, held: PermissionSet) -> Result<(), Problem> {
        if self.user == Some(member.user) {
            return Err(Code::OwnMembership.into());
        }
        if self.permissions.covers(held) { Ok(()) } else { Err(Code::MemberOutranks.into()) }
    }

    /// Whether they may change what `member` holds from `before` to `after`. One's own roles go down, never up.
    ///
    /// # Errors
    /// [`Code::OwnMembership`], [`Code::MemberOutranks`] or [`Code::GrantExceedsOwn`].
    pub fn may_change(&self, member: &Membership, before: PermissionSet, after: PermissionSet) -> Result<(), Problem> {
        if self.user == Some(member.user) {
            return if before.covers(after) { Ok(()) } else { Err(Code::OwnMembership.into()) };
        }
        if !self.permissions.covers(before) {
            return Err(Code::MemberOutranks.into());
        }
        self.may_give(after)
    }
}

/// What happens to a membership.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(untagged)]
pub enum MembershipEvent {
    /// The person came, or came back.
    Joined {
        /// Who.
        user: UserId,
        /// What for.
        roles: Roles,
        /// Where in the organization.
        unit: Option<OrganizationUnitId>,
    },
    /// The roles or the place changed.
    Changed {
        /// The roles until now.
        before: Roles,
        /// The roles from now on.
        after: Roles,
        /// The place from now on.
        unit: Option<OrganizationUnitId>,
    },
    /// The member was kept out.
    Locked,
    /// The member was let in again.
    Unlocked,
    /// The person went, or was sent.
    Ended,
}

impl DomainEvent for MembershipEvent {
    fn kind(&self) -> &'static str {
        match self {
            Self::Joined { .. } => "MEMBER_JOINED",
            Self::Changed { .. } => "MEMBER_CHANGED",
            Self::Locked => "MEMBER_LOCKED",
            Self::Unlocked => "MEMBER_UNLOCKED",
            Self::Ended => "MEMBER_ENDED",
        }
    }
}
