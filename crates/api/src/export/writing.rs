//! Writing exports: what the worker does. A file is written whole in one go; a worker that dies leaves none, and the next one begins
//! anew.

use std::io::{Read as _, Seek as _};

use jiff::Timestamp;
use sha2::{Digest as _, Sha256};
use tradehall_domain::access::{Actor, Permission, PermissionSet, SystemTask};
use tradehall_domain::attachment::{AttachmentId, ContentHash, MediaType, UploadDraft, Visibility};
use tradehall_domain::event::{Subject, SubjectKind};
use tradehall_domain::export::{EXPORT_HELD, Export, ExportFormat, ExportId};
use tradehall_domain::named::Named as _;
use tradehall_domain::organization::Entitlement;
use tradehall_domain::problem::{Code, Problem, Problems};
use tradehall_persistence::{Tx, export};

use super::kind;
use crate::app::{App, Command, Error, RequestMeta, Session};
use crate::attachment::{attach, produce};
use crate::import::aside;
use crate::spreadsheet::{Cell, TableWriter};

/// How many rows one file has, besides the one that names the columns: what fits on a sheet.
const ROWS_MAX: i64 = 1_000_000;

/// How many rows are gathered before they go to the file.
const GATHERED_ROWS: usize = 1_000;

/// How much of a file is hashed at once, in bytes.
const BUFFER_BYTES: usize = 64 * 1024;

/// Where rows go.
pub struct Sink {
    writer: Option<TableWriter>,
    gathered: Vec<Vec<Cell<'static>>>,
    rows: i64,
}

impl Sink {
    /// Takes a row; the first one names the columns.
    ///
    /// # Errors
    /// [`Code::TooMany`], or that the file cannot be written here.
    pub async fn row(&mut self, cells: Vec<Cell<'static>>) -> Result<(), Error> {
        self.rows += 1;
        if self.rows > ROWS_MAX + 1 {
            return Err(Problem::new(Code::TooMany).with("max", ROWS_MAX).into());
        }
        self.gathered.push(cells);
        if self.gathered.len() >= GATHERED_ROWS { self.flush().await } else { Ok(()) }
    }

    async fn flush(&mut self) -> Result<(), Error> {
        let gathered = std::mem::take(&mut self.gathered);
        let Some(mut writer) = self.writer.take() else { return Ok(()) };
        let written = aside(move || gathered.iter().try_for_each(|row| writer.row(row)).map(|()| writer)).await?;
        self.writer = Some(written.map_err(fault)?);
        Ok(())
    }

    /// The file, its digest and its size in bytes.
    async fn finish(mut self) -> Result<(std::fs::File, ContentHash, i64), Error> {
        self.flush().await?;
        let writer = self.writer.take().ok_or_else(|| Error::Internal("an export has no file".to_owned()))?;
        let done = aside(move || {
            let mut file = writer.finish()?;
            file.rewind()?;
            let (mut digest, mut size) = (Sha256::new(), 0_i64);
            let mut buffer = vec![0; BUFFER_BYTES];
            loop {
                let read = file.read(&mut buffer)?;
                if read == 0 {
                    return Ok((file, ContentHash::new(digest.finalize().into()), size));
                }
                digest.update(buffer.get(..read).unwrap_or_default());
                size += i64::try_from(read).unwrap_or(0);
            }
        });
        done.await?.map_err(fault)
    }
}

#[expect(clippy::needless_pass_by_value, reason = "it is what `map_err` hands over")]
fn fault(error: std::io::Error) -> Error {
    Error::Internal(format!("an export cannot be written down here: {error}"))
}

/// Writes the export that has been due for longest. Answers whether there was one.
///
/// # Errors
/// When the database or the file store is away.
pub async fn carry_on(app: &App) -> Result<bool, Error> {
    let market = Session::new(app.clone(), Actor::system(SystemTask::Timers), RequestMeta::default(), None);
    let Some(export) = market.execute(ClaimExport).await? else { return Ok(false) };
    let session = Session::new(app.clone(), acting(&export), RequestMeta::default(), None);
    let id = export.id;
    match write(&session, export).await {
        Ok(()) => {}
        Err(Error::Refused(problems)) => give_up(&session, id, problems).await?,
        Err(Error::NotFound) => give_up(&session, id, Code::NotFound.into()).await?,
        Err(error @ (Error::Internal(_) | Error::TooMuch { .. })) => {
            tracing::error!(export = %id, %error, "an export cannot be written");
            give_up(&session, id, Code::Invalid.into()).await?;
        }
        Err(error) => return Err(error),
    }
    Ok(true)
}

