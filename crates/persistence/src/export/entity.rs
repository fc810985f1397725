//! The table `export_run`.

use jiff::Timestamp;
use sea_orm::entity::prelude::*;
use tradehall_domain::attachment::AttachmentId;
use tradehall_domain::export::{ExportFormat, ExportId, ExportKind, ExportStatus};
use tradehall_domain::organization::OrganizationId;

use crate::column::{Col, Name};
use crate::scope::{Scope, Scoped};

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "export_run")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Col<ExportId>,
    pub organization_id: Col<OrganizationId>,
    pub kind: Name<ExportKind>,
    pub format: Name<ExportFormat>,
    pub status: Name<ExportStatus>,
    pub filter: String,
    pub user_id: Option<Uuid>,
    pub api_key_id: Option<Uuid>,
    pub row_count: i64,
    pub attachment_id: Option<Col<AttachmentId>>,
    pub problems: String,
    pub started_at: Col<Timestamp>,
    pub finished_at: Option<Col<Timestamp>>,
    pub due_at: Option<Col<Timestamp>>,
    pub version: i64,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

impl Scoped for Entity {
    fn visible_to(scope: &Scope) -> sea_orm::Condition {
        sea_orm::Condition::all().add(Column::OrganizationId.eq(scope.organization()))
    }
}
