//! What a viewer can do with an object now, and why not what it cannot.

use async_graphql::SimpleObject;
use tradehall_domain::access::Permission;
use tradehall_domain::organization::Capability;
use tradehall_domain::problem::{Code, Problem};

use super::closed::Closed;
use crate::app::Session;

/// Whether the viewer can use a mutation on this object just now.
#[derive(Debug, Clone, SimpleObject)]
pub struct ActionAvailability {
    /// The mutation's name, such as `publishRfq`.
    pub action: &'static str,
    /// Whether it would be accepted, as far as can be told without its input.
    pub allowed: bool,
    /// Why it would not be; null when it would.
    pub reason_code: Option<Closed<Code>>,
    /// The same for people, in the viewer's language.
    pub reason: Option<String>,
}

/// A verb that no status stands in the way of.
pub const ALWAYS: Result<(), Problem> = Ok(());

/// Gathers the availability of an object's verbs for one viewer.
#[derive(Debug)]
pub struct Actions<'a> {
    session: &'a Session,
    actions: Vec<ActionAvailability>,
}

impl<'a> Actions<'a> {
    /// None so far.
    #[must_use]
    pub const fn of(session: &'a Session) -> Self {
        Self { session, actions: Vec::new() }
    }

    /// The verb `action`: refused when the role lacks `permission`, else as the state machine says.
    pub fn add(&mut self, action: &'static str, permission: Permission, check: Result<(), impl Into<Problem>>) {
        let verdict = if self.session.actor().may(permission) {
            check.map_err(Into::into)
        } else {
            Err(Problem::new(Code::PermissionMissing))
        };
        let reason = verdict.as_ref().err().map(|problem| problem.message(self.session.language()));
        let reason_code = verdict.as_ref().err().map(|problem| Closed(problem.code));
        self.actions.push(ActionAvailability { action, allowed: verdict.is_ok(), reason_code, reason });
    }

    /// The verb `action` of an organization that acts in `capability`: refused too when it may not.
    pub fn add_as(
        &mut self,
        capability: Capability,
        action: &'static str,
        permission: Permission,
        check: Result<(), impl Into<Problem>>,
    ) {
        let entitled = self.session.actor().may_act_as(capability);
        self.add(action, permission, entitled.and_then(|()| check.map_err(Into::into)));
    }

    /// The verb of one side: the other side is not told of it at all.
    pub fn on_side(
        &mut self,
        theirs: bool,
        action: &'static str,
        permission: Permission,
        check: Result<(), impl Into<Problem>>,
    ) {
        if theirs {
            self.add(action, permission, check);
        }
    }

    /// All of them, in the order in which they were added.
    #[must_use]
    pub fn done(self) -> Vec<ActionAvailability> {
        self.actions
    }
}
