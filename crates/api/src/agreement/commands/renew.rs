//! Offering a successor.

use jiff::Timestamp;
use tradehall_domain::access::Permission;
use tradehall_domain::agreement::{Agreement, AgreementId};
use tradehall_domain::problem::Code;
use tradehall_persistence::{Tx, agreement};
use uuid::Uuid;

use super::{check_customer, held_to_trade};
use crate::app::{Command, Error, IdempotencyKey, Repeatable};

/// Offers to go on with the same content. The other side can accept, counter or decline it as any offer.
#[derive(Debug)]
pub struct RenewAgreement {
    /// Which agreement.
    pub agreement: AgreementId,
    /// Until when.
    pub valid_until: Timestamp,
    /// Makes a retry harmless.
    pub key: Option<IdempotencyKey>,
}

impl Command for RenewAgreement {
    const PERMISSION: Permission = Permission::AgreementManage;
    type Output = Agreement;

    async fn run(self, tx: &mut Tx) -> Result<Agreement, Error> {
        let (agreement, by) = held_to_trade(tx, self.agreement).await?;
        agreement.can_renew(tx.now())?;
        check_customer(tx, &agreement).await?;
        if agreement::lock_renewal_of(tx, agreement.id).await?.is_some() {
            return Err(Code::RenewalExists.into());
        }
        let version = agreement::current_version(tx, &agreement).await?;
        let (next, version, event) = agreement.renew(by, &version.content, self.valid_until, tx.now())?;
        agreement::insert(tx, &next, &version, &event)?;
        Ok(next)
    }
}

impl Repeatable for RenewAgreement {
    const NAME: &'static str = "renewAgreement";

    fn key(&self) -> Option<&IdempotencyKey> {
        self.key.as_ref()
    }

    fn receipt(output: &Agreement) -> Vec<Uuid> {
        vec![output.id.uuid()]
    }

    async fn recall(tx: &Tx, made: &[Uuid]) -> Result<Agreement, Error> {
        let id = made.first().copied().map(AgreementId::from_uuid).ok_or(Error::NotFound)?;
        Ok(agreement::load(tx, id).await?)
    }
}
