//! Logins: one sign-in on one device, from the password to the sign-out, and the refresh tokens that keep it alive.

use jiff::{SignedDuration, Timestamp};

use super::{Digest, UserEvent, UserId};
use crate::id::Id;
use crate::named;
use crate::organization::OrganizationId;
use crate::problem::{Code, Problem};

named! {
    /// Why a login ended before its time.
    pub enum LoginEnd {
        /// The person signed out.
        SignedOut = "SIGNED_OUT",
        /// A refresh token was used a second time, so somebody else may hold one (RFC 9700 §4.14.2).
        TokenReused = "TOKEN_REUSED",
        /// The person changed the password elsewhere.
        PasswordChanged = "PASSWORD_CHANGED",
        /// The password was replaced through a mailed link.
        PasswordReset = "PASSWORD_RESET",
        /// The person signed in so often elsewhere that this login, the oldest, made room.
        Displaced = "DISPLACED",
    }
}

/// How many logins of one person are open at once; the next one ends the oldest.
pub const LOGINS_MAX: usize = 50;

/// A login: everything that follows from one use of the password.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Login {
    /// Which login.
    pub id: LoginId,
    /// Whose.
    pub user: UserId,
    /// The organization that its tokens act for; none before one is chosen.
    pub organization: Option<OrganizationId>,
    /// When the person signed in.
    pub created_at: Timestamp,
    /// When the person must sign in again, however often they come.
    pub expires_at: Timestamp,
    /// When and why it ended before that.
    pub ended: Option<(Timestamp, LoginEnd)>,
    /// Counts its changes.
    pub version: i64,
}

/// The id of a [`Login`].
pub type LoginId = Id<Login>;

impl Login {
    /// A person signs in.
    #[must_use]
    pub fn begin(
        user: UserId,
        organization: Option<OrganizationId>,
        lifetime: SignedDuration,
        now: Timestamp,
    ) -> (Self, UserEvent) {
        let expires_at = now + lifetime;
        let login = Self { id: Id::new(), user, organization, created_at: now, expires_at, ended: None, version: 1 };
        let event = UserEvent::SignedIn { login: login.id };
        (login, event)
    }

    /// Whether its tokens open anything.
    #[must_use]
    pub fn is_open(&self, now: Timestamp) -> bool {
        self.ended.is_none() && now < self.expires_at
    }

    /// Its tokens act for another organization from now on. Those that were handed out stay as they are.
    ///
    /// # Errors
    /// [`Code::LoginEnded`].
    pub fn switch(&mut self, organization: Option<OrganizationId>, now: Timestamp) -> Result<(), Problem> {
        self.require_open(now)?;
        self.organization = organization;
        Ok(())
    }

    /// Ends it, with every token that came from it.
    ///
    /// # Errors
    /// [`Code::LoginEnded`] when it has ended.
    pub fn end(&mut self, reason: LoginEnd, now: Timestamp) -> Result<UserEvent, Problem> {
        self.require_open(now)?;
        self.ended = Some((now, reason));
        Ok(UserEvent::LoginEnded { login: self.id, reason })
    }

    fn require_open(&self, now: Timestamp) -> Result<(), Problem> {
        if self.is_open(now) { Ok(()) } else { Err(Code::LoginEnded.into()) }
    }
}

/// What is kept of a refresh token. It is used once and replaced.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RefreshToken {
    /// Which token.
    pub id: Id<RefreshToken>,
    /// Of which login.
    pub login: LoginId,
    /// What is kept of the token itself.
    pub token: Digest,
    /// When it ends if it is not used.
    pub expires_at: Timestamp,
    /// When it was used.
    pub used_at: Option<Timestamp>,
    /// Counts its changes.
    pub version: i64,
}

/// What came of using a refresh token.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Redemption {
    /// The login goes on, with this token in the place of the used one.
    Renewed(RefreshToken),
    /// The token had been used before: the login has ended.
    Reused(UserEvent),
}

impl RefreshToken {
    /// A token that keeps `login` alive for another `lifetime`, but never beyond the login's own end.
    #[must_use]
    pub fn issue(login: &Login, token: Digest, lifetime: SignedDuration, now: Timestamp) -> Self {
        let expires_at = login.expires_at.min(now + lifetime);
        Self { id: Id::new(), login: login.id, token, expires_at, used_at: None, version: 1 }
    }

    /// Uses the token up for `successor`. A second use ends the login, whoever came first: one of the two holders is a thief, and
    /// nobody can tell which.
    ///
    /// # Errors
    /// [`Code::LoginEnded`] when the login has ended or the token has expired.
    pub fn redeem(
        &mut self,
        login: &mut Login,
        successor: Digest,
        lifetime: SignedDuration,
        now: Timestamp,
    ) -> Result<Redemption, Problem> {
        login.require_open(now)?;
        if self.used_at.is_some() {
            return login.end(LoginEnd::TokenReused, now).map(Redemption::Reused);
        }
        if now >= self.expires_at {
            return Err(Code::LoginEnded.into());
        }
        self.used_at = Some(now);
        Ok(Redemption::Renewed(Self::issue(login, successor, lifetime, now)))
    }
}
