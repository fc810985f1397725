//! What a seller keeps of its customers; every row is its alone.

pub mod customer {
    use sea_orm::entity::prelude::*;
    use tradehall_domain::customer::{CustomerId, CustomerReach};
    use tradehall_domain::organization::OrganizationId;

    use crate::column::{Col, Name};
    use crate::scope::{Scope, Scoped};

    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "customer")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Col<CustomerId>,
        pub seller_id: Col<OrganizationId>,
        pub buyer_id: Col<OrganizationId>,
        pub number: Option<String>,
        pub note: Option<String>,
        pub reach: Name<CustomerReach>,
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

pub mod segment {
    use jiff::Timestamp;
    use sea_orm::entity::prelude::*;
    use tradehall_domain::customer::SegmentId;
    use tradehall_domain::organization::OrganizationId;

    use crate::column::Col;
    use crate::scope::{Scope, Scoped};

    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "segment")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Col<SegmentId>,
        pub seller_id: Col<OrganizationId>,
        pub code: String,
        pub name: String,
        pub created_at: Col<Timestamp>,
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

pub mod assortment {
    use jiff::Timestamp;
    use sea_orm::entity::prelude::*;
    use tradehall_domain::customer::{AssortmentId, AssortmentKind};
    use tradehall_domain::organization::OrganizationId;

    use crate::column::{Col, Name};
    use crate::scope::{Scope, Scoped};

    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "assortment")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Col<AssortmentId>,
        pub seller_id: Col<OrganizationId>,
        pub code: String,
        pub name: String,
        pub kind: Name<AssortmentKind>,
        pub rule: String,
        pub created_at: Col<Timestamp>,
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

pub mod listed {
    use sea_orm::entity::prelude::*;
    use tradehall_domain::catalog::{Product, ProductId};
    use tradehall_domain::customer::{Assortment, AssortmentId};
    use tradehall_domain::id::Id;
    use tradehall_domain::organization::OrganizationId;

    use crate::column::Col;
    use crate::scope::{Scope, Scoped};

    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "assortment_product")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Col<Id<(Assortment, Product)>>,
        pub assortment_id: Col<AssortmentId>,
        pub seller_id: Col<OrganizationId>,
        pub product_id: Col<ProductId>,
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

pub mod grant {
    use sea_orm::entity::prelude::*;
    use tradehall_domain::customer::{AssortmentGrant, AssortmentId, GrantEffect};
    use tradehall_domain::id::Id;
    use tradehall_domain::organization::OrganizationId;

    use crate::column::{Col, Name};
    use crate::scope::{Scope, Scoped};

    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "assortment_grant")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Col<Id<AssortmentGrant>>,
        pub assortment_id: Col<AssortmentId>,
        pub seller_id: Col<OrganizationId>,
        pub grantee_id: Uuid,
        pub effect: Name<GrantEffect>,
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

pub mod selection {
    use sea_orm::entity::prelude::*;
    use tradehall_domain::customer::SelectionId;
    use tradehall_domain::organization::OrganizationId;

    use crate::column::Col;
    use crate::scope::{Scope, Scoped};

    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "selection")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Col<SelectionId>,
        pub seller_id: Col<OrganizationId>,
        pub assortments: String,
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
