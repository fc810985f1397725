//! Beginning a version, and the steps of its life that change no product.

use jiff::Timestamp;
use tradehall_domain::access::Permission;
use tradehall_domain::id::Id;
use tradehall_domain::publishing::{CatalogVersion, CatalogVersionId};
use tradehall_persistence::Tx;
use tradehall_persistence::publishing::version;
use uuid::Uuid;

use super::owned;
use crate::app::{Command, Error, IdempotencyKey, Repeatable, organization_of};

/// Begins a version of the catalog of the actor's organization.
#[derive(Debug)]
pub struct CreateCatalogVersion {
    /// What people are to call it.
    pub name: String,
    /// Makes a retry harmless.
    pub key: Option<IdempotencyKey>,
}

impl Command for CreateCatalogVersion {
    const PERMISSION: Permission = Permission::CatalogManage;
    type Output = CatalogVersion;

    async fn run(self, tx: &mut Tx) -> Result<CatalogVersion, Error> {
        let owner = organization_of(tx)?;
        let open = version::open_of(tx, owner).await?;
        let (version, event) = CatalogVersion::open(&self.name, owner, open, tx.now())?;
        version::insert(tx, &version, &event)?;
        Ok(version)
    }
}

impl Repeatable for CreateCatalogVersion {
    const NAME: &'static str = "createCatalogVersion";

    fn key(&self) -> Option<&IdempotencyKey> {
        self.key.as_ref()
    }

    fn receipt(version: &CatalogVersion) -> Vec<Uuid> {
        vec![version.id.uuid()]
    }

    async fn recall(tx: &Tx, made: &[Uuid]) -> Result<CatalogVersion, Error> {
        let id = made.first().copied().ok_or(Error::NotFound)?;
        Ok(version::load(tx, Id::from_uuid(id)).await?)
    }
}

/// What its owner does with a version.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum VersionStep {
    /// Hands it over for review.
    Submit,
    /// Gives it back to be written on.
    Return,
    /// Gives it up.
    Cancel,
}

/// Hands a version over, gives it back, or gives it up.
#[derive(Debug)]
pub struct StepCatalogVersion {
    /// Which version.
    pub version: CatalogVersionId,
    /// What to do.
    pub step: VersionStep,
}

impl Command for StepCatalogVersion {
    const PERMISSION: Permission = Permission::CatalogManage;
    type Output = CatalogVersion;

    async fn run(self, tx: &mut Tx) -> Result<CatalogVersion, Error> {
        let mut version = owned(tx, self.version).await?;
        let event = match self.step {
            VersionStep::Submit => version.submit(tx.now()),
            VersionStep::Return => version.send_back(tx.now()),
            VersionStep::Cancel => version.cancel(tx.now()),
        }?;
        version::save(tx, &mut version, &event)?;
        Ok(version)
    }
}

/// Lets a version go live by itself.
#[derive(Debug)]
pub struct ScheduleCatalogVersion {
    /// Which version.
    pub version: CatalogVersionId,
    /// When.
    pub publish_at: Timestamp,
}

impl Command for ScheduleCatalogVersion {
    const PERMISSION: Permission = Permission::CatalogManage;
    type Output = CatalogVersion;

    async fn run(self, tx: &mut Tx) -> Result<CatalogVersion, Error> {
        let mut version = owned(tx, self.version).await?;
        let event = version.schedule(self.publish_at, tx.now())?;
        version::save(tx, &mut version, &event)?;
        Ok(version)
    }
}
