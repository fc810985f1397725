//! Who asks, and what they may do. A permission that nobody granted is not held.

mod permission;
mod role;
#[cfg(test)]
mod tests;

pub use permission::{Permission, PermissionSet};
pub use role::SystemRole;

use crate::identity::{ApiKeyId, UserId};
use crate::organization::{Capability, Entitlement, OrganizationId};
use crate::problem::Problem;

/// Who is behind a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Principal {
    /// Nobody has signed in.
    Anonymous,
    /// A person.
    User(UserId),
    /// A machine of an organization.
    Key(ApiKeyId),
    /// The market itself, at work in the background.
    Market,
}

/// Work that crosses tenants. The list is closed: whoever adds to it argues why no tenant can do it alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum SystemTask {
    /// Finding the account, session or key behind a credential, before anyone is known.
    Authenticate,
    /// Waking what is due: deadlines, expiries.
    Timers,
    /// Opening the quotes of one request for its buyer, who may not read them before; or ending them unread when it calls the request off.
    Opening,
    /// Numbering, chaining and handing out events.
    Relay,
    /// Loading a data set that spans organizations, started by whoever runs the server.
    Import,
    /// Platform staff at work on what every organization shares: verification, users.
    Platform,
    /// Counting for metrics, and checking the event chains.
    Audit,
    /// A person founding an organization or answering its invitation: they act for none that could see the rows.
    Join,
    /// Receiving and handing out files by signed link, where the link is the right, and dropping bytes that nothing references.
    Files,
    /// Concluding, calling off and ending a framework agreement: whichever side does it, it changes prices that are the seller's and who
    /// is shown them; and what is called off must be counted and ordered in one change.
    Agreement,
}

impl SystemTask {
    /// The name under which the database knows the task.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Authenticate => "authenticate",
            Self::Timers => "timers",
            Self::Opening => "opening",
            Self::Relay => "relay",
            Self::Import => "import",
            Self::Platform => "platform",
            Self::Audit => "audit",
            Self::Join => "join",
            Self::Files => "files",
            Self::Agreement => "agreement",
        }
    }
}

/// One who asks: the principal, the organization it acts for, and what it may do there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Actor {
    /// Who is behind the request.
    pub principal: Principal,
    /// The organization acted for. `None` before one is chosen, and for the market itself.
    pub organization: Option<OrganizationId>,
    /// What that organization may act as in the market.
    pub entitlement: Entitlement,
    /// What the principal may do.
    pub permissions: PermissionSet,
    /// The work across tenants that this is part of, if it is.
    pub task: Option<SystemTask>,
}

impl Actor {
    /// Somebody who has not signed in.
    pub const ANONYMOUS: Self = Self {
        principal: Principal::Anonymous,
        organization: None,
        entitlement: Entitlement::NONE,
        permissions: PermissionSet::NONE,
        task: None,
    };

    /// The market itself at `task`.
    #[must_use]
    pub const fn system(task: SystemTask) -> Self {
        Self { principal: Principal::Market, task: Some(task), ..Self::ANONYMOUS }
    }

    /// The same actor at work across tenants: still who it is, and answerable for it.
    #[must_use]
    pub const fn at(self, task: SystemTask) -> Self {
        Self { task: Some(task), ..self }
    }

    /// The person asking, if a person asks.
    #[must_use]
    pub const fn user(&self) -> Option<UserId> {
        match self.principal {
            Principal::User(user) => Some(user),
            _ => None,
        }
    }

    /// Whether anybody is known at all.
    #[must_use]
    pub fn is_anonymous(&self) -> bool {
        self.principal == Principal::Anonymous
    }

    /// Whether the organization acted for may act in `capability` now.
    ///
    /// # Errors
    /// [`Code::NotVerified`](crate::problem::Code::NotVerified) or
    /// [`Code::CapabilityMissing`](crate::problem::Code::CapabilityMissing).
    pub fn may_act_as(&self, capability: Capability) -> Result<(), Problem> {
        self.entitlement.may_act_as(capability)
    }

    /// Whether the actor may do what `permission` names.
    #[must_use]
    pub fn may(&self, permission: Permission) -> bool {
        match (permission, self.principal) {
            (Permission::Anyone | Permission::Visit, _) | (_, Principal::Market) => true,
            (Permission::SignedIn, principal) => principal != Principal::Anonymous,
            (Permission::Person, principal) => matches!(principal, Principal::User(_)),
            (permission, _) => self.permissions.contains(permission),
        }
    }
}

/// The stable identifier of whoever caused an event: person, key, or nobody.
impl From<Principal> for Option<uuid::Uuid> {
    fn from(principal: Principal) -> Self {
        match principal {
            Principal::User(user) => Some(user.uuid()),
            Principal::Key(key) => Some(key.uuid()),
            Principal::Anonymous | Principal::Market => None,
        }
    }
}
