//! Keys with which an organization's machines sign in.

use jiff::Timestamp;
use serde::Serialize;

use super::{Digest, UserId};
use crate::access::{Permission, PermissionSet};
use crate::event::DomainEvent;
use crate::id::Id;
use crate::named::Named;
use crate::organization::OrganizationId;
use crate::problem::{Code, Problem, Problems};
use crate::text::ShortText;

/// A machine's credential. It never allows more than its issuer may at the moment of use, so it ends with their membership.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ApiKey {
    /// Which key.
    pub id: ApiKeyId,
    /// For whom it acts.
    pub organization: OrganizationId,
    /// Who issued it.
    pub issuer: UserId,
    /// What people call it.
    pub name: ShortText,
    /// The beginning of the secret, by which people recognise it.
    pub hint: String,
    /// What is kept of the secret.
    pub secret: Digest,
    /// What it may do at most.
    pub scopes: PermissionSet,
    /// When it was issued.
    pub created_at: Timestamp,
    /// When it ends by itself; none for never.
    pub expires_at: Option<Timestamp>,
    /// When it was taken back.
    pub revoked_at: Option<Timestamp>,
    /// Counts its changes.
    pub version: i64,
}

/// The id of an [`ApiKey`].
pub type ApiKeyId = Id<ApiKey>;

/// How many keys of one organization are good at once.
pub const API_KEYS_MAX: u64 = 100;

/// A key to issue, as it was sent.
#[derive(Debug, Clone)]
pub struct ApiKeyDraft {
    /// What people call it.
    pub name: String,
    /// What it may do.
    pub scopes: Vec<Permission>,
    /// When it ends by itself.
    pub expires_at: Option<Timestamp>,
}

impl ApiKey {
    /// Whether an organization with `held` keys can have another.
    ///
    /// # Errors
    /// [`Code::TooMany`] from [`API_KEYS_MAX`] on.
    pub fn has_room(held: u64) -> Result<(), Problem> {
        if held < API_KEYS_MAX { Ok(()) } else { Err(Problem::new(Code::TooMany).with("max", API_KEYS_MAX)) }
    }

    /// Issues a key that may do no more than `held`, the issuer's own permissions.
    ///
    /// # Errors
    /// Everything that is wrong with the draft, at `name`, `scopes` (with the position) and `expiresAt`.
    pub fn issue(
        draft: &ApiKeyDraft,
        organization: OrganizationId,
        issuer: (UserId, PermissionSet),
        secret: (String, Digest),
        now: Timestamp,
    ) -> Result<(Self, ApiKeyEvent), Problems> {
        let (issuer, held) = issuer;
        let (hint, secret) = secret;
        let mut problems = Problems::new();
        let name = problems.take("name", ShortText::parse(&draft.name));
        if draft.scopes.is_empty() {
            problems.push(Problem::new(Code::TooFew).with("min", 1).at("scopes"));
        }
        for (position, scope) in draft.scopes.iter().enumerate() {
            if !scope.is_grantable() || !held.contains(*scope) {
                let problem = Problem::new(Code::ScopeNotHeld).with("scope", scope.name());
                problems.push(problem.at(position).at("scopes"));
            }
        }
        if draft.expires_at.is_some_and(|end| end <= now) {
            problems.push(Problem::new(Code::InPast).at("expiresAt"));
        }
        let name = problems.finish(name)?;
        let scopes: PermissionSet = draft.scopes.iter().copied().collect();
        let key = Self {
            id: Id::new(),
            organization,
            issuer,
            name,
            hint,
            secret,
            scopes,
            created_at: now,
            expires_at: draft.expires_at,
            revoked_at: None,
            version: 1,
        };
        let event = ApiKeyEvent::Issued { scopes: scopes.iter().map(Permission::name).collect() };
        Ok((key, event))
    }

    /// Whether it opens anything.
    #[must_use]
    pub fn is_open(&self, now: Timestamp) -> bool {
        self.revoked_at.is_none() && self.expires_at.is_none_or(|end| now < end)
    }

    /// Takes it back for good.
    ///
    /// # Errors
    /// [`Code::ApiKeyRevoked`] the second time.
    pub fn revoke(&mut self, now: Timestamp) -> Result<ApiKeyEvent, Problem> {
        if self.revoked_at.is_some() {
            return Err(Code::ApiKeyRevoked.into());
        }
        self.revoked_at = Some(now);
        Ok(ApiKeyEvent::Revoked)
    }
}

/// What happens to an API key.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(untagged)]
pub enum ApiKeyEvent {
    /// It was issued.
    Issued {
        /// What it may do, by the names of the permissions.
        scopes: Vec<&'static str>,
    },
    /// It was taken back.
    Revoked,
}

impl DomainEvent for ApiKeyEvent {
    fn kind(&self) -> &'static str {
        match self {
            Self::Issued { .. } => "API_KEY_ISSUED",
            Self::Revoked => "API_KEY_REVOKED",
        }
    }
}
