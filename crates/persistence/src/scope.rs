//! Who sees which rows: the rule is written once per entity and applied by [`Tx`](crate::Tx) to every query.

use sea_orm::sea_query::Expr;
use sea_orm::{Condition, EntityTrait};
use tradehall_domain::access::Actor;
use tradehall_domain::organization::OrganizationId;
use uuid::Uuid;

use crate::viewing::{EVERYBODY, VISITOR};

/// What an entity must say before it can be read at all.
pub trait Scoped: EntityTrait {
    /// Which rows `scope` may see. The market's own tasks see all of them and are not asked.
    fn visible_to(scope: &Scope) -> Condition;
}

/// The part of an actor that decides what is visible.
#[derive(Debug, Clone, Copy)]
pub struct Scope {
    organization: Option<OrganizationId>,
    user: Option<Uuid>,
    system: bool,
}

impl Scope {
    pub(crate) fn of(actor: &Actor) -> Self {
        Self {
            organization: actor.organization,
            user: actor.user().map(tradehall_domain::id::Id::uuid),
            system: actor.task.is_some(),
        }
    }

    /// Whether the market itself reads.
    pub(crate) const fn is_system(&self) -> bool {
        self.system
    }

    /// Whether anybody is known to ask.
    pub(crate) const fn is_signed_in(&self) -> bool {
        self.organization.is_some() || self.user.is_some()
    }

    /// Whether a visitor asks: nobody who has signed in, and none of the market's tasks.
    pub(crate) const fn is_visitor(&self) -> bool {
        !self.is_signed_in() && !self.system
    }

    /// As whom in general the one who asks is shown what sellers show: as everybody who is signed in, or else as a visitor, to whom
    /// nothing is shown that does not name visitors. PostgreSQL knows it as `current_audience()`.
    pub(crate) const fn audience(&self) -> Uuid {
        if self.is_visitor() { VISITOR } else { EVERYBODY }
    }

    /// Every number under which the table `viewing` knows the one who asks. There are always two, so that statements stay prepared.
    pub(crate) fn viewers(&self) -> [Uuid; 2] {
        [self.audience(), self.organization.map_or_else(|| self.audience(), tradehall_domain::id::Id::uuid)]
    }

    /// The organization acted for, or the nil UUID, which owns nothing.
    pub(crate) fn organization(&self) -> Uuid {
        self.organization.map_or(Uuid::nil(), tradehall_domain::id::Id::uuid)
    }

    /// The person asking, or the nil UUID, which is nobody.
    pub(crate) fn user(&self) -> Uuid {
        self.user.unwrap_or(Uuid::nil())
    }
}

/// Every row: for entities that hold nothing of any tenant.
pub(crate) fn everyone() -> Condition {
    Condition::all()
}

/// No row: for entities that only the market's own tasks read.
pub(crate) fn nobody() -> Condition {
    Condition::all().add(Expr::value(false))
}
