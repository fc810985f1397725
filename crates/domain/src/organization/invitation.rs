//! Invitations to become a member, sent by e-mail.

use jiff::{SignedDuration, Timestamp};
use serde::Serialize;

use super::{OrganizationId, OrganizationUnitId, Roles};
use crate::email::Email;
use crate::event::DomainEvent;
use crate::id::Id;
use crate::identity::{Digest, UserId};
use crate::named;
use crate::problem::{Code, Problem};

/// How long an invitation can be answered.
pub const INVITATION_LIFETIME: SignedDuration = SignedDuration::from_hours(14 * 24);

/// The most open invitations of one organization.
pub const INVITATIONS_OPEN_MAX: u64 = 500;

named! {
    /// How far an invitation to become a member has come.
    pub enum MemberInvitationStatus {
        /// It can be answered.
        Open = "OPEN",
        /// The person became a member.
        Accepted = "ACCEPTED",
        /// The person did not want to.
        Declined = "DECLINED",
        /// The organization took it back.
        Revoked = "REVOKED",
        /// Nobody answered in time. Inviting the address again renews it.
        Expired = "EXPIRED",
    }
}

use MemberInvitationStatus::{Accepted, Declined, Expired, Open, Revoked};

/// An invitation to become a member.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MemberInvitation {
    /// Which invitation.
    pub id: MemberInvitationId,
    /// Into which organization.
    pub organization: OrganizationId,
    /// To whom, in the form that is unique among accounts.
    pub email: Email,
    /// What for.
    pub roles: Roles,
    /// Where in the organization, if that is said.
    pub unit: Option<OrganizationUnitId>,
    /// What was answered. Lapse of time is not written here: ask [`standing`](Self::standing).
    pub status: MemberInvitationStatus,
    /// What is kept of the secret in the mail, which proves that the mail arrived; good for one answer.
    pub token: Digest,
    /// When it can no longer be answered.
    pub expires_at: Timestamp,
    /// Who sent it last, when that was a person.
    pub invited_by: Option<UserId>,
    /// When it was first sent.
    pub created_at: Timestamp,
    /// Counts its changes.
    pub version: i64,
}

/// The id of a [`MemberInvitation`].
pub type MemberInvitationId = Id<MemberInvitation>;

/// What is sent to an address: what for, and the proof of receipt.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Offer {
    /// What for.
    pub roles: Roles,
    /// Where in the organization.
    pub unit: Option<OrganizationUnitId>,
    /// What is kept of a fresh secret.
    pub token: Digest,
    /// Who sends it.
    pub invited_by: Option<UserId>,
}

impl MemberInvitation {
    /// Invites the owner of an address.
    #[must_use]
    pub fn send(
        organization: OrganizationId,
        email: &Email,
        offer: Offer,
        now: Timestamp,
    ) -> (Self, MemberInvitationEvent) {
        let Offer { roles, unit, token, invited_by } = offer;
        let event = MemberInvitationEvent::Sent { roles: roles.clone(), unit };
        let invitation = Self {
            id: Id::new(),
            organization,
            email: email.in_small_letters(),
            roles,
            unit,
            status: Open,
            token,
            expires_at: now + INVITATION_LIFETIME,
            invited_by,
            created_at: now,
            version: 1,
        };
        (invitation, event)
    }

    /// Invites the same address again: the earlier secret is worth nothing from now on.
    ///
    /// # Errors
    /// [`Code::MemberInvitationStatus`] once it was answered or revoked; an expired one is renewed.
    pub fn renew(&mut self, offer: Offer, now: Timestamp) -> Result<MemberInvitationEvent, Problem> {
        self.allow(&[Open, Expired], now)?;
        let Offer { roles, unit, token, invited_by } = offer;
        (self.roles, self.unit, self.token, self.invited_by) = (roles, unit, token, invited_by);
        self.expires_at = now + INVITATION_LIFETIME;
        Ok(MemberInvitationEvent::Sent { roles: self.roles.clone(), unit })
    }

    /// The person comes in. `email` is the address of the person, if they have shown that it is theirs.
    ///
    /// # Errors
    /// [`Code::MemberInvitationStatus`] unless it is open; [`Code::InvitedOther`].
    pub fn accept(&mut self, email: Option<&Email>, now: Timestamp) -> Result<MemberInvitationEvent, Problem> {
        self.answer(email, Accepted, now)?;
        Ok(MemberInvitationEvent::Accepted)
    }

    /// The person does not want to come.
    ///
    /// # Errors
    /// As [`MemberInvitation::accept`].
    pub fn decline(&mut self, email: Option<&Email>, now: Timestamp) -> Result<MemberInvitationEvent, Problem> {
        self.answer(email, Declined, now)?;
        Ok(MemberInvitationEvent::Declined)
    }

    /// The organization takes it back.
    ///
    /// # Errors
    /// [`Code::MemberInvitationStatus`] once it was answered or revoked.
    pub fn revoke(&mut self, now: Timestamp) -> Result<MemberInvitationEvent, Problem> {
        self.allow(&[Open, Expired], now)?;
        self.status = Revoked;
        Ok(MemberInvitationEvent::Revoked)
    }

    /// How it stands at `now`: what was answered, or that the time is over.
    #[must_use]
    pub fn standing(&self, now: Timestamp) -> MemberInvitationStatus {
        if self.status == Open && now >= self.expires_at { Expired } else { self.status }
    }

    fn answer(&mut self, email: Option<&Email>, to: MemberInvitationStatus, now: Timestamp) -> Result<(), Problem> {
        self.allow(&[Open], now)?;
        if email.map(Email::normal) != Some(self.email.normal()) {
            return Err(Code::InvitedOther.into());
        }
        self.status = to;
        Ok(())
    }

    fn allow(&self, from: &[MemberInvitationStatus], now: Timestamp) -> Result<(), Problem> {
        let standing = self.standing(now);
        if from.contains(&standing) {
            return Ok(());
        }
        Err(Problem::new(Code::MemberInvitationStatus).with("status", standing))
    }
}

/// What happens to an invitation. The address is personal and stays out of the audit trail, which is never erased.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(untagged)]
pub enum MemberInvitationEvent {
    /// It was sent, or sent again.
    Sent {
        /// What for.
        roles: Roles,
        /// Where in the organization.
        unit: Option<OrganizationUnitId>,
    },
    /// The person became a member.
    Accepted,
    /// The person did not want to.
    Declined,
    /// The organization took it back.
    Revoked,
}

impl DomainEvent for MemberInvitationEvent {
    fn kind(&self) -> &'static str {
        match self {
            Self::Sent { .. } => "MEMBER_INVITED",
            Self::Accepted => "MEMBER_INVITATION_ACCEPTED",
            Self::Declined => "MEMBER_INVITATION_DECLINED",
            Self::Revoked => "MEMBER_INVITATION_REVOKED",
        }
    }
}
