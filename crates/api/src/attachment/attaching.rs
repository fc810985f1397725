//! Attaching files to a document while it is written, as the list `attachmentIds` of its content.

use std::collections::HashSet;

use tradehall_domain::attachment::{AttachmentId, Visibility};
use tradehall_domain::event::Subject;
use tradehall_domain::problem::{Code, Problem, Problems};
use tradehall_persistence::{StoreError, Tx, attachment};

use crate::app::{Error, organization_of};

/// Attaches the actor's organization's files to a new document.
///
/// # Errors
/// NOT_FOUND at the place of each that is not its own.
pub async fn attach(tx: &mut Tx, to: Subject, ids: &[AttachmentId], visibility: &Visibility) -> Result<(), Error> {
    let outcome = attachment::attach(tx, to, ids, visibility).await.map(drop);
    told(tx, ids, outcome).await
}

/// Attaches them in the place of what was attached to the document, or to the draft `from` that it replaces.
///
/// # Errors
/// As [`attach`].
pub async fn replace(
    tx: &mut Tx,
    from: Subject,
    to: Subject,
    ids: &[AttachmentId],
    visibility: &Visibility,
) -> Result<(), Error> {
    let outcome = attachment::replace(tx, from, to, ids, visibility).await;
    told(tx, ids, outcome).await
}

/// The outcome, with which of `ids` it is about.
async fn told(tx: &Tx, ids: &[AttachmentId], outcome: Result<(), StoreError>) -> Result<(), Error> {
    match outcome {
        Err(StoreError::NotFound) => {}
        other => return Ok(other?),
    }
    let own = organization_of(tx)?;
    let found = attachment::load_many(tx, ids).await?;
    let found: HashSet<_> = found.into_iter().filter(|file| file.owner == own).map(|file| file.id).collect();
    let mut problems = Problems::new();
    for (n, _) in ids.iter().enumerate().filter(|(_, id)| !found.contains(id)) {
        problems.push(Problem::new(Code::NotFound).at(n).at("attachmentIds"));
    }
    problems.check()?;
    // All of them are there by now: another request was at work.
    Err(StoreError::Collision.into())
}
