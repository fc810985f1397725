//! Invitations to become a member.

use tradehall_domain::access::{Permission, SystemRole, SystemTask};
use tradehall_domain::email::Email;
use tradehall_domain::id::Id;
use tradehall_domain::identity::{Digest, UserId};
use tradehall_domain::language::Language;
use tradehall_domain::organization::{
    Authority, CustomRoleId, INVITATIONS_OPEN_MAX, MemberInvitation, MemberInvitationId, Membership, MembershipStatus,
    Offer, OrganizationId, OrganizationUnitId, Roles,
};
use tradehall_domain::problem::{Code, Problem};
use tradehall_persistence::{StoreError, Tx, identity, organization};
use uuid::Uuid;

use super::membership::place;
use super::newcomer;
use crate::app::{Command, Error, IdempotencyKey, Repeatable, organization_of};
use crate::identity::secret::{Minted, Purpose};
use crate::mail;

/// Asks the owner of an e-mail address to become a member. Asking again renews what was asked, with a new mail.
#[derive(Debug)]
pub struct InviteMember {
    /// To whom.
    pub email: String,
    /// The built-in roles.
    pub system_roles: Vec<SystemRole>,
    /// The organization's own roles.
    pub custom_roles: Vec<CustomRoleId>,
    /// Where in the organization.
    pub unit: Option<OrganizationUnitId>,
    /// The language of the mail.
    pub language: Language,
    /// The caller's key for this one request.
    pub key: Option<IdempotencyKey>,
}

impl Command for InviteMember {
    const PERMISSION: Permission = Permission::MemberManage;
    type Output = MemberInvitation;

    async fn run(self, tx: &mut Tx) -> Result<MemberInvitation, Error> {
        let own = organization_of(tx)?;
        let email = Email::parse(&self.email).map_err(|problem| problem.at("email"))?;
        let defined = organization::lock_roles(tx, own).await?;
        let roles = Roles::parse(&self.system_roles, &self.custom_roles, &defined)?;
        Authority::of(tx.actor()).may_give(roles.permissions(&defined))?;
        place(tx, self.unit).await?;
        not_a_member(tx, own, &email).await?;

        let secret = Minted::new(Purpose::Invitation)?;
        let invited_by = tx.actor().user();
        let offer = Offer { roles, unit: self.unit, token: secret.digest, invited_by };
        let invitation = send(tx, own, &email, offer).await?;
        let name = organization::load(tx, own).await?.name;
        let inviter = match invited_by {
            Some(user) => identity::load(tx, user).await?.full_name,
            None => name.clone(),
        };
        mail::invitation(tx, email, self.language, name, inviter, secret.text)?;
        Ok(invitation)
    }
}

impl Repeatable for InviteMember {
    const NAME: &'static str = "inviteMember";

    fn key(&self) -> Option<&IdempotencyKey> {
        self.key.as_ref()
    }

    fn receipt(output: &MemberInvitation) -> Vec<Uuid> {
        vec![output.id.uuid()]
    }

    async fn recall(tx: &Tx, made: &[Uuid]) -> Result<MemberInvitation, Error> {
        let ids: Vec<_> = made.iter().copied().map(Id::from_uuid).collect();
        organization::invitations_by_id(tx, &ids).await?.pop().ok_or(Error::NotFound)
    }
}

async fn not_a_member(tx: &Tx, own: OrganizationId, email: &Email) -> Result<(), Error> {
    // Only colleagues are found: whether a stranger's address has an account is not told.
    let Some(user) = identity::find_by_email(tx, email).await? else { return Ok(()) };
    match organization::membership_of(tx, own, user.id).await? {
        Some(member) if member.status != MembershipStatus::Ended => {
            Err(Problem::new(Code::AlreadyMember).at("email").into())
        }
        _ => Ok(()),
    }
}

