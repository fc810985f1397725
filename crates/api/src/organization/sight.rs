//! Who sees what of an organization is private: its own people and platform staff.

use std::sync::Arc;

use tradehall_domain::access::{Permission, SystemTask};
use tradehall_domain::organization::OrganizationId;
use tradehall_persistence::Tx;

use crate::app::{Error, Session};

/// The transaction in which the viewer reads what is private to `organization`; none for strangers.
///
/// # Errors
/// When the database is away.
pub async fn private(session: &Session, organization: OrganizationId) -> Result<Option<Arc<Tx>>, Error> {
    if is_own(session, organization) {
        session.reading().await.map(Some)
    } else if session.actor().may(Permission::PlatformVerify) {
        across(session).await.map(Arc::new).map(Some)
    } else {
        Ok(None)
    }
}

/// A transaction of platform staff.
///
/// # Errors
/// FORBIDDEN, or that the database is away.
pub async fn across(session: &Session) -> Result<Tx, Error> {
    session.reading_across(Permission::PlatformVerify, SystemTask::Platform).await
}

/// Whether the viewer acts for `organization`.
pub fn is_own(session: &Session, organization: OrganizationId) -> bool {
    session.actor().organization == Some(organization)
}
