//! The tables `rfq`, `rfq_line` and `rfq_invitation`.

pub mod rfq {
    use jiff::Timestamp;
    use sea_orm::Condition;
    use sea_orm::entity::prelude::*;
    use sea_orm::sea_query::{Expr, ExprTrait, Query};
    use tradehall_domain::organization::{OrganizationId, Verification};
    use tradehall_domain::rfq::{Bidding, RfqAudience, RfqId, RfqStatus};
    use tradehall_domain::venue::VenueId;

    use super::rfq_invitation;
    use crate::column::{Col, Name};
    use crate::organization;
    use crate::scope::{Scope, Scoped};

    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "rfq")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Col<RfqId>,
        pub buyer_id: Col<OrganizationId>,
        pub venue_id: Col<VenueId>,
        pub number: String,
        pub title: String,
        pub description: Option<String>,
        pub currency: String,
        pub audience: Name<RfqAudience>,
        pub bidding: Name<Bidding>,
        pub deadline: Col<Timestamp>,
        pub status: Name<RfqStatus>,
        pub published_at: Option<Col<Timestamp>>,
        pub created_at: Col<Timestamp>,
        pub next_check_at: Option<Col<Timestamp>>,
        pub version: i64,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}

    impl Scoped for Entity {
        // The buyer; once published, whoever was asked and, for public requests, every verified organization.
        fn visible_to(scope: &Scope) -> Condition {
            let asked = Query::select()
                .expr(Expr::value(1))
                .from(rfq_invitation::Entity)
                .and_where(rfq_invitation::Column::RfqId.into_expr().equals(Column::Id.as_column_ref()))
                .and_where(rfq_invitation::Column::SellerId.eq(scope.organization()))
                .to_owned();
            let verified = organization::verification_of(scope.organization(), Verification::Verified);
            let public =
                Condition::all().add(Column::Audience.eq(Name(RfqAudience::Public))).add(Expr::exists(verified));
            Condition::any().add(Column::BuyerId.eq(scope.organization())).add(
                Condition::all()
                    .add(Column::Status.ne(Name(RfqStatus::Draft)))
                    .add(Condition::any().add(Expr::exists(asked)).add(public)),
            )
        }
    }
}

pub mod rfq_line {
    use sea_orm::Condition;
    use sea_orm::entity::prelude::*;
    use sea_orm::sea_query::{Expr, ExprTrait, Query};
    use tradehall_domain::catalog::ProductId;
    use tradehall_domain::organization::OrganizationId;
    use tradehall_domain::rfq::{RfqId, RfqLineId};

    use super::rfq;
    use crate::column::Col;
    use crate::scope::{Scope, Scoped};

    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "rfq_line")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Col<RfqLineId>,
        pub rfq_id: Col<RfqId>,
        pub buyer_id: Col<OrganizationId>,
        pub position: i64,
        pub product_id: Option<Col<ProductId>>,
        pub description: String,
        pub quantity: i64,
        pub unit: String,
        pub currency: String,
        pub target_price: Option<i64>,
        pub delivery_place: Option<String>,
        pub delivery_date: Option<String>,
        pub incoterm: Option<String>,
        pub incoterm_place: Option<String>,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}

    impl Scoped for Entity {
        // With the request it belongs to.
        fn visible_to(scope: &Scope) -> Condition {
            let request = Query::select()
                .expr(Expr::value(1))
                .from(rfq::Entity)
                .and_where(rfq::Column::Id.into_expr().equals(Column::RfqId.as_column_ref()))
                .cond_where(rfq::Entity::visible_to(scope))
                .to_owned();
            Condition::any().add(Column::BuyerId.eq(scope.organization())).add(Expr::exists(request))
        }
    }
}

pub mod rfq_invitation {
    use jiff::Timestamp;
    use sea_orm::entity::prelude::*;
    use tradehall_domain::organization::OrganizationId;
    use tradehall_domain::rfq::{InvitationId, InvitationOrigin, InvitationStatus, RfqId};

    use crate::column::{Col, Name};
    use crate::scope::{Scope, Scoped};

    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "rfq_invitation")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Col<InvitationId>,
        pub rfq_id: Col<RfqId>,
        pub buyer_id: Col<OrganizationId>,
        pub seller_id: Col<OrganizationId>,
        pub origin: Name<InvitationOrigin>,
        pub status: Name<InvitationStatus>,
        pub decline_reason: Option<String>,
        pub since: Col<Timestamp>,
        pub revealed: bool,
        pub version: i64,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}

    impl Scoped for Entity {
        fn visible_to(scope: &Scope) -> sea_orm::Condition {
            sea_orm::Condition::any().add(Column::BuyerId.eq(scope.organization())).add(
                sea_orm::Condition::all().add(Column::SellerId.eq(scope.organization())).add(Column::Revealed.eq(true)),
            )
        }
    }
}
