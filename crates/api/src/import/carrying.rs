//! Carrying imports on, some rows at a time: what the worker does.
//!
//! A file is read in a thread of its own and never held whole. Each stretch of its rows is decided, written and counted in one
//! transaction, together with how far the run has come: whoever dies in the middle leaves whole stretches, and whoever takes the run
//! up again passes over just those. A run that others could take up meanwhile is noticed under its lock.

use std::fs::File;

use tradehall_domain::access::{Actor, Permission, PermissionSet, SystemTask};
use tradehall_domain::attachment::MediaType;
use tradehall_domain::import::{Counts, Import, ImportId, ImportPhase, ImportStatus, Stretch as Done, held_until};
use tradehall_domain::organization::Entitlement;
use tradehall_domain::problem::{Code, Problem, Problems};
use tradehall_persistence::{Tx, import};

use super::file::{Stretch, TableFile, aside};
use super::kind::{self, Chunk, KindOf, keeps};
use super::tally::Tally;
use crate::app::{App, Command, Error, RequestMeta, Session, organization_of};
use crate::attachment;

/// How many rows are read in one go. Then others get their turn, and a worker that is to stop can.
const TURN_ROWS: usize = 20_000;

/// How often the same rows are tried again when somebody changed what they are about at the same time.
const TRIES: usize = 3;

/// Carries on the import that has been due for longest. Answers whether there was one.
///
/// # Errors
/// When the database or the file store is away; what was done until then stays done.
pub async fn carry_on(app: &App) -> Result<bool, Error> {
    let market = Session::new(app.clone(), Actor::system(SystemTask::Timers), RequestMeta::default(), None);
    let Some(import) = market.execute(ClaimImport).await? else { return Ok(false) };
    let session = Session::new(app.clone(), acting(&import), RequestMeta::default(), None);
    let id = import.id;
    match turn(&session, import).await {
        Ok(()) => {}
        Err(Error::Refused(problems)) => give_up(&session, id, problems).await?,
        Err(Error::NotFound) => give_up(&session, id, Code::NotFound.into()).await?,
        // A fault of ours would be met again and again.
        Err(error @ (Error::Internal(_) | Error::TooMuch { .. })) => {
            tracing::error!(import = %id, %error, "an import cannot go on");
            give_up(&session, id, Code::Invalid.into()).await?;
        }
        Err(error) => return Err(error),
    }
    Ok(true)
}

/// Whoever asked for the import, who may do no more than it takes.
fn acting(import: &Import) -> Actor {
    Actor {
        principal: import.requested_by,
        organization: import.organization,
        entitlement: Entitlement::NONE,
        permissions: PermissionSet::of(&[Permission::CatalogRead, Permission::CatalogManage]),
        task: None,
    }
}

async fn give_up(session: &Session, import: ImportId, problems: Problems) -> Result<(), Error> {
    session.execute(FailImport { import, problems }).await
}

/// What is known while an import is carried on.
struct Work {
    file: File,
    media_type: MediaType,
    kind: &'static KindOf,
}

/// Reads the next rows of an import.
async fn turn(session: &Session, mut import: Import) -> Result<(), Error> {
    let kind = kind::of(import.kind).ok_or(Code::Invalid)?;
    let id = import.attachment.ok_or(Error::NotFound)?;
    let (attachment, file) = attachment::open(session, id).await?;
    let mut work = Work { file, media_type: attachment.media_type, kind };
    if import.status == ImportStatus::Queued {
        let counting = work.open(&import).await?;
        let rows = aside(move || counting.count()).await??;
        import = session.execute(BeginImport { import: import.id, rows }).await?;
    }
    let mut read = 0;
    while import.is_open().is_ok() && read < TURN_ROWS {
        let phase = import.phase;
        let position = import.position;
        let opened = work.open(&import).await?;
        let mut table = aside(move || opened_at(opened, position)).await??;
        while import.is_open().is_ok() && import.phase == phase && read < TURN_ROWS {
            let (rest, stretch) = aside(move || {
                let stretch = table.stretch();
                (table, stretch)
            })
            .await?;
            table = rest;
            let stretch = stretch?;
            read += stretch.len();
            match stretched(session, &import, stretch).await? {
                Some(next) => import = next,
                // Somebody else carries it on.
                None => return Ok(()),
            }
        }
    }
    session.execute(ReleaseImport { import: import.id }).await
}

fn opened_at(mut table: TableFile, position: i64) -> Result<TableFile, Problem> {
    table.skip(position)?;
    Ok(table)
}

