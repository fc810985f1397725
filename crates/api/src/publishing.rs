//! Publishing: versions of a catalog, their changes, and how they go live.

mod commands;
mod due;
mod loaders;
mod mutations;
mod queries;
mod types;

pub use commands::{
    AddCatalogChanges, ChangeRequest, Content, CreateCatalogVersion, DropCatalogChanges, HoldCatalogVersion,
    PublishCatalogVersion, RebaseCatalogChanges, ScheduleCatalogVersion, StepCatalogVersion, VersionStep,
};
pub use due::go_live as go_live_when_due;
pub use mutations::{CatalogChangeMutation, CatalogVersionMutation};
pub use queries::PublishingQuery;
pub use types::{CatalogChangeNode, CatalogVersionNode};
