//! A version goes live: by its owner's word, or by itself when its time has come.

use tradehall_domain::access::{Permission, SystemTask};
use tradehall_domain::problem::{Code, Problem};
use tradehall_domain::publishing::{CatalogVersion, CatalogVersionId};
use tradehall_persistence::Tx;
use tradehall_persistence::customer::sorting;
use tradehall_persistence::publishing::{change, conflict, publication, version};

use super::owned;
use crate::app::{Command, Error};

/// How many products are sorted into assortments together.
const PRODUCTS_AT_ONCE: u64 = 5_000;

/// Publishes a version now.
#[derive(Debug)]
pub struct PublishCatalogVersion {
    /// Which version.
    pub version: CatalogVersionId,
}

impl Command for PublishCatalogVersion {
    const PERMISSION: Permission = Permission::CatalogManage;
    type Output = CatalogVersion;

    async fn run(self, tx: &mut Tx) -> Result<CatalogVersion, Error> {
        let version = owned(tx, self.version).await?;
        publish(tx, version).await
    }
}

/// Publishes a version whose time has come. Only the worker asks for this.
#[derive(Debug)]
pub struct PublishDueVersion {
    /// Which version.
    pub version: CatalogVersionId,
}

impl Command for PublishDueVersion {
    const PERMISSION: Permission = Permission::PlatformOperate;
    const ACROSS: Option<SystemTask> = Some(SystemTask::Timers);
    type Output = CatalogVersion;

    async fn run(self, tx: &mut Tx) -> Result<CatalogVersion, Error> {
        let version = version::lock(tx, self.version).await?;
        if version.publish_at.is_none_or(|at| at > tx.now()) {
            return Err(Problem::new(Code::CatalogVersionStatus).with("status", version.status).into());
        }
        publish(tx, version).await
    }
}

/// Takes a version whose time had come back into review, because it could not go live. Only the worker asks for this.
#[derive(Debug)]
pub struct HoldCatalogVersion {
    /// Which version.
    pub version: CatalogVersionId,
    /// Why.
    pub reason: Code,
}

impl Command for HoldCatalogVersion {
    const PERMISSION: Permission = Permission::PlatformOperate;
    const ACROSS: Option<SystemTask> = Some(SystemTask::Timers);
    type Output = CatalogVersion;

    async fn run(self, tx: &mut Tx) -> Result<CatalogVersion, Error> {
        let mut version = version::lock(tx, self.version).await?;
        let event = version.hold(self.reason, tx.now())?;
        version::save(tx, &mut version, &event)?;
        Ok(version)
    }
}

/// Does everything that a locked version says, whole or not at all.
async fn publish(tx: &mut Tx, mut version: CatalogVersion) -> Result<CatalogVersion, Error> {
    version.can_be_published()?;
    let live = version::lock_live(tx, version.owner).await?;
    let conflicts = conflict::count(tx, version.id).await?;
    if conflicts > 0 {
        return Err(Problem::new(Code::VersionConflicts).with("count", conflicts).into());
    }
    let done = publication::go_live(tx, &version).await?;
    let missed = version.changes.unsigned_abs().abs_diff(done);
    if missed > 0 {
        // A product was edited directly since the conflicts were counted.
        return Err(Problem::new(Code::VersionConflicts).with("count", missed).into());
    }
    sort(tx, &version).await?;
    let sequence = live.as_ref().and_then(|live| live.sequence).unwrap_or(0).saturating_add(1);
    let event = version.publish(sequence, tx.now())?;
    if let Some(mut live) = live {
        let superseded = live.supersede(tx.now())?;
        version::save(tx, &mut live, &superseded)?;
    }
    version::save(tx, &mut version, &event)?;
    Ok(version)
}

/// Shows what the version changed to whom the owner's assortments say, and categories and types with it.
async fn sort(tx: &mut Tx, version: &CatalogVersion) -> Result<(), Error> {
    let mut after = None;
    loop {
        let products = change::products_of(tx, version, after, PRODUCTS_AT_ONCE).await?;
        let Some(last) = products.last() else { break };
        after = Some(*last);
        sorting::sort(tx, version.owner, Some(&products)).await?;
    }
    Ok(publication::show_shelves(tx, version).await?)
}
