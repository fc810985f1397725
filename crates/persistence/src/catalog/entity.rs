//! The tables `category`, `product_type`, `product` and `offer`.

pub mod product_type;

pub mod category {
    use jiff::Timestamp;
    use sea_orm::entity::prelude::*;
    use tradehall_domain::catalog::CategoryId;
    use tradehall_domain::organization::OrganizationId;

    use crate::column::Col;
    use crate::scope::{Scope, Scoped};

    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "category")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Col<CategoryId>,
        pub owner_id: Col<OrganizationId>,
        pub parent_id: Option<Col<CategoryId>>,
        pub code: String,
        pub name: String,
        pub published: bool,
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
}

pub mod product {
    use jiff::Timestamp;
    use sea_orm::entity::prelude::*;
    use tradehall_domain::catalog::{CategoryId, ProductId, ProductStatus, ProductTypeId};
    use tradehall_domain::organization::OrganizationId;

    use crate::column::{Col, Name};
    use crate::scope::{Scope, Scoped};

    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "product")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Col<ProductId>,
        pub owner_id: Col<OrganizationId>,
        pub category_id: Option<Col<CategoryId>>,
        pub number: String,
        pub name: String,
        pub description: Option<String>,
        pub gtin: Option<String>,
        pub mpn: Option<String>,
        pub brand: Option<String>,
        pub unit: String,
        pub attributes: String,
        pub search_text: String,
        pub type_id: Option<Col<ProductTypeId>>,
        pub parent_id: Option<Col<ProductId>>,
        pub axes: Option<String>,
        pub status: Name<ProductStatus>,
        pub since: Col<Timestamp>,
        pub created_at: Col<Timestamp>,
        pub version: i64,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}

    impl Scoped for Entity {
        fn visible_to(scope: &Scope) -> sea_orm::Condition {
            sea_orm::Condition::any()
                .add(Column::OwnerId.eq(scope.organization()))
                .add(Column::Status.eq(Name(ProductStatus::Published)))
        }
    }
}

pub mod offer {
    use jiff::Timestamp;
    use sea_orm::entity::prelude::*;
    use tradehall_domain::catalog::{OfferAccess, OfferId, OfferStatus, ProductId};
    use tradehall_domain::organization::OrganizationId;

    use crate::column::{Col, Name};
    use crate::scope::{Scope, Scoped};

    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "offer")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Col<OfferId>,
        pub seller_id: Col<OrganizationId>,
        pub product_id: Col<ProductId>,
        pub product_owner_id: Col<OrganizationId>,
        pub price: i64,
        pub currency: String,
        pub unit: String,
        pub min_quantity: i64,
        pub max_quantity: Option<i64>,
        pub multiple: i64,
        pub lead_time_days: i64,
        pub valid_from: Col<Timestamp>,
        pub valid_until: Option<Col<Timestamp>>,
        pub access: Name<OfferAccess>,
        pub status: Name<OfferStatus>,
        pub since: Col<Timestamp>,
        pub created_at: Col<Timestamp>,
        pub version: i64,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}

    impl Scoped for Entity {
        fn visible_to(scope: &Scope) -> sea_orm::Condition {
            sea_orm::Condition::any()
                .add(Column::SellerId.eq(scope.organization()))
                .add(Column::ProductOwnerId.eq(scope.organization()))
                .add(Column::Access.eq(Name(OfferAccess::Public)))
        }
    }
}
