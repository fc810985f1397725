//! What can be done to catalog versions.

mod change;
mod publish;
mod step;

pub use change::{AddCatalogChanges, ChangeRequest, Changed, Content, DropCatalogChanges, RebaseCatalogChanges};
pub use publish::{HoldCatalogVersion, PublishCatalogVersion, PublishDueVersion};
pub use step::{CreateCatalogVersion, ScheduleCatalogVersion, StepCatalogVersion, VersionStep};
use tradehall_domain::problem::{Code, Problem};
use tradehall_domain::publishing::{CHANGES_AT_ONCE_MAX, CatalogVersion, CatalogVersionId};
use tradehall_persistence::Tx;
use tradehall_persistence::publishing::version;

use crate::app::{Error, organization_of};

/// A version in its owner's hands.
async fn owned(tx: &mut Tx, id: CatalogVersionId) -> Result<CatalogVersion, Error> {
    let own = organization_of(tx)?;
    let version = version::lock(tx, id).await?;
    if version.owner == own { Ok(version) } else { Err(Code::WrongSide.into()) }
}

/// Refuses a list that one request does not take.
fn check_count(count: usize, field: &str) -> Result<(), Error> {
    match count {
        0 => Err(Problem::new(Code::TooFew).with("min", 1).at(field).into()),
        1..=CHANGES_AT_ONCE_MAX => Ok(()),
        _ => Err(Problem::new(Code::TooMany).with("max", CHANGES_AT_ONCE_MAX).at(field).into()),
    }
}
