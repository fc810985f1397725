//! Issuing and revoking API keys.

use tradehall_domain::access::Permission;
use tradehall_domain::identity::{ApiKey, ApiKeyDraft, ApiKeyId};
use tradehall_persistence::{Tx, identity};

use super::super::secret::Minted;
use crate::app::{Command, Error, organization_of};

/// Issues a key for the actor's organization.
#[derive(Debug)]
pub struct IssueApiKey {
    /// What it is to be.
    pub draft: ApiKeyDraft,
    /// The secret to hand out.
    pub secret: Minted,
}

impl Command for IssueApiKey {
    const PERMISSION: Permission = Permission::ApiKeyManage;
    type Output = ApiKey;

    async fn run(self, tx: &mut Tx) -> Result<ApiKey, Error> {
        let organization = organization_of(tx)?;
        // A key that could issue keys would outlive its own revocation.
        let issuer = tx.actor().user().ok_or(Error::Forbidden(Permission::Person))?;
        let held = tx.actor().permissions;
        ApiKey::has_room(identity::count_api_keys(tx, organization).await?)?;
        let secret = (self.secret.hint(), self.secret.digest);
        let (key, event) = ApiKey::issue(&self.draft, organization, (issuer, held), secret, tx.now())?;
        identity::insert_api_key(tx, &key, &event)?;
        Ok(key)
    }
}

/// Takes a key back for good.
#[derive(Debug)]
pub struct RevokeApiKey {
    /// Which key.
    pub key: ApiKeyId,
}

impl Command for RevokeApiKey {
    const PERMISSION: Permission = Permission::ApiKeyManage;
    type Output = ApiKey;

    async fn run(self, tx: &mut Tx) -> Result<ApiKey, Error> {
        let mut key = identity::lock_api_key(tx, self.key).await?;
        let event = key.revoke(tx.now())?;
        identity::save_api_key(tx, &mut key, &event)?;
        Ok(key)
    }
}