/// Whoever asked for the export, who may do no more than it takes.
fn acting(export: &Export) -> Actor {
    let permissions = [Permission::CatalogRead, Permission::CatalogManage, Permission::AttachmentUpload];
    Actor {
        principal: export.requested_by,
        organization: Some(export.organization),
        entitlement: Entitlement::NONE,
        permissions: PermissionSet::of(&permissions),
        task: None,
    }
}

async fn give_up(session: &Session, export: ExportId, problems: Problems) -> Result<(), Error> {
    session.execute(FailExport { export, problems }).await
}

async fn write(session: &Session, export: Export) -> Result<(), Error> {
    let spool = session.app().files().spool().await.map_err(fault)?.into_std().await;
    let name = export.kind.name().to_lowercase();
    let (writer, media_type) = match export.format {
        ExportFormat::Csv => (TableWriter::csv(spool), MediaType::Csv),
        ExportFormat::Xlsx => (TableWriter::xlsx(spool, &name), MediaType::Xlsx),
    };
    let mut sink = Sink { writer: Some(writer.map_err(fault)?), gathered: Vec::new(), rows: 0 };
    // One transaction for all rows, so that on SQLite they are of one moment.
    let reading = session.renewed();
    kind::write(&*reading.reading().await?, &export, &mut sink).await?;
    drop(reading);
    let rows = (sink.rows - 1).max(0);
    let (file, hash, size) = sink.finish().await?;
    let day = export.started_at.to_zoned(jiff::tz::TimeZone::UTC).date();
    let ending = media_type.extensions().first().copied().unwrap_or_default();
    let draft =
        UploadDraft { file_name: format!("{name}-{day}.{ending}"), media_type: media_type.as_str().to_owned(), size };
    let attachment = produce(session, draft, file, hash).await?;
    session.execute(FinishExport { export: export.id, attachment: attachment.id, rows }).await
}

struct ClaimExport;

impl Command for ClaimExport {
    const PERMISSION: Permission = Permission::PlatformOperate;
    const ACROSS: Option<SystemTask> = Some(SystemTask::Timers);
    type Output = Option<Export>;

    async fn run(self, tx: &mut Tx) -> Result<Option<Export>, Error> {
        let until = tx.now().saturating_add(EXPORT_HELD).unwrap_or(Timestamp::MAX);
        Ok(export::claim(tx, until).await?)
    }
}

struct FinishExport {
    export: ExportId,
    attachment: AttachmentId,
    rows: i64,
}

impl Command for FinishExport {
    const PERMISSION: Permission = Permission::CatalogManage;
    type Output = ();

    async fn run(self, tx: &mut Tx) -> Result<(), Error> {
        let mut run = export::lock(tx, self.export).await?;
        // It was called off meanwhile: the file is attached to nothing and goes.
        if run.is_open().is_err() {
            return Ok(());
        }
        let event = run.finish(self.attachment, self.rows, tx.now())?;
        let subject = Subject { kind: SubjectKind::Export, id: run.id.uuid() };
        attach(tx, subject, &[self.attachment], &Visibility::Owner).await?;
        export::save(tx, &mut run, &event)?;
        Ok(())
    }
}

struct FailExport {
    export: ExportId,
    problems: Problems,
}

impl Command for FailExport {
    const PERMISSION: Permission = Permission::CatalogManage;
    type Output = ();

    async fn run(self, tx: &mut Tx) -> Result<(), Error> {
        let mut run = export::lock(tx, self.export).await?;
        if run.is_open().is_ok() {
            let event = run.fail(self.problems, tx.now())?;
            export::save(tx, &mut run, &event)?;
        }
        Ok(())
    }
}
