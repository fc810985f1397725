//! Who is shown the files that are attached to a document. Nothing is hidden again from whom it was shown.
//!
//! The files' owner alone shows them; the market's own tasks may too, such as the one that opens sealed quotes.

use sea_orm::QueryFilter;
use tradehall_domain::attachment::Visibility;
use tradehall_domain::event::{Subject, SubjectKind};
use tradehall_domain::organization::OrganizationId;
use uuid::Uuid;

use super::entity::grant as shown_to;
use super::link::{grant, maker, own_links_of};
use crate::{StoreError, Tx};

/// Shows everything attached to `subject` to more organizations, or to everyone.
///
/// # Errors
/// When the database is away.
pub async fn show(tx: &mut Tx, subject: Subject, visibility: &Visibility) -> Result<(), StoreError> {
    match visibility {
        Visibility::Owner => Ok(()),
        Visibility::Everyone => {
            let sql = "UPDATE attachment_link SET is_public = TRUE WHERE subject_kind = $1 AND subject_id = $2 \
                       AND (owner_id = $3 OR $4)";
            let (owner, across) = maker(tx);
            let values = [subject.kind.to_string().into(), subject.id.into(), owner.into(), across.into()];
            tx.run(sql, values).await.map(drop)
        }
        Visibility::Organizations(organizations) => show_all(tx, subject.kind, &[subject.id], organizations).await,
    }
}

/// Shows everything attached to many things of a kind to more organizations: three statements at most, whatever their number.
///
/// # Errors
/// When the database is away.
pub async fn show_all(
    tx: &mut Tx,
    kind: SubjectKind,
    subjects: &[Uuid],
    organizations: &[OrganizationId],
) -> Result<(), StoreError> {
    let links = own_links_of(tx, kind, subjects).await?;
    if links.is_empty() {
        return Ok(());
    }
    let ids: Vec<_> = links.iter().map(|link| link.id).collect();
    let shown = tx.all(tx.find::<shown_to::Entity>().filter(tx.among(shown_to::Column::LinkId, &ids))).await?;
    for organization in organizations {
        let fresh: Vec<_> = links
            .iter()
            .filter(|link| !shown.iter().any(|row| row.link_id.0 == link.id && row.organization_id.0 == *organization))
            .cloned()
            .collect();
        grant(tx, &fresh, &[*organization])?;
    }
    Ok(())
}
