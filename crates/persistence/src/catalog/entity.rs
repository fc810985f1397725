//! The tables `category`, `category_showing`, `product`, `offer` and `offer_term`; the others have files of their own.

pub mod document;
pub mod packaging;
pub mod part_number;
pub mod product_type;
pub mod relation;

pub mod category {
    use jiff::Timestamp;
    use sea_orm::entity::prelude::*;
    use sea_orm::sea_query::{Expr, ExprTrait as _, Query};
    use tradehall_domain::catalog::CategoryId;
    use tradehall_domain::organization::OrganizationId;

    use super::category_showing;
    use crate::column::Col;
    use crate::scope::{Scope, Scoped};
    use crate::viewing::{Shown, shown_to};

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
            let showing = Query::select()
                .expr(Expr::value(1))
                .from(category_showing::Entity)
                .and_where(
                    Expr::col(category_showing::Column::CategoryId.as_column_ref()).equals(Column::Id.as_column_ref()),
                )
                .and_where(Expr::exists(shown_to(scope, category_showing::Column::GroupId, Shown::Goods)))
                .to_owned();
            sea_orm::Condition::any().add(Column::OwnerId.eq(scope.organization())).add(Expr::exists(showing))
        }
    }
}

pub mod category_showing {
    use sea_orm::entity::prelude::*;
    use sea_orm::sea_query::Expr;
    use tradehall_domain::catalog::{Category, CategoryId};
    use tradehall_domain::id::Id;
    use tradehall_domain::organization::OrganizationId;
    use tradehall_domain::viewing::GroupId;

    use crate::column::Col;
    use crate::scope::{Scope, Scoped};
    use crate::viewing::{Shown, shown_to};

    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "category_showing")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Col<Id<(Category, GroupId)>>,
        pub category_id: Col<CategoryId>,
        pub owner_id: Col<OrganizationId>,
        pub group_id: Col<GroupId>,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}

    impl Scoped for Entity {
        fn visible_to(scope: &Scope) -> sea_orm::Condition {
            sea_orm::Condition::any().add(Column::OwnerId.eq(scope.organization())).add(Expr::exists(shown_to(
                scope,
                Column::GroupId,
                Shown::Goods,
            )))
        }
    }
}

pub mod product {
    use jiff::Timestamp;
    use sea_orm::entity::prelude::*;
    use sea_orm::sea_query::{Expr, ExprTrait as _, SelectStatement};
    use tradehall_domain::catalog::{CategoryId, ProductId, ProductStatus, ProductTypeId};
    use tradehall_domain::organization::OrganizationId;
    use tradehall_domain::viewing::GroupId;

    use crate::column::{Col, Name};
    use crate::scope::{Scope, Scoped};
    use crate::viewing::{Shown, shown_to};

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
        pub type_id: Option<Col<ProductTypeId>>,
        pub parent_id: Option<Col<ProductId>>,
        pub axes: Option<String>,
        pub status: Name<ProductStatus>,
        pub viewers_id: Col<GroupId>,
        pub sorted_at: Col<Timestamp>,
        pub since: Col<Timestamp>,
        pub created_at: Col<Timestamp>,
        pub version: i64,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}

    impl Scoped for Entity {
        fn visible_to(scope: &Scope) -> sea_orm::Condition {
            let shown = sea_orm::Condition::all()
                .add(Column::Status.eq(Name(ProductStatus::Published)))
                .add(Expr::exists(shown_to(scope, Column::ViewersId, Shown::Goods)));
            sea_orm::Condition::any().add(Column::OwnerId.eq(scope.organization())).add(shown)
        }
    }

    /// A subquery with a row if `scope` sees the product that `product` names.
    pub fn seen(scope: &Scope, product: impl ColumnTrait) -> SelectStatement {
        sea_orm::sea_query::Query::select()
            .expr(Expr::value(1))
            .from(Entity)
            .and_where(Expr::col(Column::Id.as_column_ref()).equals(product.as_column_ref()))
            .cond_where(Entity::visible_to(scope))
            .to_owned()
    }
}

pub mod offer {
    use jiff::Timestamp;
    use sea_orm::entity::prelude::*;
    use sea_orm::sea_query::Expr;
    use tradehall_domain::catalog::{OfferAccess, OfferId, OfferStatus, ProductId};
    use tradehall_domain::organization::OrganizationId;

    use super::product;
    use crate::column::{Col, Name};
    use crate::scope::{Scope, Scoped};
    use crate::viewing::{Shown, shown_to};

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
            // A public offer is a list price: it is for those to whom its seller shows prices, and who see the product.
            let public = sea_orm::Condition::all()
                .add(Column::Access.eq(Name(OfferAccess::Public)))
                .add(Expr::exists(shown_to(scope, Column::SellerId, Shown::Prices)))
                .add(Expr::exists(product::seen(scope, Column::ProductId)));
            sea_orm::Condition::any()
                .add(Column::SellerId.eq(scope.organization()))
                .add(Column::ProductOwnerId.eq(scope.organization()))
                .add(public)
        }
    }
}

pub mod offer_term {
    use jiff::Timestamp;
    use sea_orm::entity::prelude::*;
    use tradehall_domain::catalog::{OfferId, ProductId};
    use tradehall_domain::organization::OrganizationId;

    use crate::column::Col;
    use crate::scope::{Scope, Scoped};

    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "offer_term")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        pub offer_id: Col<OfferId>,
        pub seller_id: Col<OrganizationId>,
        pub product_id: Col<ProductId>,
        pub amount: i64,
        pub currency: String,
        pub unit: String,
        pub min_quantity: i64,
        pub max_quantity: Option<i64>,
        pub multiple: i64,
        pub valid_from: Col<Timestamp>,
        pub valid_until: Option<Col<Timestamp>>,
        pub public: bool,
        pub active: bool,
        pub recorded_at: Col<Timestamp>,
        pub ended_at: Option<Col<Timestamp>>,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}

    impl Scoped for Entity {
        /// Its seller's alone: what others may know of it is read with the prices.
        fn visible_to(scope: &Scope) -> sea_orm::Condition {
            sea_orm::Condition::all().add(Column::SellerId.eq(scope.organization()))
        }
    }
}
