//! The table `product_packaging`.

use sea_orm::entity::prelude::*;
use sea_orm::sea_query::Expr;
use tradehall_domain::catalog::{Packaging, ProductId};
use tradehall_domain::id::Id;
use tradehall_domain::organization::OrganizationId;

use super::product::seen;
use crate::column::Col;
use crate::scope::{Scope, Scoped};

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "product_packaging")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Col<Id<Packaging>>,
    pub owner_id: Col<OrganizationId>,
    pub product_id: Col<ProductId>,
    pub unit: String,
    pub quantity: i64,
    pub of_unit: String,
    pub gtin: Option<String>,
    pub weight: Option<i64>,
    pub length: Option<i64>,
    pub width: Option<i64>,
    pub height: Option<i64>,
    pub place: i64,
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
