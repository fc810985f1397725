//! The tables `stock` and `availability`.

pub mod stock {
    use jiff::Timestamp;
    use sea_orm::entity::prelude::*;
    use tradehall_domain::catalog::ProductId;
    use tradehall_domain::organization::OrganizationId;
    use tradehall_domain::stock::StockId;

    use crate::column::Col;
    use crate::scope::{Scope, Scoped};

    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "stock")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Col<StockId>,
        pub seller_id: Col<OrganizationId>,
        pub product_id: Col<ProductId>,
        pub location: String,
        pub quantity: i64,
        pub unit: String,
        pub low_below: Option<i64>,
        pub as_of: Col<Timestamp>,
        pub version: i64,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}

    impl Scoped for Entity {
        fn visible_to(scope: &Scope) -> sea_orm::Condition {
            sea_orm::Condition::all().add(Column::SellerId.eq(scope.organization()))
        }
    }
}

pub mod availability {
    use jiff::Timestamp;
    use sea_orm::entity::prelude::*;
    use sea_orm::sea_query::Expr;
    use tradehall_domain::catalog::ProductId;
    use tradehall_domain::id::Id;
    use tradehall_domain::organization::OrganizationId;
    use tradehall_domain::stock::{Availability, ProductAvailability};

    use crate::catalog::product;
    use crate::column::{Col, Name};
    use crate::scope::{Scope, Scoped};

    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "availability")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Col<Id<ProductAvailability>>,
        pub seller_id: Col<OrganizationId>,
        pub product_id: Col<ProductId>,
        pub level: Name<Availability>,
        pub since: Col<Timestamp>,
        pub version: i64,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}

    impl Scoped for Entity {
        fn visible_to(scope: &Scope) -> sea_orm::Condition {
            // Whoever sees the product sees whether it is there.
            sea_orm::Condition::any()
                .add(Column::SellerId.eq(scope.organization()))
                .add(Expr::exists(product::seen(scope, Column::ProductId)))
        }
    }
}
