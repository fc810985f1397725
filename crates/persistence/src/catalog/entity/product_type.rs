//! The tables `product_type` and `product_type_showing`.

use jiff::Timestamp;
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::{Expr, ExprTrait as _, Query};
use tradehall_domain::catalog::ProductTypeId;
use tradehall_domain::organization::OrganizationId;

use crate::column::Col;
use crate::scope::{Scope, Scoped};
use crate::viewing::{Shown, shown_to};

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
        let showing = Query::select()
            .expr(Expr::value(1))
            .from(showing::Entity)
            .and_where(Expr::col(showing::Column::ProductTypeId.as_column_ref()).equals(Column::Id.as_column_ref()))
            .and_where(Expr::exists(shown_to(scope, showing::Column::GroupId, Shown::Goods)))
            .to_owned();
        sea_orm::Condition::any().add(Column::OwnerId.eq(scope.organization())).add(Expr::exists(showing))
    }
}

/// To which groups a product type was ever shown.
pub mod showing {
    use sea_orm::entity::prelude::*;
    use sea_orm::sea_query::Expr;
    use tradehall_domain::catalog::{ProductType, ProductTypeId};
    use tradehall_domain::id::Id;
    use tradehall_domain::organization::OrganizationId;
    use tradehall_domain::viewing::GroupId;

    use crate::column::Col;
    use crate::scope::{Scope, Scoped};
    use crate::viewing::{Shown, shown_to};

    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "product_type_showing")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Col<Id<(ProductType, GroupId)>>,
        pub product_type_id: Col<ProductTypeId>,
        pub owner_id: Col<OrganizationId>,
        pub group_id: Col<GroupId>,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}

    impl Scoped for Entity {
        fn visible_to(scope: &Scope) -> sea_orm::Condition {
            let shown = Expr::exists(shown_to(scope, Column::GroupId, Shown::Goods));
            sea_orm::Condition::any().add(Column::OwnerId.eq(scope.organization())).add(shown)
        }
    }
}
