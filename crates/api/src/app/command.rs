//! A change that can be asked for.

use std::future::Future;

use tradehall_domain::access::{Permission, SystemTask};
use tradehall_domain::organization::{Capability, OrganizationId};
use tradehall_domain::problem::{Code, Problem};
use tradehall_persistence::Tx;
use uuid::Uuid;

use super::Error;

/// One thing an actor can ask for, done whole or not at all.
pub trait Command: Send {
    /// What the actor must be allowed. There is no default: forgetting it does not compile.
    const PERMISSION: Permission;

    /// The work across tenants that the command is, for the few that are.
    const ACROSS: Option<SystemTask> = None;

    /// What it answers.
    type Output: Send;

    /// Loads, decides and saves. Whatever it wrote is kept only if it answers `Ok`.
    fn run(self, tx: &mut Tx) -> impl Future<Output = Result<Self::Output, Error>> + Send;
}

/// A command that may be sent twice and is done once, when its caller gives it a key.
pub trait Repeatable: Command + std::fmt::Debug {
    /// The command's name, kept with the key.
    const NAME: &'static str;

    /// The caller's key for this one request.
    fn key(&self) -> Option<&IdempotencyKey>;

    /// The ids of what was made: enough to answer the same again.
    fn receipt(output: &Self::Output) -> Vec<Uuid>;

    /// The first answer again, as things stand now.
    fn recall(tx: &Tx, made: &[Uuid]) -> impl Future<Output = Result<Self::Output, Error>> + Send;
}

/// The organization that the actor acts for.
///
/// # Errors
/// [`Code::NoOrganization`] when none was chosen.
pub fn organization_of(tx: &Tx) -> Result<OrganizationId, Error> {
    tx.actor().organization.ok_or_else(|| Code::NoOrganization.into())
}

/// The same, where the organization has to be entitled to act in `capability` now.
///
/// # Errors
/// [`Code::NoOrganization`], [`Code::NotVerified`] or [`Code::CapabilityMissing`].
pub fn acting_as(tx: &Tx, capability: Capability) -> Result<OrganizationId, Error> {
    let organization = organization_of(tx)?;
    tx.actor().may_act_as(capability)?;
    Ok(organization)
}

/// Refuses a change that was made against another version of what it changes.
///
/// # Errors
/// [`Code::Stale`].
pub fn check_version(version: i64, expected: i64) -> Result<(), Error> {
    if version == expected { Ok(()) } else { Err(Code::Stale.into()) }
}

/// A client's name for one request, 8 to 128 visible ASCII characters; a UUID is a good one. Kept for at least 24 hours.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IdempotencyKey(String);

impl IdempotencyKey {
    /// The key that a client sent.
    ///
    /// # Errors
    /// [`Code::Invalid`], [`Code::TooShort`] or [`Code::TooLong`].
    pub fn parse(key: &str) -> Result<Self, Problem> {
        if !key.bytes().all(|byte| byte.is_ascii_graphic()) {
            return Err(Code::Invalid.into());
        }
        match key.len() {
            0..8 => Err(Problem::new(Code::TooShort).with("min", 8)),
            8..=128 => Ok(Self(key.to_owned())),
            _ => Err(Problem::new(Code::TooLong).with("max", 128)),
        }
    }

    /// The key in the input field `idempotencyKey`.
    ///
    /// # Errors
    /// As [`IdempotencyKey::parse`], at that field.
    pub fn required(key: &str) -> Result<Self, Problem> {
        Self::parse(key).map_err(|problem| problem.at("idempotencyKey"))
    }

    /// The same where the field may be left out.
    ///
    /// # Errors
    /// As [`IdempotencyKey::required`].
    pub fn of_input(key: Option<&str>) -> Result<Option<Self>, Problem> {
        key.map(Self::required).transpose()
    }

    /// The key as it was sent.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}
