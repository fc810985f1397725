//! A version goes live: by its owner's word, or by itself when its time has come.

use std::time::Duration;

use tradehall_domain::access::{Permission, SystemTask};
use tradehall_domain::problem::{Code, Problem};
use tradehall_domain::publishing::{CatalogVersion, CatalogVersionId};
use tradehall_persistence::customer::sorting;
use tradehall_persistence::publishing::{change, conflict, publication, version};
use tradehall_persistence::{Turn, Tx};

use super::owned;
use crate::app::{Command, Error};

/// How many products are sorted into assortments together.
const PRODUCTS_AT_ONCE: u64 = 5_000;

/// How long one statement of a publication may take, however short the others are kept: it writes whatever the version changes.
const STATEMENT_TIME: Duration = Duration::from_mins(5);

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
        let version = due(tx, self.version).await?;
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
        let mut version = due(tx, self.version).await?;
        let event = version.hold(self.reason, tx.now())?;
        version::save(tx, &mut version, &event)?;
        Ok(version)
    }
}

/// A version whose time has come, locked. Its owner may have put it off, or taken it back, since the worker looked.
async fn due(tx: &mut Tx, id: CatalogVersionId) -> Result<CatalogVersion, Error> {
    let version = version::lock(tx, id).await?;
    match version.publish_at {
        Some(at) if at <= tx.now() => Ok(version),
        _ => Err(Problem::new(Code::CatalogVersionStatus).with("status", version.status).into()),
    }
}

/// Does everything that a locked version says, whole or not at all.
async fn publish(tx: &mut Tx, mut version: CatalogVersion) -> Result<CatalogVersion, Error> {
    version.can_be_published()?;
    let turn = Turn::take(tx, version.owner).await?;
    let live = version::lock_live(tx, &turn).await?;
    tx.grant_time(STATEMENT_TIME).await?;
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
    sort(tx, &turn, &version).await?;
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
async fn sort(tx: &mut Tx, turn: &Turn, version: &CatalogVersion) -> Result<(), Error> {
    let mut after = None;
    loop {
        let products = change::products_of(tx, version, after, PRODUCTS_AT_ONCE).await?;
        let Some(last) = products.last() else { break };
        after = Some(*last);
        sorting::sort(tx, turn, Some(&products)).await?;
    }
    Ok(publication::show_shelves(tx, version).await?)
}
