//! The table `product_document`.

use jiff::Timestamp;
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::Expr;
use tradehall_domain::attachment::AttachmentId;
use tradehall_domain::catalog::{DocumentRole, ProductDocumentId, ProductId};
use tradehall_domain::organization::OrganizationId;

use super::product::seen;
use crate::column::{Col, Name};
use crate::scope::{Scope, Scoped};

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "product_document")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Col<ProductDocumentId>,
    pub owner_id: Col<OrganizationId>,
    pub product_id: Col<ProductId>,
    pub attachment_id: Col<AttachmentId>,
    pub role: Name<DocumentRole>,
    pub alt: String,
    pub number: Option<String>,
    pub issued: Option<Col<jiff::civil::Date>>,
    pub expires: Option<Col<jiff::civil::Date>>,
    pub place: i64,
    pub next_check_at: Option<Col<Timestamp>>,
    pub version: i64,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

impl Scoped for Entity {
    fn visible_to(scope: &Scope) -> sea_orm::Condition {
        sea_orm::Condition::any()
            .add(Column::OwnerId.eq(scope.organization()))
            .add(Expr::exists(seen(scope, Column::ProductId)))
    }
}