async fn send(tx: &mut Tx, own: OrganizationId, email: &Email, offer: Offer) -> Result<MemberInvitation, Error> {
    if let Some(mut invitation) = organization::lock_open_invitation(tx, own, email).await? {
        let event = invitation.renew(offer, tx.now())?;
        organization::save_invitation(tx, &mut invitation, &event).await?;
        return Ok(invitation);
    }
    if organization::open_invitations(tx, own).await? >= INVITATIONS_OPEN_MAX {
        return Err(Problem::new(Code::TooMany).with("max", INVITATIONS_OPEN_MAX).into());
    }
    let (invitation, event) = MemberInvitation::send(own, email, offer, tx.now());
    organization::insert_invitation(tx, &invitation, &event)?;
    Ok(invitation)
}

/// Takes an invitation back.
#[derive(Debug)]
pub struct RevokeInvitation {
    /// Which invitation.
    pub invitation: MemberInvitationId,
}

impl Command for RevokeInvitation {
    const PERMISSION: Permission = Permission::MemberManage;
    type Output = MemberInvitation;

    async fn run(self, tx: &mut Tx) -> Result<MemberInvitation, Error> {
        let mut invitation = organization::lock_invitation(tx, self.invitation).await?;
        let event = invitation.revoke(tx.now())?;
        organization::save_invitation(tx, &mut invitation, &event).await?;
        Ok(invitation)
    }
}

/// What the person invited answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum InvitationAnswer {
    /// They become a member.
    Accept,
    /// They do not want to.
    Decline,
}

/// The person invited answers, known by the secret from the mail and by the address of their account.
#[derive(Debug)]
pub struct AnswerInvitation {
    /// What would be kept of the secret, if the text could be one.
    pub token: Option<Digest>,
    /// What they answer.
    pub answer: InvitationAnswer,
}

impl Command for AnswerInvitation {
    const PERMISSION: Permission = Permission::Person;
    // They are no member yet, so the invitation and the roles in it cannot be seen by them.
    const ACROSS: Option<SystemTask> = Some(SystemTask::Join);
    /// The organization, and the membership if there is one now.
    type Output = (OrganizationId, Option<Membership>);

    async fn run(self, tx: &mut Tx) -> Result<Self::Output, Error> {
        let user = newcomer(tx).await?;
        let mut invitation = find(tx, self.token).await?;
        let own = invitation.organization;
        let email = identity::load(tx, user).await?.email;
        let membership = match self.answer {
            InvitationAnswer::Accept => {
                let event = invitation.accept(Some(&email), tx.now())?;
                let membership = join(tx, &invitation, user).await?;
                organization::save_invitation(tx, &mut invitation, &event).await?;
                Some(membership)
            }
            InvitationAnswer::Decline => {
                let event = invitation.decline(Some(&email), tx.now())?;
                organization::save_invitation(tx, &mut invitation, &event).await?;
                None
            }
        };
        Ok((own, membership))
    }
}

async fn find(tx: &mut Tx, token: Option<Digest>) -> Result<MemberInvitation, Error> {
    let unknown = || Error::from(Problem::new(Code::TokenInvalid).at("token"));
    let token = token.ok_or_else(unknown)?;
    match organization::lock_invitation_by_token(tx, token).await {
        Ok(invitation) => Ok(invitation),
        Err(StoreError::NotFound) => Err(unknown()),
        Err(error) => Err(error.into()),
    }
}

async fn join(tx: &mut Tx, invitation: &MemberInvitation, user: UserId) -> Result<Membership, Error> {
    let (own, roles, unit, now) = (invitation.organization, invitation.roles.clone(), invitation.unit, tx.now());
    if let Some(mut member) = organization::lock_membership_of(tx, own, user).await? {
        let event = member.rejoin(roles, unit, now)?;
        organization::save_membership(tx, &mut member, &event).await?;
        return Ok(member);
    }
    let (member, event) = Membership::join(own, user, roles, unit, now);
    organization::insert_membership(tx, &member, &event)?;
    Ok(member)
}
