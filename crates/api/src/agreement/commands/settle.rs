//! What happens at the end of an agreement without anybody asking.

use tradehall_domain::access::{Permission, SystemTask};
use tradehall_domain::agreement::{Agreement, AgreementEvent, AgreementId, AgreementLine, AgreementState};
use tradehall_persistence::{Turn, Tx, agreement};

use super::is_customer;
use crate::app::{Command, Error};

/// The end of an agreement has come: it goes on by itself or is over, and what was promised and not called off is told.
#[derive(Debug)]
pub struct SettleAgreement {
    /// Which agreement.
    pub agreement: AgreementId,
}

impl Command for SettleAgreement {
    const PERMISSION: Permission = Permission::PlatformOperate;
    const ACROSS: Option<SystemTask> = Some(SystemTask::Timers);
    type Output = Agreement;

    async fn run(self, tx: &mut Tx) -> Result<Agreement, Error> {
        let mut agreement = agreement::lock(tx, self.agreement).await?;
        let turn = Turn::take(tx, agreement.seller).await?;
        let lines = agreement::lines_of(tx, &[agreement.id]).await?;
        let mut events = Vec::new();
        let is_over = agreement.due().is_some_and(|end| end <= tx.now());
        if is_over && agreement.renews_until().is_some() && is_customer(tx, &agreement).await? {
            events.push(go_on(tx, &turn, &mut agreement).await?);
        }
        events.extend(agreement.settle(&lines, tx.now())?);
        agreement::save(tx, &mut agreement, &events)?;
        agreement::stop(tx, &turn, &agreement).await?;
        Ok(agreement)
    }
}

/// What it goes on by: a renewal that was accepted after its end and before that was seen to, else a successor with the same content, and
/// an offer that is still open has become pointless.
async fn go_on(tx: &mut Tx, turn: &Turn, agreement: &mut Agreement) -> Result<AgreementEvent, Error> {
    let now = tx.now();
    if let Some(mut renewal) = agreement::lock_renewal_of(tx, agreement.id).await? {
        if renewal.state != AgreementState::Offered {
            return Ok(agreement.renewed_by(&renewal));
        }
        let event = renewal.lapse(now)?;
        agreement::save(tx, &mut renewal, &[event])?;
        // First out of the way: one thing goes on from an agreement.
        tx.flush().await?;
    }
    let version = agreement::current_version(tx, agreement).await?;
    let (next, version, event) = agreement.renew_by_itself(&version.content, now)?;
    let lines = AgreementLine::open_all(&next, &version.content.lines);
    agreement::insert(tx, &next, &version, &event)?;
    agreement::insert_lines(tx, &next, &lines)?;
    agreement::put_in_force(tx, turn, &next, &lines).await?;
    Ok(agreement.renewed_by(&next))
}
