//! Attachments: files that come and go over plain HTTP by signed link, and what GraphQL says of them.
//!
//! A client asks for an upload ([`RequestUpload`]), sends the bytes to its link ([`routes`]), and attaches the file that it gets to a
//! document. Bytes are kept in [`Files`], once each, named by their SHA-256.

mod attaching;
mod commands;
mod files;
mod http;
mod link;
mod loaders;
mod mutations;
mod opening;
mod producing;
mod queries;
mod settings;
mod spool;
mod sweep;
mod types;

pub use attaching::{attach, replace};
pub use commands::{DeleteAttachment, RequestUpload};
pub use files::Files;
pub use http::routes;
pub use loaders::attachments_of;
pub use mutations::AttachmentMutation;
pub use opening::open;
pub use producing::produce;
pub use queries::AttachmentQuery;
pub use settings::FileSettings;
pub use sweep::{Swept, sweep};
pub use types::{AttachmentNode, UploadNode};
