//! People, keys and the viewer as clients see them.

use async_graphql::{Context, Description, ID, Object, Result, SimpleObject};
use tradehall_domain::access::{Actor, Permission, Principal};
use tradehall_domain::identity::{ApiKey, User};
use tradehall_domain::language::Language;
use tradehall_persistence::organization;

use super::secret::Minted;
use super::token;
use crate::app::Session;
use crate::graphql::action::{ActionAvailability, Actions};
use crate::graphql::closed::Closed;
use crate::graphql::id::{global, node_types};
use crate::graphql::loader::{load_maybe, load_one, session};
use crate::graphql::scalar::DateTime;
use crate::organization::{MembershipNode, OrganizationNode};

node_types! { User => "User", ApiKey => "ApiKey" }

/// A person with an account. Seen by themselves and by the members of their organizations.
#[derive(Debug, Clone, Description)]
pub struct UserNode(pub User);

#[Object(name = "User", use_type_description)]
impl UserNode {
    /// The opaque global id.
    pub async fn id(&self) -> ID {
        global(self.0.id)
    }

    /// What others call them, 1 to 200 characters.
    async fn full_name(&self) -> &str {
        self.0.full_name.as_str()
    }

    /// The e-mail address, which was confirmed and with which they sign in.
    async fn email(&self) -> &str {
        self.0.email.as_str()
    }

    /// The language of the mails that they get; answers follow `Accept-Language` instead.
    async fn language(&self) -> Closed<Language> {
        self.0.language.into()
    }

    /// When the account was opened.
    async fn created_at(&self) -> DateTime {
        DateTime(self.0.created_at)
    }
}

/// A credential of an organization's machines. Seen by its members who hold API_KEY_MANAGE; the secret itself is never shown again.
#[derive(Debug, Clone, Description)]
pub struct ApiKeyNode(pub ApiKey);

#[Object(name = "ApiKey", use_type_description)]
impl ApiKeyNode {
    /// The opaque global id.
    pub async fn id(&self) -> ID {
        global(self.0.id)
    }

    /// What people call it, 1 to 60 characters.
    async fn name(&self) -> &str {
        self.0.name.as_str()
    }

    /// The first 8 characters of the secret, by which it is recognised in a configuration.
    async fn hint(&self) -> &str {
        &self.0.hint
    }

    /// What it may do at most; at each use it may no more than its issuer may then.
    async fn scopes(&self) -> Vec<Closed<Permission>> {
        self.0.scopes.iter().map(Closed).collect()
    }

    /// The organization that it acts for.
    async fn organization(&self, ctx: &Context<'_>) -> Result<OrganizationNode> {
        load_one(ctx, self.0.organization).await.map(OrganizationNode)
    }

    /// Who issued it; null once they left the organization, which ends the key too.
    async fn issuer(&self, ctx: &Context<'_>) -> Result<Option<UserNode>> {
        Ok(load_maybe(ctx, self.0.issuer).await?.map(UserNode))
    }

    /// When it was issued.
    async fn created_at(&self) -> DateTime {
        DateTime(self.0.created_at)
    }

    /// When it ends by itself; null for never.
    async fn expires_at(&self) -> Option<DateTime> {
        self.0.expires_at.map(DateTime)
    }

    /// When it was taken back; null while it was not.
    async fn revoked_at(&self) -> Option<DateTime> {
        self.0.revoked_at.map(DateTime)
    }

    /// What the viewer can do with the key now.
    async fn available_actions(&self, ctx: &Context<'_>) -> Result<Vec<ActionAvailability>> {
        let session = session(ctx)?;
        let now = session.app().store().now();
        let mut actions = Actions::of(session);
        actions.add("revokeApiKey", Permission::ApiKeyManage, self.0.clone().revoke(now).map(drop));
        Ok(actions.done())
    }
}

/// Who is asking, and what they may do.
#[derive(Debug, Description)]
pub struct Viewer {
    actor: Actor,
    expires_at: Option<DateTime>,
}

impl Viewer {
    /// Whoever sends this request.
    pub(super) fn of(session: &Session) -> Self {
        Self { actor: *session.actor(), expires_at: session.expires_at().map(DateTime) }
    }
}

#[Object(use_type_description)]
impl Viewer {
    /// The person who asks; null when an API key does.
    async fn user(&self, ctx: &Context<'_>) -> Result<Option<UserNode>> {
        match self.actor.principal {
            Principal::User(user) => Ok(load_maybe(ctx, user).await?.map(UserNode)),
            _ => Ok(None),
        }
    }

    /// The organization that they act for; null before one is chosen at `signIn` or by `switchOrganization`.
    async fn organization(&self, ctx: &Context<'_>) -> Result<Option<OrganizationNode>> {
        match self.actor.organization {
            Some(organization) => Ok(load_maybe(ctx, organization).await?.map(OrganizationNode)),
            None => Ok(None),
        }
    }

    /// The memberships of the person that have not ended, at most 100, oldest first: what `switchOrganization` can choose from. None for an
    /// API key.
    async fn memberships(&self, ctx: &Context<'_>) -> Result<Vec<MembershipNode>> {
        let Some(user) = self.actor.user() else { return Ok(Vec::new()) };
        let session = session(ctx)?;
        let tx = session.reading().await.map_err(|error| session.fail(error))?;
        let found = organization::memberships_of(&tx, user).await.map_err(|error| session.fail(error.into()))?;
        Ok(found.into_iter().map(MembershipNode).collect())
    }

    /// What they may do there, by their roles as of a moment ago.
    async fn permissions(&self) -> Vec<Closed<Permission>> {
        self.actor.permissions.iter().map(Closed).collect()
    }

    /// When the credential of this request ends; null for one that does not.
    async fn expires_at(&self) -> Option<DateTime> {
        self.expires_at
    }
}

/// A secret as it is handed out, with its end.
#[derive(SimpleObject)]
pub struct Token {
    /// The secret itself. Keep it where scripts of a page cannot read it.
    pub token: String,
    /// When it ends.
    pub expires_at: DateTime,
}

impl From<token::AccessToken> for Token {
    fn from(token: token::AccessToken) -> Self {
        Self { token: token.text, expires_at: DateTime(token.expires_at) }
    }
}

impl From<(Minted, jiff::Timestamp)> for Token {
    fn from((minted, expires_at): (Minted, jiff::Timestamp)) -> Self {
        Self { token: minted.text, expires_at: DateTime(expires_at) }
    }
}
