//! Catalog versions: named sets of changes of one organization's catalog that go live together.
//!
//! They stand beside the direct way of changing products (`reviseProduct`, `publishProduct`): a seller without versions needs none, and
//! a direct edit of a product makes every open change of it that was made before conflict, until that is re-based or dropped.

mod change;
mod diff;
mod snapshot;
#[cfg(test)]
mod tests;
mod version;

pub use change::{
    CHANGES_AT_ONCE_MAX, CatalogChange, CatalogChangeId, ChangeDraft, ChangeKind, Conflicts, Proposal,
    VERSION_CHANGES_MAX,
};
pub use diff::{FieldChange, apply, diff};
pub use snapshot::Snapshot;
pub use version::{
    CatalogVersion, CatalogVersionEvent, CatalogVersionId, CatalogVersionStatus, OPEN_VERSIONS_MAX, SCHEDULE_DAYS_MAX,
};
