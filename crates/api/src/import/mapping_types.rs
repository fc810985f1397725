//! Mappings of columns to fields, as clients see and send them.

use async_graphql::{Context, Description, ID, InputObject, Object, Result, SimpleObject};
use tradehall_domain::access::Permission;
use tradehall_domain::import::{ColumnMapping, ImportKind, ImportMapping};

use crate::graphql::action::{ALWAYS, ActionAvailability, Actions};
use crate::graphql::closed::Closed;
use crate::graphql::id::{global, node_types};
use crate::graphql::loader::session;
use crate::graphql::scalar::DateTime;

node_types! { ImportMapping => "ImportMapping" }

/// Which field one column of a file is.
#[derive(Debug, InputObject)]
pub struct ColumnMappingInput {
    /// The column's name in the file's first row, in whatever capitals; 1 to 200 characters.
    pub column: String,
    /// The field, such as `number` or `attr:Length [MMT]`; null for a column that is not read.
    pub field: Option<String>,
}

impl From<ColumnMappingInput> for ColumnMapping {
    fn from(input: ColumnMappingInput) -> Self {
        Self { column: input.column, field: input.field }
    }
}

/// Which field a column of a file is.
#[derive(Debug, Clone, SimpleObject)]
pub struct MappedColumn {
    /// The column's name in the file's first row.
    pub column: String,
    /// The field; null for a column that is not read.
    pub field: Option<String>,
}

impl From<&ColumnMapping> for MappedColumn {
    fn from(mapping: &ColumnMapping) -> Self {
        Self { column: mapping.column.clone(), field: mapping.field.clone() }
    }
}

/// A mapping of columns to fields that an organization keeps under a name. Seen by its people with CATALOG_READ.
#[derive(Debug, Clone, Description)]
pub struct ImportMappingNode(pub ImportMapping);

#[Object(name = "ImportMapping", use_type_description)]
impl ImportMappingNode {
    /// The opaque global id.
    pub async fn id(&self) -> ID {
        global(self.0.id)
    }

    /// What the files hold.
    async fn kind(&self) -> Closed<ImportKind> {
        self.0.kind.into()
    }

    /// What it is called; no other mapping of the organization for this kind has that name.
    async fn name(&self) -> &str {
        self.0.name.as_str()
    }

    /// Which field each column is.
    async fn mapped_columns(&self) -> Vec<MappedColumn> {
        self.0.columns.iter().map(MappedColumn::from).collect()
    }

    /// When it was last saved.
    async fn saved_at(&self) -> DateTime {
        DateTime(self.0.saved_at)
    }

    /// What the viewer can do with it now.
    async fn available_actions(&self, ctx: &Context<'_>) -> Result<Vec<ActionAvailability>> {
        let mut actions = Actions::of(session(ctx)?);
        actions.add("deleteImportMapping", Permission::CatalogManage, ALWAYS);
        Ok(actions.done())
    }
}
