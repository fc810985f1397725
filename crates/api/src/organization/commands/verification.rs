//! What platform staff decide about organizations.

use tradehall_domain::access::{Permission, SystemTask};
use tradehall_domain::organization::{Capability, Organization, OrganizationId, Reason};
use tradehall_domain::problem::Problem;
use tradehall_persistence::customer::showing;
use tradehall_persistence::{Turn, Tx, organization};

use crate::app::{Command, Error};

/// One step of platform staff over an organization's verification.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum VerificationDecision {
    /// They begin to look.
    StartReview,
    /// They ask for something else, for this reason.
    RequestChanges(String),
    /// They say no, for this reason.
    Reject(String),
    /// The organization is what it says it is.
    Verify,
    /// They stop it, for this reason.
    Suspend(String),
    /// They let it go on.
    Reinstate,
}

/// Platform staff take one step over an organization's verification.
#[derive(Debug)]
pub struct DecideVerification {
    /// Which organization.
    pub organization: OrganizationId,
    /// Which step.
    pub decision: VerificationDecision,
}

impl Command for DecideVerification {
    const PERMISSION: Permission = Permission::PlatformVerify;
    const ACROSS: Option<SystemTask> = Some(SystemTask::Platform);
    type Output = Organization;

    async fn run(self, tx: &mut Tx) -> Result<Organization, Error> {
        let turn = Turn::take(tx, self.organization).await?;
        let mut dossier = organization::lock_dossier(tx, self.organization).await?;
        let now = tx.now();
        let events = match self.decision {
            VerificationDecision::StartReview => vec![dossier.start_review(now)?],
            VerificationDecision::RequestChanges(reason) => vec![dossier.request_changes(parse(&reason)?, now)?],
            VerificationDecision::Reject(reason) => vec![dossier.reject(parse(&reason)?, now)?],
            VerificationDecision::Verify => dossier.verify(now)?,
            VerificationDecision::Suspend(reason) => vec![dossier.suspend(parse(&reason)?, now)?],
            VerificationDecision::Reinstate => vec![dossier.reinstate(now)?],
        };
        organization::save(tx, &mut dossier, &events)?;
        showing::entitle(tx, &turn).await?;
        Ok(dossier.organization)
    }
}

/// One step of platform staff over a capability.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CapabilityDecision {
    /// They give it.
    Grant,
    /// They do not give it, for this reason.
    Refuse(String),
    /// They stop it, for this reason.
    Suspend(String),
    /// They let it go on.
    Reinstate,
}

/// Platform staff take one step over an organization's capability.
#[derive(Debug)]
pub struct DecideCapability {
    /// Which organization.
    pub organization: OrganizationId,
    /// Which capability.
    pub capability: Capability,
    /// Which step.
    pub decision: CapabilityDecision,
}

impl Command for DecideCapability {
    const PERMISSION: Permission = Permission::PlatformVerify;
    const ACROSS: Option<SystemTask> = Some(SystemTask::Platform);
    type Output = Organization;

    async fn run(self, tx: &mut Tx) -> Result<Organization, Error> {
        let turn = Turn::take(tx, self.organization).await?;
        let mut dossier = organization::lock_dossier(tx, self.organization).await?;
        let event = match self.decision {
            CapabilityDecision::Grant => dossier.grant(self.capability),
            CapabilityDecision::Refuse(reason) => dossier.refuse(self.capability, parse(&reason)?),
            CapabilityDecision::Suspend(reason) => dossier.suspend_capability(self.capability, parse(&reason)?),
            CapabilityDecision::Reinstate => dossier.reinstate_capability(self.capability),
        }?;
        organization::save(tx, &mut dossier, &[event])?;
        showing::entitle(tx, &turn).await?;
        Ok(dossier.organization)
    }
}

fn parse(reason: &str) -> Result<Reason, Problem> {
    Reason::parse(reason).map_err(|problem| problem.at("reason"))
}
