//! What can be done to price lists.

use tradehall_domain::access::Permission;
use tradehall_domain::currency::Currency;
use tradehall_domain::organization::Capability;
use tradehall_domain::pricing::{PriceList, PriceListChange, PriceListDraft, PriceListId, StatusStep};
use tradehall_persistence::{Tx, pricing};
use uuid::Uuid;

use super::Beneficiary;
use crate::app::{Command, Error, IdempotencyKey, Repeatable, acting_as, check_version};

/// Makes a price list, at first as a draft.
#[derive(Debug)]
pub struct CreatePriceList {
    /// Its code.
    pub code: String,
    /// Its name.
    pub name: String,
    /// The currency of its prices.
    pub currency: Currency,
    /// For whom it is.
    pub beneficiary: Beneficiary,
    /// Its priority.
    pub priority: i64,
    /// From when on.
    pub valid_from: Option<jiff::Timestamp>,
    /// Until when.
    pub valid_until: Option<jiff::Timestamp>,
    /// Makes a retry harmless.
    pub key: Option<IdempotencyKey>,
}

impl Command for CreatePriceList {
    const PERMISSION: Permission = Permission::PriceManage;
    type Output = PriceList;

    async fn run(self, tx: &mut Tx) -> Result<PriceList, Error> {
        let seller = acting_as(tx, Capability::Seller)?;
        let (rank, group) = self.beneficiary.group(tx, seller).await?;
        let draft = PriceListDraft {
            code: self.code,
            name: self.name,
            currency: self.currency,
            rank,
            group,
            priority: self.priority,
            valid_from: self.valid_from,
            valid_until: self.valid_until,
        };
        let (list, event) = PriceList::open(&draft, seller, tx.now())?;
        pricing::insert(tx, &list, &event)?;
        Ok(list)
    }
}

impl Repeatable for CreatePriceList {
    const NAME: &'static str = "createPriceList";

    fn key(&self) -> Option<&IdempotencyKey> {
        self.key.as_ref()
    }

    fn receipt(list: &PriceList) -> Vec<Uuid> {
        vec![list.id.uuid()]
    }

    async fn recall(tx: &Tx, made: &[Uuid]) -> Result<PriceList, Error> {
        let id = made.first().copied().map(PriceListId::from_uuid).ok_or(Error::NotFound)?;
        Ok(pricing::load(tx, id).await?)
    }
}

/// Changes a list's name, priority or validity.
#[derive(Debug)]
pub struct RevisePriceList {
    /// Which list.
    pub list: PriceListId,
    /// The version that the change was made against.
    pub expected_version: i64,
    /// What is to change.
    pub change: PriceListChange,
}

impl Command for RevisePriceList {
    const PERMISSION: Permission = Permission::PriceManage;
    type Output = PriceList;

    async fn run(self, tx: &mut Tx) -> Result<PriceList, Error> {
        let mut list = pricing::lock(tx, self.list).await?;
        check_version(list.version, self.expected_version)?;
        if let Some(event) = list.revise(&self.change, tx.now())? {
            pricing::save(tx, &mut list, &event).await?;
        }
        Ok(list)
    }
}

/// Puts a list in force, stops it, takes it up again or ends it.
#[derive(Debug)]
pub struct StepPriceList {
    /// Which list.
    pub list: PriceListId,
    /// What to do.
    pub step: StatusStep,
}

impl Command for StepPriceList {
    const PERMISSION: Permission = Permission::PriceManage;
    type Output = PriceList;

    async fn run(self, tx: &mut Tx) -> Result<PriceList, Error> {
        let mut list = pricing::lock(tx, self.list).await?;
        let event = list.step(self.step, tx.now())?;
        pricing::save(tx, &mut list, &event).await?;
        Ok(list)
    }
}
