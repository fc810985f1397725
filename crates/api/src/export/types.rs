//! Exports as clients see them.

use async_graphql::{Context, Description, ID, Object, Result};
use tradehall_domain::access::Permission;
use tradehall_domain::export::{Export, ExportFormat, ExportKind, ExportStatus};

use crate::attachment::AttachmentNode;
use crate::graphql::action::{ActionAvailability, Actions};
use crate::graphql::closed::Closed;
use crate::graphql::error::UserError;
use crate::graphql::id::{global, node_types};
use crate::graphql::loader::{allowed, load_one, session};
use crate::graphql::scalar::DateTime;

node_types! { Export => "Export" }

/// One run of an export. Seen by the organization's people with CATALOG_READ.
#[derive(Debug, Clone, Description)]
pub struct ExportNode(pub Export);

#[Object(name = "Export", use_type_description)]
impl ExportNode {
    /// The opaque global id.
    pub async fn id(&self) -> ID {
        global(self.0.id)
    }

    /// What it writes down.
    async fn kind(&self) -> Closed<ExportKind> {
        self.0.kind.into()
    }

    /// What the file is written as.
    async fn format(&self) -> Closed<ExportFormat> {
        self.0.format.into()
    }

    /// Whether the file is there.
    async fn status(&self) -> Closed<ExportStatus> {
        self.0.status.into()
    }

    /// How many rows the file has besides the one that names the columns; null before it is there.
    async fn row_count(&self) -> Option<i64> {
        self.0.attachment.map(|_| self.0.rows)
    }

    /// The file, with a link to read it; null before it is there. Needs what its kind shows: PRICE_READ, CUSTOMER_READ or CATALOG_READ.
    async fn attachment(&self, ctx: &Context<'_>) -> Result<Option<AttachmentNode>> {
        allowed(ctx, self.0.kind.shows())?;
        if let (ExportKind::ImportReport, Some(import)) = (self.0.kind, self.0.filter.import) {
            allowed(ctx, load_one(ctx, import).await?.kind.shows())?;
        }
        match self.0.attachment {
            Some(id) => load_one(ctx, id).await.map(AttachmentNode).map(Some),
            None => Ok(None),
        }
    }

    /// Why it could not be written; empty unless it failed.
    async fn errors(&self, ctx: &Context<'_>) -> Result<Vec<UserError>> {
        Ok(UserError::all(&self.0.problems, session(ctx)?.language()))
    }

    /// When it was asked for.
    async fn started_at(&self) -> DateTime {
        DateTime(self.0.started_at)
    }

    /// When it ended; null until it has.
    async fn finished_at(&self) -> Option<DateTime> {
        self.0.finished_at.map(DateTime)
    }

    /// What the viewer can do with it now.
    async fn available_actions(&self, ctx: &Context<'_>) -> Result<Vec<ActionAvailability>> {
        let mut actions = Actions::of(session(ctx)?);
        actions.add("cancelExport", Permission::CatalogManage, self.0.is_open());
        Ok(actions.done())
    }
}
