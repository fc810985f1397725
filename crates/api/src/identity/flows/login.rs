//! Signing in and out.

use jiff::Timestamp;
use tradehall_domain::email::Email;
use tradehall_domain::identity::{Login, Password, RefreshToken, User};
use tradehall_domain::organization::OrganizationId;
use tradehall_domain::problem::Code;
use tradehall_persistence::identity;

use super::super::commands::{EndLogin, OpenLogin, Refresh, Refreshed, SwitchOrganization};
use super::super::forget_access;
use super::super::limit::{Attempt, Counter};
use super::super::password::Verdict;
use super::super::secret::{self, Minted, Purpose};
use super::super::token::{self, AccessToken};
use super::look;
use crate::app::{Error, Session};

/// The credentials of a login, as they are handed out.
#[derive(Debug)]
pub struct Grant {
    /// Signs requests.
    pub access: AccessToken,
    /// Gets the next access token; told once.
    pub refresh: Minted,
    /// When the refresh token ends.
    pub refresh_expires_at: Timestamp,
    /// Whose login it is.
    pub user: User,
}

/// Somebody who wants in.
pub struct SignIn<'a> {
    /// The e-mail address.
    pub email: &'a str,
    /// The password.
    pub password: &'a str,
    /// The organization to act for; none for the person's only one.
    pub organization: Option<OrganizationId>,
}

/// Begins a login. Where the address has no account, the same statements are sent and a hash of the same cost is computed.
///
/// # Errors
/// [`Code::SignInRefused`] whatever is wrong, [`Code::TooManyAttempts`], or [`Error::Overloaded`].
pub async fn sign_in(session: &Session, ask: SignIn<'_>) -> Result<Grant, Error> {
    let email = Email::parse(ask.email).map_err(|problem| problem.at("email"))?;
    let password = Password::attempt(ask.password).map_err(|problem| problem.at("password"))?;
    let (account, address) = (Counter::account(session, &email), Counter::address(session));
    session.execute(Attempt { counters: address.into_iter().chain([account]).collect() }).await?;

    let tx = look(session).await?;
    let kept = identity::password_by_email(&tx, &email).await?;
    let user = identity::find_by_email(&tx, &email).await?;
    drop(tx);
    let room = session.app().identity();
    let Verdict::Right(renewed) = room.hasher.verify(password, kept.clone()).await? else {
        return Err(Code::SignInRefused.into());
    };
    let user = user.ok_or(Code::SignInRefused)?;
    let refresh = Minted::new(Purpose::Refresh)?;
    let command = OpenLogin {
        user: user.clone(),
        verified: kept.ok_or(Code::SignInRefused)?,
        renewed,
        organization: ask.organization,
        token: refresh.clone(),
        lifetimes: (room.settings().refresh_lifetime, room.settings().login_lifetime),
        account,
        address,
    };
    let (login, token) = session.execute(command).await?;
    grant(session, &login, &token, refresh, user).await
}

/// Continues a login: a refresh token for the next one and an access token.
///
/// # Errors
/// [`Code::LoginEnded`]; [`Code::RefreshTokenReused`], which has ended the login.
pub async fn refresh(session: &Session, token: &str) -> Result<Grant, Error> {
    let token = secret::read(Purpose::Refresh, token).ok_or(Code::LoginEnded)?;
    let successor = Minted::new(Purpose::Refresh)?;
    let lifetime = session.app().identity().settings().refresh_lifetime;
    match session.execute(Refresh { token, successor: successor.clone(), lifetime }).await? {
        Refreshed::Renewed(renewed) => {
            let (login, token) = *renewed;
            let user = identity::load(&look(session).await?, login.user).await?;
            grant(session, &login, &token, successor, user).await
        }
        Refreshed::Reused => {
            forget_access(session.app());
            Err(Code::RefreshTokenReused.into())
        }
    }
}

/// Ends the login of the refresh token, or of the request itself where none is given.
///
/// # Errors
/// [`Error::Unauthenticated`] when neither says which.
pub async fn sign_out(session: &Session, token: Option<&str>) -> Result<(), Error> {
    let command = match (token, session.login()) {
        (Some(token), _) => match secret::read(Purpose::Refresh, token) {
            Some(digest) => EndLogin { login: None, token: Some(digest) },
            None => return Ok(()),
        },
        (None, Some(login)) => EndLogin { login: Some(login), token: None },
        (None, None) => return Err(Error::Unauthenticated),
    };
    session.execute(command).await?;
    forget_access(session.app());
    Ok(())
}

/// An access token of the same login for another organization, or for none. Tokens that were handed out stay good.
///
/// # Errors
/// [`Code::NotFound`] at `organizationId` where the person is no member; [`Code::LoginEnded`].
pub async fn switch_organization(
    session: &Session,
    organization: Option<OrganizationId>,
) -> Result<AccessToken, Error> {
    let login = session.login().ok_or(Error::Unauthenticated)?;
    let login = session.execute(SwitchOrganization { login, organization }).await?;
    token::issue(session.app(), &login).await
}

async fn grant(
    session: &Session,
    login: &Login,
    token: &RefreshToken,
    refresh: Minted,
    user: User,
) -> Result<Grant, Error> {
    let access = token::issue(session.app(), login).await?;
    Ok(Grant { access, refresh, refresh_expires_at: token.expires_at, user })
}
