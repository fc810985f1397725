//! Dropping what nobody needs any more: uploads that never came, files that were attached to nothing, bytes without a file.

use jiff::{SignedDuration, Timestamp};
use tradehall_domain::access::{Actor, Permission, SystemTask};
use tradehall_domain::attachment::{Content, ContentId};
use tradehall_persistence::Tx;
use tradehall_persistence::attachment::{self, content, upload};

use crate::app::{App, Command, Error, RequestMeta, Session};

/// How many files or contents one run drops at most; the next run goes on.
const BATCH: u64 = 500;

/// How long bytes may be on their way from their coming to their attachment. Far more than any upload takes.
const GRACE: SignedDuration = SignedDuration::from_hours(1);

/// What one run dropped.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Swept {
    /// Uploads whose time was over.
    pub uploads: u64,
    /// Files that were attached to nothing for long.
    pub attachments: u64,
    /// Bytes that nothing referenced.
    pub contents: u64,
}

/// Drops what nobody needs any more. Harmless to repeat and to run on several servers at once; once an hour is enough.
///
/// # Errors
/// When the database or the store is away; what was dropped until then stays dropped.
pub async fn sweep(app: &App) -> Result<Swept, Error> {
    let session = Session::new(app.clone(), Actor::system(SystemTask::Files), RequestMeta::default(), None);
    let now = app.store().now();
    let before = |age: SignedDuration| now.saturating_sub(age).unwrap_or(Timestamp::MIN);
    let uploads = session.execute(ForgetUploads { limit: before(GRACE) }).await?;
    let kept = app.files().settings().unattached_kept;
    let attachments = session.execute(RemoveForgotten { limit: before(kept) }).await?;
    let condemned = session.execute(CondemnContents { limit: before(GRACE) }).await?;
    for content in &condemned {
        app.files().delete(content.hash).await?;
    }
    let ids = condemned.into_iter().map(|content| content.id).collect();
    let contents = session.execute(ForgetContents { ids }).await?;
    Ok(Swept { uploads, attachments, contents })
}

struct ForgetUploads {
    limit: Timestamp,
}

impl Command for ForgetUploads {
    const PERMISSION: Permission = Permission::PlatformOperate;
    const ACROSS: Option<SystemTask> = Some(SystemTask::Files);
    type Output = u64;

    async fn run(self, tx: &mut Tx) -> Result<u64, Error> {
        Ok(upload::forget(tx, self.limit).await?)
    }
}

struct RemoveForgotten {
    limit: Timestamp,
}

impl Command for RemoveForgotten {
    const PERMISSION: Permission = Permission::PlatformOperate;
    const ACROSS: Option<SystemTask> = Some(SystemTask::Files);
    type Output = u64;

    async fn run(self, tx: &mut Tx) -> Result<u64, Error> {
        let mut gone = Vec::new();
        for file in attachment::lock_forgotten(tx, self.limit, BATCH).await? {
            let event = file.remove()?;
            gone.push((file, event));
        }
        attachment::delete(tx, &gone).await?;
        Ok(gone.len() as u64)
    }
}

struct CondemnContents {
    limit: Timestamp,
}

impl Command for CondemnContents {
    const PERMISSION: Permission = Permission::PlatformOperate;
    const ACROSS: Option<SystemTask> = Some(SystemTask::Files);
    type Output = Vec<Content>;

    async fn run(self, tx: &mut Tx) -> Result<Vec<Content>, Error> {
        content::condemn(tx, self.limit).await?;
        Ok(content::condemned(tx, BATCH).await?)
    }
}

struct ForgetContents {
    ids: Vec<ContentId>,
}

impl Command for ForgetContents {
    const PERMISSION: Permission = Permission::PlatformOperate;
    const ACROSS: Option<SystemTask> = Some(SystemTask::Files);
    type Output = u64;

    async fn run(self, tx: &mut Tx) -> Result<u64, Error> {
        if self.ids.is_empty() { Ok(0) } else { Ok(content::forget(tx, &self.ids).await?) }
    }
}
