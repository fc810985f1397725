//! Callers who stay: a subscription outlives many changes of what its subscriber may do.

use std::sync::atomic::Ordering;

use jiff::Timestamp;
use tradehall_domain::access::{Actor, Principal, SystemTask};
use tradehall_domain::organization::OrganizationId;
use tradehall_persistence::organization::Access;
use tradehall_persistence::{Meter, identity, organization};

use super::authenticate::STAFF;
use crate::app::{App, Error, Session};

/// A caller whose present access is looked up again and again, as seldom as every request's is: after a change of access in this
/// process, and after [`recheck`](super::IdentitySettings::recheck).
#[derive(Debug)]
pub struct LongSession {
    session: Session,
    checked_at: Timestamp,
    epoch: u64,
}

impl LongSession {
    /// A caller who was let in a moment ago.
    #[must_use]
    pub fn new(session: &Session) -> Self {
        let epoch = session.app().identity().epoch.load(Ordering::Acquire);
        Self { session: session.renewed(), checked_at: session.app().store().now(), epoch }
    }

    /// The market.
    #[must_use]
    pub const fn app(&self) -> &App {
        self.session.app()
    }

    /// The organization acted for, which stays the same.
    #[must_use]
    pub const fn organization(&self) -> Option<OrganizationId> {
        self.session.actor().organization
    }

    /// The caller with what it may do now, for one piece of work of its own.
    ///
    /// # Errors
    /// [`Error::Unauthenticated`] when its credential, login, key or membership has ended; or that the database is away.
    pub async fn present(&mut self) -> Result<Session, Error> {
        let room = self.session.app().identity();
        let now = self.session.app().store().now();
        if self.session.expires_at().is_some_and(|end| end <= now) {
            return Err(Error::Unauthenticated);
        }
        // Read before the database is: a change that comes after the lookup then has it looked up again.
        let epoch = room.epoch.load(Ordering::Acquire);
        if epoch != self.epoch || now.duration_since(self.checked_at) >= room.settings().recheck {
            let actor = present(&self.session).await?;
            self.session = self.session.renewed_as(actor);
            (self.checked_at, self.epoch) = (now, epoch);
        }
        Ok(self.session.renewed())
    }
}

/// The caller with what it may do now.
async fn present(session: &Session) -> Result<Actor, Error> {
    let actor = *session.actor();
    let tx = session.app().store().read(Actor::system(SystemTask::Authenticate), Meter::default()).await?;
    let held =
        async |user, organization| organization::access(&tx, user, organization).await?.ok_or(Error::Unauthenticated);
    match (actor.principal, session.login()) {
        (Principal::User(user), Some(login)) => {
            let standing = identity::standing(&tx, login).await?;
            let standing = standing.filter(|standing| standing.user == user && standing.is_open);
            let standing = standing.ok_or(Error::Unauthenticated)?;
            let held = match actor.organization {
                Some(organization) => held(user, organization).await?,
                None => Access::NONE,
            };
            let permissions = if standing.staff { held.permissions.union(STAFF) } else { held.permissions };
            Ok(Actor { permissions, entitlement: held.entitlement, ..actor })
        }
        (Principal::Key(id), _) => {
            let found = identity::load_api_keys(&tx, &[id]).await?;
            let key = found.into_iter().next().filter(|key| key.is_open(tx.now())).ok_or(Error::Unauthenticated)?;
            let held = held(key.issuer, key.organization).await?;
            let permissions = key.scopes.intersection(held.permissions);
            Ok(Actor { permissions, entitlement: held.entitlement, ..actor })
        }
        // Nobody, the market itself, or a person whom this process made without a login: nothing that could end.
        (Principal::Anonymous | Principal::Market | Principal::User(_), _) => Ok(actor),
    }
}
