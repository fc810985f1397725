//! The tables `price_list`, `price_term`, `price`, `promotion`, `promotion_target` and `promotion_term`.
//!
//! Read through these, rows are their seller's alone. What a buyer may know of them is read by the one [`statement`](super::statement) that
//! finds prices; row-level security lets it see as much and no more.

pub mod price_list {
    use jiff::Timestamp;
    use sea_orm::entity::prelude::*;
    use tradehall_domain::organization::OrganizationId;
    use tradehall_domain::pricing::{PriceListId, PriceRank, PriceStatus};
    use tradehall_domain::viewing::GroupId;

    use crate::column::{Col, Name};
    use crate::scope::{Scope, Scoped};

    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "price_list")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Col<PriceListId>,
        pub seller_id: Col<OrganizationId>,
        pub code: String,
        pub name: String,
        pub currency: String,
        pub rank: Name<PriceRank>,
        pub group_id: Col<GroupId>,
        pub priority: i64,
        pub valid_from: Option<Col<Timestamp>>,
        pub valid_until: Option<Col<Timestamp>>,
        pub status: Name<PriceStatus>,
        pub since: Col<Timestamp>,
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

pub mod price_term {
    use jiff::Timestamp;
    use sea_orm::entity::prelude::*;
    use tradehall_domain::organization::OrganizationId;
    use tradehall_domain::pricing::PriceOrigin;
    use tradehall_domain::viewing::GroupId;

    use crate::column::{Col, Name};
    use crate::scope::{Scope, Scoped};

    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "price_term")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        pub source_id: Uuid,
        pub seller_id: Col<OrganizationId>,
        pub group_id: Col<GroupId>,
        pub origin: Name<PriceOrigin>,
        pub priority: i64,
        pub valid_from: Option<Col<Timestamp>>,
        pub valid_until: Option<Col<Timestamp>>,
        pub active: bool,
        pub recorded_at: Col<Timestamp>,
        pub ended_at: Option<Col<Timestamp>>,
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

pub mod price {
    use jiff::Timestamp;
    use sea_orm::entity::prelude::*;
    use tradehall_domain::catalog::ProductId;
    use tradehall_domain::organization::OrganizationId;
    use tradehall_domain::pricing::PriceId;
    use tradehall_domain::viewing::GroupId;

    use crate::column::Col;
    use crate::scope::{Scope, Scoped};

    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "price")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Col<PriceId>,
        pub source_id: Uuid,
        pub seller_id: Col<OrganizationId>,
        pub group_id: Col<GroupId>,
        pub product_id: Col<ProductId>,
        pub unit: String,
        pub currency: String,
        pub amount: i64,
        pub min_quantity: Option<i64>,
        pub order_minimum: Option<i64>,
        pub order_multiple: Option<i64>,
        pub valid_from: Option<Col<Timestamp>>,
        pub valid_until: Option<Col<Timestamp>>,
        pub recorded_at: Col<Timestamp>,
        pub ended_at: Option<Col<Timestamp>>,
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

pub mod promotion {
    use jiff::Timestamp;
    use sea_orm::entity::prelude::*;
    use tradehall_domain::organization::OrganizationId;
    use tradehall_domain::pricing::{PriceRank, PriceStatus, PromotionId, PromotionTargetKind};
    use tradehall_domain::viewing::GroupId;

    use crate::column::{Col, Name};
    use crate::scope::{Scope, Scoped};

    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "promotion")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Col<PromotionId>,
        pub seller_id: Col<OrganizationId>,
        pub name: String,
        pub rank: Name<PriceRank>,
        pub group_id: Col<GroupId>,
        pub target: Name<PromotionTargetKind>,
        pub percent: Option<i64>,
        pub amount: Option<i64>,
        pub currency: Option<String>,
        pub unit: Option<String>,
        pub min_quantity: Option<i64>,
        pub priority: i64,
        pub valid_from: Option<Col<Timestamp>>,
        pub valid_until: Option<Col<Timestamp>>,
        pub status: Name<PriceStatus>,
        pub since: Col<Timestamp>,
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

pub mod promotion_target {
    use sea_orm::entity::prelude::*;
    use tradehall_domain::organization::OrganizationId;
    use tradehall_domain::pricing::PromotionId;
    use tradehall_domain::viewing::GroupId;

    use crate::column::Col;
    use crate::scope::{Scope, Scoped};

    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "promotion_target")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        pub promotion_id: Col<PromotionId>,
        pub seller_id: Col<OrganizationId>,
        pub group_id: Col<GroupId>,
        pub target_id: Uuid,
        pub brand: Option<String>,
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

pub mod promotion_term {
    use jiff::Timestamp;
    use sea_orm::entity::prelude::*;
    use tradehall_domain::organization::OrganizationId;
    use tradehall_domain::pricing::{PriceOrigin, PromotionId};
    use tradehall_domain::viewing::GroupId;

    use crate::column::{Col, Name};
    use crate::scope::{Scope, Scoped};

    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "promotion_term")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        pub promotion_id: Col<PromotionId>,
        pub seller_id: Col<OrganizationId>,
        pub group_id: Col<GroupId>,
        pub origin: Name<PriceOrigin>,
        pub name: String,
        pub percent: Option<i64>,
        pub amount: Option<i64>,
        pub currency: Option<String>,
        pub unit: Option<String>,
        pub min_quantity: Option<i64>,
        pub priority: i64,
        pub valid_from: Option<Col<Timestamp>>,
        pub valid_until: Option<Col<Timestamp>>,
        pub active: bool,
        pub recorded_at: Col<Timestamp>,
        pub ended_at: Option<Col<Timestamp>>,
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
