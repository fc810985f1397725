//! Who asks: from the `Authorization` header to a session.

use std::sync::PoisonError;
use std::sync::atomic::Ordering;

use jiff::Timestamp;
use tradehall_domain::access::{Actor, Permission, PermissionSet, Principal, SystemTask};
use tradehall_domain::identity::{Digest, LoginId, UserId};
use tradehall_domain::organization::OrganizationId;
use tradehall_persistence::organization::Access;
use tradehall_persistence::{Meter, StoreError, Tx, identity, organization};

use super::admitted::Admission;
use super::secret::{self, Purpose};
use super::token;
use crate::app::{App, AuthError, RequestMeta, Session};

/// What the powers of the market's own staff are.
pub(super) const STAFF: PermissionSet = PermissionSet::of(&[Permission::PlatformVerify, Permission::PlatformOperate]);

/// What a credential proves by itself; what its bearer may do is looked up.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Credential {
    /// An access token.
    Login {
        /// Whose.
        user: UserId,
        /// By which login.
        login: LoginId,
        /// For which organization.
        organization: Option<OrganizationId>,
        /// When the token ends.
        expires_at: Timestamp,
    },
    /// An API key.
    Key,
}

/// The session of a request with that `Authorization` header: none is anonymous; `Bearer` with an access token or an API key is
/// whom it belongs to.
///
/// # Errors
/// Anything else is [`AuthError::Invalid`], never anonymous; a token that has ended is [`AuthError::Expired`]; and
/// [`AuthError::Unavailable`] when the database is away.
pub async fn authenticate(app: &App, authorization: Option<&str>, meta: RequestMeta) -> Result<Session, AuthError> {
    let Some(header) = authorization else {
        return Ok(Session::new(app.clone(), Actor::ANONYMOUS, meta, None));
    };
    let bearer = bearer(header).ok_or(AuthError::Invalid)?;
    let admission = admit(app, bearer).await?;
    let session = Session::new(app.clone(), admission.actor, meta, admission.expires_at);
    Ok(match admission.credential {
        Credential::Login { login, .. } => session.in_login(login),
        Credential::Key => session,
    })
}

/// What follows `Bearer` (RFC 6750 §2.1; the scheme's capitals do not matter, RFC 9110 §11.1).
fn bearer(header: &str) -> Option<&str> {
    let (scheme, token) = header.trim().split_once(' ')?;
    let token = token.trim_start();
    (scheme.eq_ignore_ascii_case("bearer") && !token.is_empty()).then_some(token)
}

/// A credential, from memory if it was looked up a moment ago and nothing changed since.
async fn admit(app: &App, bearer: &str) -> Result<Admission, AuthError> {
    let room = app.identity();
    let now = app.store().now();
    // Read before the database is: a change that comes after the lookup then has it looked up again.
    let epoch = room.epoch.load(Ordering::Acquire);
    let digest = secret::digest(bearer);
    let known = room.admitted.lock().unwrap_or_else(PoisonError::into_inner).get(&digest);
    if let Some(known) = &known {
        if known.expires_at.is_some_and(|end| end <= now) {
            return Err(AuthError::Expired);
        }
        if known.epoch == epoch && now.duration_since(known.checked_at) < room.settings().recheck {
            return Ok(known.clone());
        }
    }
    // The signature is checked again too: the key behind it may have been taken back.
    let admission = look_up(app, bearer, digest).await.map(|found| {
        let Found { credential, actor, expires_at } = found;
        Admission { credential, actor, expires_at, checked_at: now, epoch }
    });
    let mut admitted = room.admitted.lock().unwrap_or_else(PoisonError::into_inner);
    match &admission {
        Ok(admission) => admitted.put(digest, admission.clone()),
        Err(_) => admitted.remove(&digest),
    }
    admission
}

/// What the credential proves by its form or signature.
async fn prove(app: &App, bearer: &str) -> Result<Credential, AuthError> {
    if bearer.starts_with(Purpose::ApiKey.prefix()) {
        return secret::read(Purpose::ApiKey, bearer).map(|_| Credential::Key).ok_or(AuthError::Invalid);
    }
    let claims = token::verify(app, bearer).await?;
    let expires_at = claims.expires_at();
    Ok(Credential::Login { user: claims.sub, login: claims.sid, organization: claims.org, expires_at })
}

/// A credential and what it is worth just now.
struct Found {
    credential: Credential,
    actor: Actor,
    expires_at: Option<Timestamp>,
}

/// Who bears the credential and what they may do, as of now, and when that ends by itself.
async fn look_up(app: &App, bearer: &str, digest: Digest) -> Result<Found, AuthError> {
    let credential = prove(app, bearer).await?;
    let system = Actor::system(SystemTask::Authenticate);
    let tx = app.store().read(system, Meter::default()).await.map_err(unavailable)?;
    let (principal, organization, held, expires_at) = match credential {
        Credential::Login { user, login, organization, expires_at } => {
            let standing = identity::standing(&tx, login).await.map_err(unavailable)?;
            let standing = standing.filter(|standing| standing.user == user && standing.is_open);
            let standing = standing.ok_or(AuthError::Invalid)?;
            let held = match organization {
                Some(organization) => access(&tx, user, organization).await?,
                None => Access::NONE,
            };
            let permissions = if standing.staff { held.permissions.union(STAFF) } else { held.permissions };
            (Principal::User(user), organization, Access { permissions, ..held }, Some(expires_at))
        }
        Credential::Key => {
            let key = identity::find_api_key(&tx, digest).await.map_err(unavailable)?;
            let key = key.filter(|key| key.revoked_at.is_none()).ok_or(AuthError::Invalid)?;
            if !key.is_open(tx.now()) {
                return Err(AuthError::Expired);
            }
            // Never more than its issuer may today: a key does not outlive the membership it was issued from.
            let held = access(&tx, key.issuer, key.organization).await?;
            let permissions = key.scopes.intersection(held.permissions);
            (Principal::Key(key.id), Some(key.organization), Access { permissions, ..held }, key.expires_at)
        }
    };
    let Access { permissions, entitlement } = held;
    Ok(Found { credential, actor: Actor { principal, organization, entitlement, permissions, task: None }, expires_at })
}

/// What `user` may do in `organization`; a credential for one that they left is good for nothing.
async fn access(tx: &Tx, user: UserId, organization: OrganizationId) -> Result<Access, AuthError> {
    organization::access(tx, user, organization).await.map_err(unavailable)?.ok_or(AuthError::Invalid)
}

fn unavailable(error: StoreError) -> AuthError {
    tracing::error!(%error, "a credential cannot be checked");
    AuthError::Unavailable
}
