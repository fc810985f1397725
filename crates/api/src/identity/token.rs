//! Access tokens: JSON Web Tokens in the profile of RFC 9068, signed with Ed25519.

use jiff::Timestamp;
use jsonwebtoken::{Algorithm, Header, Validation, decode, decode_header, encode};
use serde::{Deserialize, Serialize};
use tradehall_domain::identity::{Login, LoginId, UserId};
use tradehall_domain::organization::OrganizationId;
use uuid::Uuid;

use crate::app::{App, AuthError, Error};

/// What `typ` says of our tokens (RFC 9068 §2.1), so that no other token signed with the same keys is taken for one.
const TYPE: &str = "at+jwt";

/// The longest token that is looked at, in bytes; ours have about 600.
const TOKEN_MAX: usize = 2048;

/// What an access token says.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Claims {
    iss: String,
    aud: String,
    /// Who.
    pub sub: UserId,
    /// By which login.
    pub sid: LoginId,
    /// For which organization, if one was chosen.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub org: Option<OrganizationId>,
    iat: i64,
    exp: i64,
    jti: Uuid,
}

/// A token as it is handed out.
#[derive(Debug, Clone)]
pub struct AccessToken {
    /// The token itself.
    pub text: String,
    /// When it ends.
    pub expires_at: Timestamp,
}

impl Claims {
    /// When the token ends.
    pub fn expires_at(&self) -> Timestamp {
        Timestamp::from_second(self.exp).unwrap_or(Timestamp::MIN)
    }
}

/// A token for `login`.
///
/// # Errors
/// [`Error::Unavailable`] when the signing keys cannot be read.
pub async fn issue(app: &App, login: &Login) -> Result<AccessToken, Error> {
    let settings = app.identity().settings();
    // The time comes after the keys: the very first token makes the key that signs it.
    let keys = app.identity().keyring.keys(app).await?;
    let now = app.store().now();
    let key = keys.signing(now).ok_or_else(|| Error::Internal("no key signs".to_owned()))?;
    let expires_at = login.expires_at.min(now + settings.access_lifetime);
    let claims = Claims {
        iss: settings.issuer.clone(),
        aud: settings.audience.clone(),
        sub: login.user,
        sid: login.id,
        org: login.organization,
        iat: now.as_second(),
        exp: expires_at.as_second(),
        jti: Uuid::now_v7(),
    };
    let mut header = Header::new(Algorithm::EdDSA);
    header.typ = Some(TYPE.to_owned());
    header.kid = Some(key.kid.clone());
    let text = encode(&header, &claims, &key.private).map_err(|e| Error::Internal(format!("signing: {e}")))?;
    Ok(AccessToken { text, expires_at: claims.expires_at() })
}

/// What a token says, if it is ours and good.
///
/// The algorithm is ours to say, not the token's; `kid` only chooses among our own keys, and what else a header may carry to name
/// or bring a key is not looked at.
///
/// # Errors
/// [`AuthError::Expired`] for a token of ours that has ended, [`AuthError::Invalid`] for everything else that is wrong.
pub async fn verify(app: &App, token: &str) -> Result<Claims, AuthError> {
    if token.len() > TOKEN_MAX {
        return Err(AuthError::Invalid);
    }
    let header = decode_header(token).map_err(|_| AuthError::Invalid)?;
    let is_ours = header.alg == Algorithm::EdDSA && header.typ.as_deref() == Some(TYPE);
    let (true, Some(kid)) = (is_ours, header.kid) else { return Err(AuthError::Invalid) };

    let (now, settings) = (app.store().now(), app.identity().settings());
    let mut keys = app.identity().keyring.keys(app).await.map_err(|_| AuthError::Unavailable)?;
    if !keys.accepted(settings.access_lifetime, now).any(|key| key.kid == kid) {
        keys = app.identity().keyring.fresh_keys(app).await.map_err(|_| AuthError::Unavailable)?;
    }
    let mut accepted = keys.accepted(settings.access_lifetime, now);
    let key = accepted.find(|key| key.kid == kid).ok_or(AuthError::Invalid)?;

    let mut validation = Validation::new(Algorithm::EdDSA);
    validation.set_required_spec_claims(&["exp", "iss", "aud", "sub"]);
    validation.set_issuer(&[&settings.issuer]);
    validation.set_audience(&[&settings.audience]);
    // The end is compared below, with the market's clock instead of the machine's and without the minute of grace.
    validation.validate_exp = false;
    let claims: Claims = decode(token, &key.public, &validation).map_err(|_| AuthError::Invalid)?.claims;
    if claims.expires_at() <= now { Err(AuthError::Expired) } else { Ok(claims) }
}
