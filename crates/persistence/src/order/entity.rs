//! The tables `purchase_order` and `order_line`.

pub mod purchase_order {
    use jiff::Timestamp;
    use sea_orm::entity::prelude::*;
    use tradehall_domain::order::{CancellationStatus, OrderId, OrderOrigin, OrderStatus};
    use tradehall_domain::organization::OrganizationId;
    use tradehall_domain::venue::VenueId;

    use crate::column::{Col, Name};
    use crate::scope::{Scope, Scoped};

    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "purchase_order")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Col<OrderId>,
        pub number: String,
        pub buyer_id: Col<OrganizationId>,
        pub seller_id: Col<OrganizationId>,
        pub venue_id: Col<VenueId>,
        pub origin: Name<OrderOrigin>,
        pub origin_id: Uuid,
        pub currency: String,
        pub status: Name<OrderStatus>,
        pub since: Col<Timestamp>,
        pub incoterm: Option<String>,
        pub named_place: Option<String>,
        pub delivery_address: Option<String>,
        pub payment_terms: Option<String>,
        pub remarks: Option<String>,
        pub placed_at: Col<Timestamp>,
        pub acknowledged_at: Option<Col<Timestamp>>,
        pub seller_remark: Option<String>,
        pub end_reason: Option<String>,
        pub cancellation_status: Option<Name<CancellationStatus>>,
        pub cancellation_reason: Option<String>,
        pub cancellation_requested_at: Option<Col<Timestamp>>,
        pub cancellation_answer: Option<String>,
        pub cancellation_answered_at: Option<Col<Timestamp>>,
        pub total: i64,
        pub version: i64,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}

    impl Scoped for Entity {
        fn visible_to(scope: &Scope) -> sea_orm::Condition {
            sea_orm::Condition::any()
                .add(Column::BuyerId.eq(scope.organization()))
                .add(Column::SellerId.eq(scope.organization()))
        }
    }
}

pub mod order_line {
    use jiff::civil::Date;
    use sea_orm::entity::prelude::*;
    use tradehall_domain::catalog::ProductId;
    use tradehall_domain::order::{OrderId, OrderLineId};
    use tradehall_domain::organization::OrganizationId;

    use crate::column::Col;
    use crate::scope::{Scope, Scoped};

    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "order_line")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Col<OrderLineId>,
        pub order_id: Col<OrderId>,
        pub buyer_id: Col<OrganizationId>,
        pub seller_id: Col<OrganizationId>,
        pub position: i64,
        pub product_id: Option<Col<ProductId>>,
        pub part_number: Option<String>,
        pub description: String,
        pub unit: String,
        pub quantity: i64,
        pub open_quantity: i64,
        pub cancelled_quantity: i64,
        pub currency: String,
        pub unit_price: i64,
        pub total: i64,
        pub incoterm: Option<String>,
        pub named_place: Option<String>,
        pub delivery_address: Option<String>,
        pub requested_on: Option<Col<Date>>,
        pub lead_time_days: Option<i64>,
        pub promised_on: Option<Col<Date>>,
        pub origin_line_id: Option<Uuid>,
        pub version: i64,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}

    impl Scoped for Entity {
        fn visible_to(scope: &Scope) -> sea_orm::Condition {
            sea_orm::Condition::any()
                .add(Column::BuyerId.eq(scope.organization()))
                .add(Column::SellerId.eq(scope.organization()))
        }
    }
}
