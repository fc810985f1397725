//! Importing over GraphQL.

use async_graphql::{Context, ID, InputObject, Object, Result};
use tradehall_domain::attachment::Attachment;
use tradehall_domain::import::{
    ColumnMapping, Import, ImportKind, ImportMapping, ImportMode, ImportSettings, NewProducts, Separator, TextEncoding,
};
use tradehall_domain::organization::Organization;

use super::commands::{CancelImport, DeleteImportMapping, SaveImportMapping, StartImport};
use super::mapping_types::{ColumnMappingInput, ImportMappingNode};
use super::types::ImportNode;
use crate::app::{Error, IdempotencyKey, Session};
use crate::graphql::closed::Closed;
use crate::graphql::id::{GlobalId, global};
use crate::graphql::loader::session;
use crate::graphql::payload::payload;

payload! {
    /// What `startImport` answers. Refused rows come in the import as it is carried on; `userErrors` are about the request.
    StartImportPayload {
        /// The run, which waits for its turn.
        import: ImportNode,
    }
}

payload! {
    /// What `cancelImport` answers.
    CancelImportPayload {
        /// The run, with what was kept before it was called off.
        import: ImportNode,
    }
}

payload! {
    /// What `saveImportMapping` answers.
    SaveImportMappingPayload {
        /// The mapping as it is kept.
        mapping: ImportMappingNode,
    }
}

payload! {
    /// What `deleteImportMapping` answers.
    DeleteImportMappingPayload {
        /// The global id that leads nowhere from now on.
        deleted_import_mapping_id: ID,
    }
}

/// How a file is to be read; what is left out is found out.
#[derive(Debug, Default, InputObject)]
pub struct ImportOptionsInput {
    /// Which sheet of a workbook, by its name; the first one when left out.
    pub sheet: Option<String>,
    /// What separates the cells of a text.
    pub separator: Option<Closed<Separator>>,
    /// How the characters of a text are written down.
    pub encoding: Option<Closed<TextEncoding>>,
    /// Whose product numbers a file of offers uses; the organization's own when left out.
    pub product_owner_id: Option<GlobalId<Organization>>,
    /// Who sees the products that the import makes; only their owner when left out.
    pub new_products: Option<Closed<NewProducts>>,
}

impl ImportOptionsInput {
    /// The same without a mapping.
    pub fn settings(self) -> ImportSettings {
        ImportSettings {
            sheet: self.sheet,
            separator: self.separator.map(|separator| separator.0),
            encoding: self.encoding.map(|encoding| encoding.0),
            mapping: Vec::new(),
            product_owner: self.product_owner_id.map(|id| id.0),
            new_products: self.new_products.map_or(NewProducts::Draft, |who| who.0),
        }
    }
}

/// A file to import.
#[derive(Debug, InputObject)]
pub struct StartImportInput {
    /// The uploaded file: CSV, text or XLSX, whose first row names the columns.
    pub attachment_id: GlobalId<Attachment>,
    /// What the file holds.
    pub kind: Closed<ImportKind>,
    /// What becomes of good rows beside refused ones.
    pub mode: Closed<ImportMode>,
    /// Whether only to report what would happen, and keep nothing.
    #[graphql(default)]
    pub trial: bool,
    /// Which column is which field, at most 500; columns that are not named are not read. Where neither this nor `mappingId` is
    /// given, columns are known by the fields' own names and others are refused.
    pub mapping: Option<Vec<ColumnMappingInput>>,
    /// A mapping that the organization keeps, instead of `mapping`.
    pub mapping_id: Option<GlobalId<ImportMapping>>,
    /// How to read the file.
    pub options: Option<ImportOptionsInput>,
    /// Makes a retry harmless: 8 to 128 visible ASCII characters; the same key and input answers the first result.
    pub idempotency_key: Option<String>,
}

/// An import to call off.
#[derive(Debug, InputObject)]
pub struct CancelImportInput {
    /// Which one.
    pub import_id: GlobalId<Import>,
}

/// A mapping to keep.
#[derive(Debug, InputObject)]
pub struct SaveImportMappingInput {
    /// What the files hold.
    pub kind: Closed<ImportKind>,
    /// What it is called, 1 to 200 characters; one of the same name and kind is replaced.
    pub name: String,
    /// Which field each column is, at most 500.
    pub columns: Vec<ColumnMappingInput>,
}

/// A mapping to keep no longer.
#[derive(Debug, InputObject)]
pub struct DeleteImportMappingInput {
    /// Which one.
    pub mapping_id: GlobalId<ImportMapping>,
}

/// The root fields that import.
#[derive(Debug, Default)]
pub struct ImportMutation;

#[Object]
impl ImportMutation {
    /// Asks for the import of an uploaded file into the viewer's organization; the worker carries it on, and the same file again
    /// changes nothing. Needs CATALOG_MANAGE; prices and customers need PRICE_MANAGE and CUSTOMER_MANAGE as well.
    async fn start_import(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The file, and what to do with it.")] input: StartImportInput,
    ) -> Result<StartImportPayload> {
        let session = session(ctx)?;
        session.answer(start(session, input).await, |run| (ImportNode(run),))
    }

    /// Calls an import off that has not ended. What was kept by then stays. Needs CATALOG_MANAGE.
    async fn cancel_import(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which import.")] input: CancelImportInput,
    ) -> Result<CancelImportPayload> {
        let session = session(ctx)?;
        let outcome = session.execute(CancelImport { import: input.import_id.0 }).await;
        session.answer(outcome, |run| (ImportNode(run),))
    }

    /// Keeps a mapping of columns to fields under a name, for files that come again. Needs CATALOG_MANAGE.
    async fn save_import_mapping(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The mapping and its name.")] input: SaveImportMappingInput,
    ) -> Result<SaveImportMappingPayload> {
        let session = session(ctx)?;
        let columns = input.columns.into_iter().map(ColumnMapping::from).collect();
        let outcome = session.execute(SaveImportMapping { kind: input.kind.0, name: input.name, columns }).await;
        session.answer(outcome, |mapping| (ImportMappingNode(mapping),))
    }

    /// Keeps a mapping no longer; imports that went by it stay as they are. Needs CATALOG_MANAGE.
    async fn delete_import_mapping(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which mapping.")] input: DeleteImportMappingInput,
    ) -> Result<DeleteImportMappingPayload> {
        let session = session(ctx)?;
        let outcome = session.execute(DeleteImportMapping { mapping: input.mapping_id.0 }).await;
        session.answer(outcome, |id| (global(id),))
    }
}

async fn start(session: &Session, input: StartImportInput) -> Result<Import, Error> {
    let mut settings = input.options.unwrap_or_default().settings();
    settings.mapping = input.mapping.unwrap_or_default().into_iter().map(ColumnMapping::from).collect();
    let command = StartImport {
        kind: input.kind.0,
        attachment: input.attachment_id.0,
        mode: input.mode.0,
        is_trial: input.trial,
        settings,
        mapping: input.mapping_id.map(|id| id.0),
        key: IdempotencyKey::of_input(input.idempotency_key.as_deref())?,
    };
    session.execute_once(command).await
}
