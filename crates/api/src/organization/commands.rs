//! What can be done to organizations, their units, their people and their roles.

mod invitation;
mod membership;
mod profile;
mod role;
mod unit;
mod verification;

pub use invitation::{AnswerInvitation, InvitationAnswer, InviteMember, RevokeInvitation};
pub use membership::{ChangeMembership, LeaveOrganization, MembershipStep, StepMembership};
pub use profile::{AmendOrganization, ApplyForCapability, CreateOrganization, SubmitVerification};
pub use role::{AmendRole, DefineRole, DeleteRole};
pub use unit::{AddUnit, AmendUnit, ArchiveUnit, MoveUnit};
pub use verification::{CapabilityDecision, DecideCapability, DecideVerification, VerificationDecision};

use tradehall_domain::identity::UserId;
use tradehall_domain::problem::{Code, Problem};
use tradehall_persistence::{Tx, organization};

use crate::app::Error;

/// The most organizations that one person belongs to.
pub const MEMBERSHIPS_MAX: usize = 100;

/// The person who asks, who can belong to one more organization.
async fn newcomer(tx: &Tx) -> Result<UserId, Error> {
    let user = tx.actor().user().ok_or(Error::Unauthenticated)?;
    if organization::memberships_of(tx, user).await?.len() >= MEMBERSHIPS_MAX {
        return Err(Problem::new(Code::TooMany).with("max", MEMBERSHIPS_MAX).into());
    }
    Ok(user)
}
