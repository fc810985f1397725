//! Offering, countering, accepting, and ending a negotiation without a result.

use tradehall_domain::access::{Permission, SystemTask};
use tradehall_domain::agreement::{Agreement, AgreementDraft, AgreementId, AgreementLine, ContentHash};
use tradehall_persistence::{Turn, Tx, agreement};

use super::{check_customer, content, held, held_to_trade, reason, side_of};
use crate::app::{Command, Error, organization_of};

/// Puts a draft on the table.
#[derive(Debug)]
pub struct OfferAgreement {
    /// Which agreement.
    pub agreement: AgreementId,
}

impl Command for OfferAgreement {
    const PERMISSION: Permission = Permission::AgreementManage;
    type Output = Agreement;

    async fn run(self, tx: &mut Tx) -> Result<Agreement, Error> {
        let (mut agreement, by) = held_to_trade(tx, self.agreement).await?;
        agreement.is_drafted_by(by, tx.now())?;
        check_customer(tx, &agreement).await?;
        let mut version = agreement::current_version(tx, &agreement).await?;
        let event = agreement.offer(by, &mut version, tx.now())?;
        agreement::save_version(tx, &mut version)?;
        agreement::save(tx, &mut agreement, &[event])?;
        Ok(agreement)
    }
}

/// Answers an offer with another one.
#[derive(Debug)]
pub struct CounterAgreement {
    /// Which agreement.
    pub agreement: AgreementId,
    /// What is offered instead.
    pub draft: AgreementDraft,
}

impl Command for CounterAgreement {
    const PERMISSION: Permission = Permission::AgreementManage;
    type Output = Agreement;

    async fn run(self, tx: &mut Tx) -> Result<Agreement, Error> {
        let (mut agreement, by) = held_to_trade(tx, self.agreement).await?;
        agreement.awaits_answer_of(by, tx.now())?;
        check_customer(tx, &agreement).await?;
        let content = content(tx, &self.draft, agreement.seller).await?;
        let (version, event) = agreement.counter(by, content, tx.now())?;
        agreement::insert_version(tx, &version)?;
        agreement::save(tx, &mut agreement, &[event])?;
        Ok(agreement)
    }
}

/// Accepts exactly the offer that was read.
#[derive(Debug)]
pub struct AcceptAgreement {
    /// Which agreement.
    pub agreement: AgreementId,
    /// What names the content that was read.
    pub hash: String,
}

impl Command for AcceptAgreement {
    const PERMISSION: Permission = Permission::AgreementManage;
    // A buyer that accepts makes prices that are its seller's rows.
    const ACROSS: Option<SystemTask> = Some(SystemTask::Agreement);
    type Output = Agreement;

    async fn run(self, tx: &mut Tx) -> Result<Agreement, Error> {
        let hash = ContentHash::parse(&self.hash).map_err(|problem| problem.at("hash"))?;
        let known = agreement::load(tx, self.agreement).await?;
        side_of(&known, organization_of(tx)?)?;
        // What it goes on from is older and so is locked first.
        let predecessor = match known.predecessor {
            Some(predecessor) => Some(agreement::lock(tx, predecessor).await?),
            None => None,
        };
        let (mut agreement, by) = held_to_trade(tx, self.agreement).await?;
        let event = agreement.accept(by, &hash, tx.now())?;
        let turn = Turn::take(tx, agreement.seller).await?;
        check_customer(tx, &agreement).await?;
        let version = agreement::current_version(tx, &agreement).await?;
        let lines = AgreementLine::open_all(&agreement, &version.content.lines);
        agreement::save(tx, &mut agreement, &[event])?;
        agreement::insert_lines(tx, &agreement, &lines)?;
        agreement::put_in_force(tx, &turn, &agreement, &lines).await?;
        // One that was ended meanwhile is not renewed by this; both stand for themselves.
        if let Some(mut predecessor) = predecessor.filter(|before| before.can_renew(tx.now()).is_ok()) {
            let event = predecessor.renewed_by(&agreement);
            agreement::save(tx, &mut predecessor, &[event])?;
        }
        Ok(agreement)
    }
}

/// Says no to an offer.
#[derive(Debug)]
pub struct DeclineAgreement {
    /// Which agreement.
    pub agreement: AgreementId,
    /// Why.
    pub reason: String,
}

impl Command for DeclineAgreement {
    const PERMISSION: Permission = Permission::AgreementManage;
    type Output = Agreement;

    async fn run(self, tx: &mut Tx) -> Result<Agreement, Error> {
        let reason = reason(&self.reason)?;
        let (mut agreement, by) = held(tx, self.agreement).await?;
        let event = agreement.decline(by, reason, tx.now())?;
        agreement::save(tx, &mut agreement, &[event])?;
        Ok(agreement)
    }
}

/// Takes an offer back.
#[derive(Debug)]
pub struct WithdrawAgreementOffer {
    /// Which agreement.
    pub agreement: AgreementId,
}

impl Command for WithdrawAgreementOffer {
    const PERMISSION: Permission = Permission::AgreementManage;
    type Output = Agreement;

    async fn run(self, tx: &mut Tx) -> Result<Agreement, Error> {
        let (mut agreement, by) = held(tx, self.agreement).await?;
        let event = agreement.withdraw(by, tx.now())?;
        agreement::save(tx, &mut agreement, &[event])?;
        Ok(agreement)
    }
}
