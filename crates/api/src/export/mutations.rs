//! Exporting over GraphQL.

use async_graphql::{Context, InputObject, Object, Result};
use tradehall_domain::catalog::Category;
use tradehall_domain::export::{Export, ExportDraft, ExportFilter, ExportFormat, ExportKind};
use tradehall_domain::import::Import;

use super::commands::{CancelExport, StartExport};
use super::types::ExportNode;
use crate::app::{Error, IdempotencyKey, Session};
use crate::graphql::closed::Closed;
use crate::graphql::id::GlobalId;
use crate::graphql::loader::session;
use crate::graphql::payload::payload;

payload! {
    /// What `startExport` answers.
    StartExportPayload {
        /// The run, which waits for its turn; its file comes with its end.
        export: ExportNode,
    }
}

payload! {
    /// What `cancelExport` answers.
    CancelExportPayload {
        /// The run, of which there will be no file.
        export: ExportNode,
    }
}

/// Which part is written.
#[derive(Debug, Default, InputObject)]
pub struct ExportFilterInput {
    /// Only products in this category of the organization or below it.
    pub category_id: Option<GlobalId<Category>>,
    /// Whose refused rows; needed for a report of an import and not read for others.
    pub import_id: Option<GlobalId<Import>>,
}

/// An export to make.
#[derive(Debug, InputObject)]
pub struct StartExportInput {
    /// What is written down.
    pub kind: Closed<ExportKind>,
    /// What it is written as.
    pub format: Closed<ExportFormat>,
    /// Which part; everything when left out.
    pub filter: Option<ExportFilterInput>,
    /// Makes a retry harmless: 8 to 128 visible ASCII characters; the same key and input answers the first result.
    pub idempotency_key: Option<String>,
}

/// An export to call off.
#[derive(Debug, InputObject)]
pub struct CancelExportInput {
    /// Which one.
    pub export_id: GlobalId<Export>,
}

/// The root fields that export.
#[derive(Debug, Default)]
pub struct ExportMutation;

#[Object]
impl ExportMutation {
    /// Asks for a file of what the viewer's organization has, at most 1 000 000 rows; the worker writes it, and importing it again
    /// changes nothing. Needs CATALOG_MANAGE; prices and customers need PRICE_READ and CUSTOMER_READ as well.
    async fn start_export(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What is written, and as what.")] input: StartExportInput,
    ) -> Result<StartExportPayload> {
        let session = session(ctx)?;
        session.answer(start(session, input).await, |run| (ExportNode(run),))
    }

    /// Calls an export off that has not ended. Needs CATALOG_MANAGE.
    async fn cancel_export(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which export.")] input: CancelExportInput,
    ) -> Result<CancelExportPayload> {
        let session = session(ctx)?;
        let outcome = session.execute(CancelExport { export: input.export_id.0 }).await;
        session.answer(outcome, |run| (ExportNode(run),))
    }
}

async fn start(session: &Session, input: StartExportInput) -> Result<Export, Error> {
    let filter = input.filter.unwrap_or_default();
    let draft = ExportDraft {
        kind: input.kind.0,
        format: input.format.0,
        filter: ExportFilter { category: filter.category_id.map(|id| id.0), import: filter.import_id.map(|id| id.0) },
        language: session.language(),
    };
    let key = IdempotencyKey::of_input(input.idempotency_key.as_deref())?;
    session.execute_once(StartExport { draft, key }).await
}
