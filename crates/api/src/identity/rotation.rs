//! Publishing and changing the keys that sign access tokens.

use tradehall_domain::access::{Actor, Permission, SystemTask};
use tradehall_domain::identity::{SIGNING_KEY_LEAD, SigningKey};
use tradehall_persistence::{Tx, identity};

use super::{forget_access, keyring};
use crate::app::{App, Command, Error, RequestMeta, Session};

/// The public keys as a JWK Set (RFC 7517 §5), for `/.well-known/jwks.json`: those that sign or will, and those whose last tokens may
/// still be about. A copy may be kept for five minutes: a key is published three times as long before it signs.
///
/// # Errors
/// [`Error::Unavailable`] when the keys were never read and the database is away.
pub async fn jwks(app: &App) -> Result<String, Error> {
    let keys = app.identity().keyring.keys(app).await?;
    let lifetime = app.identity().settings().access_lifetime;
    let keys = keys.accepted(lifetime, app.store().now()).map(|key| key.jwk.clone()).collect();
    let set = jsonwebtoken::jwk::JwkSet { keys };
    serde_json::to_string(&set).map_err(|error| Error::Internal(format!("key set: {error}")))
}

/// Makes the next signing key.
#[derive(Debug)]
struct RotateKeys {
    key: SigningKey,
    compromised: bool,
}

impl Command for RotateKeys {
    const PERMISSION: Permission = Permission::PlatformOperate;
    const ACROSS: Option<SystemTask> = Some(SystemTask::Authenticate);
    type Output = ();

    async fn run(self, tx: &mut Tx) -> Result<(), Error> {
        let now = tx.now();
        if self.compromised {
            for mut key in identity::load_signing_keys(tx).await? {
                if key.times.revoked_at.is_none() {
                    key.times.revoked_at = Some(now);
                    identity::save_signing_key(tx, &mut key)?;
                }
            }
        }
        identity::insert_signing_key(tx, &self.key)?;
        Ok(())
    }
}

/// Makes the next signing key, for `tradehall keys rotate`. It is published at once and signs after [`SIGNING_KEY_LEAD`]; tokens of
/// the present key stay good until they end, so nobody notices. With `compromised`, it signs at once and every older key is taken
/// back: all access tokens end within a minute or two on every node, and clients refresh. Answers the new key's `kid`.
///
/// # Errors
/// When the database is away.
pub async fn rotate_keys(app: &App, compromised: bool) -> Result<String, Error> {
    let now = app.store().now();
    let active_from = if compromised { now } else { now + SIGNING_KEY_LEAD };
    let key = keyring::fresh(active_from, now)?;
    let kid = key.kid.clone();
    let session = Session::new(app.clone(), Actor::system(SystemTask::Platform), RequestMeta::default(), None);
    session.execute(RotateKeys { key, compromised }).await?;
    app.identity().keyring.forget();
    forget_access(app);
    Ok(kid)
}
