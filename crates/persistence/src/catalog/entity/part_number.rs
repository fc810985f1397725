//! The table `part_number`.

use sea_orm::entity::prelude::*;
use sea_orm::sea_query::Expr;
use tradehall_domain::catalog::{PartNumberId, PartNumberKind, ProductId};
use tradehall_domain::organization::OrganizationId;

use super::product::seen;
use crate::column::{Col, Name};
use crate::scope::{Scope, Scoped};

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "part_number")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Col<PartNumberId>,
    pub owner_id: Col<OrganizationId>,
    pub product_id: Col<ProductId>,
    pub kind: Name<PartNumberKind>,
    pub holder_id: Col<OrganizationId>,
    pub issuer: Option<String>,
    pub number: String,
    pub key: String,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

impl Scoped for Entity {
    fn visible_to(scope: &Scope) -> sea_orm::Condition {
        let shown = sea_orm::Condition::all()
            .add(Column::Kind.ne(Name(PartNumberKind::Customer)))
            .add(Expr::exists(seen(scope, Column::ProductId)));
        sea_orm::Condition::any()
            .add(Column::OwnerId.eq(scope.organization()))
            .add(Column::HolderId.eq(scope.organization()))
            .add(shown)
    }
}
