//! Beginning, continuing and ending logins.

use jiff::SignedDuration;
use tradehall_domain::access::{Permission, SystemTask};
use tradehall_domain::identity::{
    Digest, Login, LoginEnd, LoginId, PasswordHash, Redemption, RefreshToken, User, UserId,
};
use tradehall_domain::organization::{MembershipStatus, OrganizationId};
use tradehall_domain::problem::{Code, Problem};
use tradehall_persistence::{Tx, identity, organization};

use super::super::limit::Counter;
use super::super::secret::Minted;
use crate::app::{Command, Error};

/// Begins a login for somebody whose password was found right.
#[derive(Debug)]
pub struct OpenLogin {
    /// Who.
    pub user: User,
    /// The hash against which the password was right.
    pub verified: PasswordHash,
    /// The hash to keep instead, if that one was made under other parameters.
    pub renewed: Option<PasswordHash>,
    /// The organization to act for; none for the person's only one.
    pub organization: Option<OrganizationId>,
    /// The refresh token to hand out.
    pub token: Minted,
    /// How long the refresh token and the login are good for.
    pub lifetimes: (SignedDuration, SignedDuration),
    /// Counts failures of the account: forgotten now.
    pub account: Counter,
    /// Counts failures from the network address: this was none.
    pub address: Option<Counter>,
}

impl Command for OpenLogin {
    const PERMISSION: Permission = Permission::Anyone;
    const ACROSS: Option<SystemTask> = Some(SystemTask::Authenticate);
    type Output = (Login, RefreshToken);

    async fn run(self, tx: &mut Tx) -> Result<Self::Output, Error> {
        let (kept, version) = identity::lock_password(tx, self.user.id).await?;
        if kept != self.verified {
            // It was replaced while it was being checked: what was right a moment ago is wrong now.
            return Err(Code::SignInRefused.into());
        }
        if let Some(renewed) = &self.renewed {
            identity::save_password(tx, self.user.id, version, renewed, None)?;
        }
        let organization = match self.organization {
            Some(organization) => {
                membership(tx, self.user.id, organization).await?;
                Some(organization)
            }
            None => only_organization(tx, self.user.id).await?,
        };
        identity::forgive(tx, self.account.key).await?;
        if let Some(address) = self.address {
            identity::refund(tx, address.key, address.rate).await?;
        }
        identity::make_room(tx, self.user.id).await?;
        let (refresh, login) = self.lifetimes;
        let (login, event) = Login::begin(self.user.id, organization, login, tx.now());
        let token = RefreshToken::issue(&login, self.token.digest, refresh, tx.now());
        identity::insert_login(tx, &login, &event)?;
        identity::insert_refresh_token(tx, &token)?;
        Ok((login, token))
    }
}

/// Uses a refresh token up for another.
#[derive(Debug)]
pub struct Refresh {
    /// What is kept of the token that was sent.
    pub token: Digest,
    /// The token to hand out in its place.
    pub successor: Minted,
    /// How long that one is good for.
    pub lifetime: SignedDuration,
}

/// What came of it. A reuse is no error of the command: it must be kept that the login has ended.
#[derive(Debug)]
pub enum Refreshed {
    /// The login goes on.
    Renewed(Box<(Login, RefreshToken)>),
    /// The token had been used before, and the login has ended.
    Reused,
}

impl Command for Refresh {
    const PERMISSION: Permission = Permission::Anyone;
    const ACROSS: Option<SystemTask> = Some(SystemTask::Authenticate);
    type Output = Refreshed;

    async fn run(self, tx: &mut Tx) -> Result<Refreshed, Error> {
        let mut token = identity::find_refresh_token(tx, self.token).await?.ok_or(Code::LoginEnded)?;
        let mut login = identity::lock_login(tx, token.login).await?;
        let now = tx.now();
        match token.redeem(&mut login, self.successor.digest, self.lifetime, now)? {
            Redemption::Renewed(successor) => {
                identity::save_refresh_token(tx, &mut token)?;
                identity::insert_refresh_token(tx, &successor)?;
                if let Some(left) = login.organization
                    && organization::access(tx, login.user, left).await?.is_none()
                {
                    // The person is no longer a member: the login goes on without an organization.
                    login.switch(None, now)?;
                    identity::save_login(tx, &mut login, None)?;
                }
                Ok(Refreshed::Renewed(Box::new((login, successor))))
            }
            Redemption::Reused(event) => {
                identity::save_login(tx, &mut login, Some(&event))?;
                Ok(Refreshed::Reused)
            }
        }
    }
}

/// Ends a login, known by itself or by one of its refresh tokens. One that has ended, or never was, is no error: the caller has
/// what it asks for (RFC 7009 §2.2).
#[derive(Debug)]
pub struct EndLogin {
    /// The login, if it is known.
    pub login: Option<LoginId>,
    /// What is kept of a refresh token of it.
    pub token: Option<Digest>,
}

impl Command for EndLogin {
    const PERMISSION: Permission = Permission::Anyone;
    const ACROSS: Option<SystemTask> = Some(SystemTask::Authenticate);
    type Output = ();

    async fn run(self, tx: &mut Tx) -> Result<(), Error> {
        let named = match self.token {
            Some(token) => identity::find_refresh_token(tx, token).await?.map(|token| token.login),
            None => self.login,
        };
        if let Some(id) = named {
            let mut login = identity::lock_login(tx, id).await?;
            if let Ok(event) = login.end(LoginEnd::SignedOut, tx.now()) {
                identity::save_login(tx, &mut login, Some(&event))?;
            }
        }
        Ok(())
    }
}

/// The login acts for another organization from now on.
#[derive(Debug)]
pub struct SwitchOrganization {
    /// Which login.
    pub login: LoginId,
    /// The organization; none to act for oneself alone.
    pub organization: Option<OrganizationId>,
}

impl Command for SwitchOrganization {
    const PERMISSION: Permission = Permission::Person;
    const ACROSS: Option<SystemTask> = Some(SystemTask::Authenticate);
    type Output = Login;

    async fn run(self, tx: &mut Tx) -> Result<Login, Error> {
        let mut login = identity::lock_login(tx, self.login).await?;
        if let Some(organization) = self.organization {
            membership(tx, login.user, organization).await?;
        }
        login.switch(self.organization, tx.now())?;
        identity::save_login(tx, &mut login, None)?;
        Ok(login)
    }
}

/// An organization that the person is no member of is not told apart from one that is not there.
async fn membership(tx: &Tx, user: UserId, organization: OrganizationId) -> Result<(), Error> {
    let held = organization::access(tx, user, organization).await?;
    held.map(drop).ok_or_else(|| Problem::new(Code::NotFound).at("organizationId").into())
}

/// The organization of somebody who is an active member of just one.
async fn only_organization(tx: &Tx, user: UserId) -> Result<Option<OrganizationId>, Error> {
    let memberships = organization::memberships_of(tx, user).await?;
    let mut active = memberships.iter().filter(|membership| membership.status == MembershipStatus::Active);
    match (active.next(), active.next()) {
        (Some(only), None) => Ok(Some(only.organization)),
        _ => Ok(None),
    }
}