impl Work {
    /// The file from its first row on.
    async fn open(&mut self, import: &Import) -> Result<TableFile, Error> {
        let file = self.file.try_clone().map_err(|error| Error::Internal(error.to_string()))?;
        let (media_type, kind, settings) = (self.media_type, self.kind, import.settings.clone());
        Ok(aside(move || TableFile::open(&file, media_type, &settings, kind)).await??)
    }
}

/// Takes a stretch of rows; nothing when it was taken by somebody else.
async fn stretched(session: &Session, import: &Import, stretch: Stretch) -> Result<Option<Import>, Error> {
    let stretch = std::sync::Arc::new(stretch);
    let mut tried = 0;
    loop {
        tried += 1;
        let (phase, position) = (import.phase, import.position);
        let take = TakeStretch { import: import.id, phase, position, stretch: stretch.clone() };
        match session.execute(take).await {
            // What a row is about was changed at the same time: read again, it decides otherwise.
            Err(Error::Refused(_) | Error::Conflict(_)) if tried < TRIES => {}
            taken => return taken,
        }
    }
}

struct ClaimImport;

impl Command for ClaimImport {
    const PERMISSION: Permission = Permission::PlatformOperate;
    const ACROSS: Option<SystemTask> = Some(SystemTask::Timers);
    type Output = Option<Import>;

    async fn run(self, tx: &mut Tx) -> Result<Option<Import>, Error> {
        let until = held_until(tx.now());
        Ok(import::claim(tx, until).await?)
    }
}

struct BeginImport {
    import: ImportId,
    rows: i64,
}

impl Command for BeginImport {
    const PERMISSION: Permission = Permission::CatalogManage;
    type Output = Import;

    async fn run(self, tx: &mut Tx) -> Result<Import, Error> {
        let mut import = import::lock(tx, self.import).await?;
        if import.status == ImportStatus::Queued {
            let event = import.begin(self.rows)?;
            import::save(tx, &mut import, &event)?;
        }
        Ok(import)
    }
}

struct TakeStretch {
    import: ImportId,
    phase: ImportPhase,
    position: i64,
    stretch: std::sync::Arc<Stretch>,
}

impl Command for TakeStretch {
    const PERMISSION: Permission = Permission::CatalogManage;
    type Output = Option<Import>;

    async fn run(self, tx: &mut Tx) -> Result<Option<Import>, Error> {
        let owner = organization_of(tx)?;
        let mut import = import::lock(tx, self.import).await?;
        let is_here = import.phase == self.phase && import.position == self.position;
        if import.status != ImportStatus::Reading || !is_here {
            return Ok(None);
        }
        let mut tally = Tally::of(import.file_name());
        for row in &self.stretch.bad {
            tally.refuse_unread(row.clone());
        }
        for (row, problem) in &self.stretch.again {
            tally.refuse_row(row, problem.clone());
        }
        let chunk = Chunk {
            owner,
            settings: &import.settings,
            rows: &self.stretch.rows,
            said: &self.stretch.said,
            phase: import.phase,
            mode: import.mode,
            tally: &mut tally,
        };
        kind::apply(import.kind, tx, chunk).await?;
        let refusals_left = import.refusals_left();
        let rows = i64::try_from(self.stretch.len()).unwrap_or(i64::MAX);
        let mut counts = tally.counts();
        if import.phase == ImportPhase::Applying && !keeps(import.phase, import.mode, &tally) {
            counts = Counts { rejected: counts.rejected, ..Counts::default() };
        }
        let done = Done { rows, counts };
        let event = import.advance(done, self.stretch.is_last, tx.now())?;
        import::insert_refusals(tx, &import, &tally.refusals(refusals_left))?;
        import::save(tx, &mut import, &event)?;
        Ok(Some(import))
    }
}

/// Leaves the import to whoever comes next.
struct ReleaseImport {
    import: ImportId,
}

impl Command for ReleaseImport {
    const PERMISSION: Permission = Permission::CatalogManage;
    type Output = ();

    async fn run(self, tx: &mut Tx) -> Result<(), Error> {
        let now = tx.now();
        Ok(import::hold(tx, self.import, now).await?)
    }
}

struct FailImport {
    import: ImportId,
    problems: Problems,
}

impl Command for FailImport {
    const PERMISSION: Permission = Permission::CatalogManage;
    type Output = ();

    async fn run(self, tx: &mut Tx) -> Result<(), Error> {
        let mut import = import::lock(tx, self.import).await?;
        if import.is_open().is_ok() {
            let event = import.fail(self.problems, tx.now())?;
            import::save(tx, &mut import, &event)?;
        }
        Ok(())
    }
}
