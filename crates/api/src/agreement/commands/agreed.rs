//! Suspending, giving notice and terminating.

use jiff::Timestamp;
use tradehall_domain::access::{Permission, SystemTask};
use tradehall_domain::agreement::{Agreement, AgreementId};
use tradehall_domain::side::{As, Seller};
use tradehall_persistence::{Turn, Tx, agreement};

use super::{check_customer, held, reason};
use crate::app::{Command, Error, organization_of};

/// The seller stops an agreement for now.
#[derive(Debug)]
pub struct SuspendAgreement {
    /// Which agreement.
    pub agreement: AgreementId,
    /// Why.
    pub reason: String,
}

impl Command for SuspendAgreement {
    const PERMISSION: Permission = Permission::AgreementManage;
    type Output = Agreement;

    async fn run(self, tx: &mut Tx) -> Result<Agreement, Error> {
        let reason = reason(&self.reason)?;
        let mut agreement = sold(tx, self.agreement).await?;
        let event = agreement.suspend(reason, tx.now())?;
        let turn = Turn::take(tx, agreement.seller).await?;
        agreement::save(tx, &mut agreement, &[event])?;
        agreement::stop(tx, &turn, &agreement).await?;
        Ok(agreement.release())
    }
}

/// The seller takes a suspended agreement up again.
#[derive(Debug)]
pub struct ResumeAgreement {
    /// Which agreement.
    pub agreement: AgreementId,
}

impl Command for ResumeAgreement {
    const PERMISSION: Permission = Permission::AgreementManage;
    type Output = Agreement;

    async fn run(self, tx: &mut Tx) -> Result<Agreement, Error> {
        let mut agreement = sold(tx, self.agreement).await?;
        let event = agreement.resume(tx.now())?;
        let turn = Turn::take(tx, agreement.seller).await?;
        check_customer(tx, &agreement).await?;
        let lines = agreement::lines_of(tx, &[agreement.id]).await?;
        agreement::save(tx, &mut agreement, &[event])?;
        agreement::put_in_force(tx, &turn, &agreement, &lines).await?;
        Ok(agreement.release())
    }
}

/// An agreement in its seller's hands, locked.
async fn sold(tx: &mut Tx, id: AgreementId) -> Result<As<Seller, Agreement>, Error> {
    let own = organization_of(tx)?;
    let (agreement, _) = held(tx, id).await?;
    Ok(As::claim(agreement, Some(own))?)
}

/// Either side does not want an agreement to go on by itself.
#[derive(Debug)]
pub struct GiveNotice {
    /// Which agreement.
    pub agreement: AgreementId,
}

impl Command for GiveNotice {
    const PERMISSION: Permission = Permission::AgreementManage;
    type Output = Agreement;

    async fn run(self, tx: &mut Tx) -> Result<Agreement, Error> {
        let (mut agreement, by) = held(tx, self.agreement).await?;
        let event = agreement.give_notice(by, tx.now())?;
        agreement::save(tx, &mut agreement, &[event])?;
        Ok(agreement)
    }
}

/// Either side ends an agreement before its time, at once or later.
#[derive(Debug)]
pub struct TerminateAgreement {
    /// Which agreement.
    pub agreement: AgreementId,
    /// Why.
    pub reason: String,
    /// When; at once when left out.
    pub effective_at: Option<Timestamp>,
}

impl Command for TerminateAgreement {
    const PERMISSION: Permission = Permission::AgreementManage;
    // A buyer that ends it ends prices that are its seller's rows.
    const ACROSS: Option<SystemTask> = Some(SystemTask::Agreement);
    type Output = Agreement;

    async fn run(self, tx: &mut Tx) -> Result<Agreement, Error> {
        let reason = reason(&self.reason)?;
        let (mut agreement, by) = held(tx, self.agreement).await?;
        let now = tx.now();
        let mut events = vec![agreement.terminate(by, reason, self.effective_at, now)?];
        if agreement.ends_at() > now {
            agreement::save(tx, &mut agreement, &events)?;
            agreement::count(tx, &agreement).await?;
        } else {
            let turn = Turn::take(tx, agreement.seller).await?;
            let lines = agreement::lines_of(tx, &[agreement.id]).await?;
            events.extend(agreement.settle(&lines, now)?);
            agreement::save(tx, &mut agreement, &events)?;
            agreement::stop(tx, &turn, &agreement).await?;
        }
        Ok(agreement)
    }
}
