//! What can be done to exports.

use tradehall_domain::access::Permission;
use tradehall_domain::export::{EXPORTS_OPEN_MAX, Export, ExportDraft, ExportId};
use tradehall_domain::id::Id;
use tradehall_domain::problem::{Code, Problem};
use tradehall_persistence::catalog::category;
use tradehall_persistence::{Tx, export, import};
use uuid::Uuid;

use crate::app::{Command, Error, IdempotencyKey, Repeatable, organization_of};

/// Asks for an export.
#[derive(Debug)]
pub struct StartExport {
    /// What it is to be.
    pub draft: ExportDraft,
    /// Makes a retry harmless.
    pub key: Option<IdempotencyKey>,
}

impl Command for StartExport {
    const PERMISSION: Permission = Permission::CatalogManage;
    type Output = Export;

    async fn run(self, tx: &mut Tx) -> Result<Export, Error> {
        let organization = organization_of(tx)?;
        shows(tx, self.draft.kind.shows())?;
        if let Some(id) = self.draft.filter.import {
            let run = import::load(tx, id).await;
            let run = run.map_err(|error| Error::from(error).at("importId").at("filter"))?;
            shows(tx, run.kind.shows())?;
        }
        if let Some(id) = self.draft.filter.category {
            let unknown = || Error::from(Problem::new(Code::NotFound).at("categoryId").at("filter"));
            let found = category::load(tx, id).await.map_err(|_| unknown())?;
            if found.owner != organization {
                return Err(unknown());
            }
        }
        if export::open_of(tx, organization).await? >= EXPORTS_OPEN_MAX {
            return Err(Problem::new(Code::TooManyImports).with("max", EXPORTS_OPEN_MAX).into());
        }
        let (run, event) = Export::queue(self.draft, organization, tx.actor().principal, tx.now())?;
        export::insert(tx, &run, &event)?;
        Ok(run)
    }
}

/// A file shows no more than whoever asks for it may see.
fn shows(tx: &Tx, needed: Permission) -> Result<(), Error> {
    if tx.actor().may(needed) { Ok(()) } else { Err(Error::Forbidden(needed)) }
}

impl Repeatable for StartExport {
    const NAME: &'static str = "startExport";

    fn key(&self) -> Option<&IdempotencyKey> {
        self.key.as_ref()
    }

    fn receipt(run: &Export) -> Vec<Uuid> {
        vec![run.id.uuid()]
    }

    async fn recall(tx: &Tx, made: &[Uuid]) -> Result<Export, Error> {
        let id = made.first().ok_or_else(|| Error::Internal("a receipt names nothing".to_owned()))?;
        Ok(export::load(tx, Id::from_uuid(*id)).await?)
    }
}

/// Calls an export off.
#[derive(Debug)]
pub struct CancelExport {
    /// Which one.
    pub export: ExportId,
}

impl Command for CancelExport {
    const PERMISSION: Permission = Permission::CatalogManage;
    type Output = Export;

    async fn run(self, tx: &mut Tx) -> Result<Export, Error> {
        let mut run = export::lock(tx, self.export).await?;
        let event = run.cancel(tx.now())?;
        export::save(tx, &mut run, &event)?;
        Ok(run)
    }
}
