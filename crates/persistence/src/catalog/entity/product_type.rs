//! The table `product_type`.

use jiff::Timestamp;
use sea_orm::entity::prelude::*;
use tradehall_domain::catalog::ProductTypeId;
use tradehall_domain::organization::OrganizationId;

use crate::column::Col;
use crate::scope::{Scope, Scoped};

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "product_type")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Col<ProductTypeId>,
    pub owner_id: Col<OrganizationId>,
    pub code: String,
    pub name: String,
    pub names: String,
    pub definitions: String,
    pub published: bool,
    pub narrowed_at: Col<Timestamp>,
    pub created_at: Col<Timestamp>,
    pub version: i64,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

impl Scoped for Entity {
    fn visible_to(scope: &Scope) -> sea_orm::Condition {
        sea_orm::Condition::any().add(Column::OwnerId.eq(scope.organization())).add(Column::Published.eq(true))
    }
}
