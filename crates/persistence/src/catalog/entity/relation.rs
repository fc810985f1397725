//! The table `product_relation`.

use sea_orm::entity::prelude::*;
use sea_orm::sea_query::Expr;
use tradehall_domain::catalog::{ProductId, RelationId, RelationKind};
use tradehall_domain::organization::OrganizationId;

use super::product::seen;
use crate::column::{Col, Name};
use crate::scope::{Scope, Scoped};

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "product_relation")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Col<RelationId>,
    pub owner_id: Col<OrganizationId>,
    pub product_id: Col<ProductId>,
    pub kind: Name<RelationKind>,
    pub other_id: Col<ProductId>,
    pub quantity: Option<i64>,
    pub from_day: Option<Col<jiff::civil::Date>>,
    pub place: i64,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

impl Scoped for Entity {
    fn visible_to(scope: &Scope) -> sea_orm::Condition {
        let both = sea_orm::Condition::all()
            .add(Expr::exists(seen(scope, Column::ProductId)))
            .add(Expr::exists(seen(scope, Column::OtherId)));
        sea_orm::Condition::any().add(Column::OwnerId.eq(scope.organization())).add(both)
    }
}
