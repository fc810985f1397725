//! Issuing and revoking API keys.

use async_graphql::{Context, InputObject, Object, Result};
use tradehall_domain::access::Permission;
use tradehall_domain::identity::{ApiKey, ApiKeyDraft};

use super::super::commands::{IssueApiKey, RevokeApiKey};
use super::super::forget_access;
use super::super::secret::{Minted, Purpose};
use super::super::types::ApiKeyNode;
use crate::app::Error;
use crate::graphql::closed::Closed;
use crate::graphql::id::GlobalId;
use crate::graphql::loader::session;
use crate::graphql::payload::payload;
use crate::graphql::scalar::DateTime;

payload! {
    /// What `issueApiKey` answers.
    IssueApiKeyPayload {
        /// The new key.
        api_key: ApiKeyNode,
        /// The secret, for `Authorization: Bearer …`. It is shown this once and kept nowhere.
        secret: String,
    }
}

payload! {
    /// What `revokeApiKey` answers.
    RevokeApiKeyPayload {
        /// The key as it is now.
        api_key: ApiKeyNode,
    }
}

/// A key to issue.
#[derive(Debug, InputObject)]
pub struct IssueApiKeyInput {
    /// What people will call it, 1 to 60 characters.
    pub name: String,
    /// What it may do, each of which the viewer must hold; at most 64.
    #[graphql(validator(max_items = 64))]
    pub scopes: Vec<Closed<Permission>>,
    /// When it ends by itself, in the future; left out for never.
    pub expires_at: Option<DateTime>,
}

/// A key to take back.
#[derive(Debug, InputObject)]
pub struct RevokeApiKeyInput {
    /// Which key.
    pub api_key_id: GlobalId<ApiKey>,
}

/// The root fields that change API keys.
#[derive(Debug, Default)]
pub struct ApiKeyMutation;

#[Object]
impl ApiKeyMutation {
    /// Issues a key for the viewer's organization that may do no more than the viewer. Needs API_KEY_MANAGE and a person. Takes no
    /// `idempotencyKey`: the secret is kept nowhere and cannot be answered again, so a retry issues another key; revoke the one that was lost.
    async fn issue_api_key(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What it is to be.")] input: IssueApiKeyInput,
    ) -> Result<IssueApiKeyPayload> {
        let session = session(ctx)?;
        let draft = ApiKeyDraft {
            name: input.name,
            scopes: input.scopes.into_iter().map(|scope| scope.0).collect(),
            expires_at: input.expires_at.map(|end| end.0),
        };
        let issue = async {
            let secret = Minted::new(Purpose::ApiKey)?;
            let key = session.execute(IssueApiKey { draft, secret: secret.clone() }).await?;
            Ok::<_, Error>((key, secret.text))
        };
        session.answer(issue.await, |(key, secret)| (ApiKeyNode(key), secret))
    }

    /// Takes a key back for good; the next request with it is refused. Needs API_KEY_MANAGE.
    async fn revoke_api_key(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which key.")] input: RevokeApiKeyInput,
    ) -> Result<RevokeApiKeyPayload> {
        let session = session(ctx)?;
        let outcome = session.execute(RevokeApiKey { key: input.api_key_id.0 }).await;
        if outcome.is_ok() {
            forget_access(session.app());
        }
        session.answer(outcome, |key| (ApiKeyNode(key),))
    }
}
