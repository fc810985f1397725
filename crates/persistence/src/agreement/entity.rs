//! The tables `agreement`, `agreement_version` and `agreement_line`.

pub mod agreement {
    use jiff::Timestamp;
    use sea_orm::entity::prelude::*;
    use tradehall_domain::agreement::{AgreementId, AgreementState};
    use tradehall_domain::organization::OrganizationId;
    use tradehall_domain::side::Side;
    use tradehall_domain::venue::VenueId;

    use crate::column::{Col, Name};
    use crate::scope::{Scope, Scoped};

    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "agreement")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Col<AgreementId>,
        pub number: String,
        pub buyer_id: Col<OrganizationId>,
        pub seller_id: Col<OrganizationId>,
        pub venue_id: Col<VenueId>,
        pub drafter: Name<Side>,
        pub author: Name<Side>,
        pub state: Name<AgreementState>,
        pub since: Col<Timestamp>,
        pub current: i64,
        pub hash: String,
        pub title: String,
        pub buyer_reference: Option<String>,
        pub seller_reference: Option<String>,
        pub currency: String,
        pub valid_from: Col<Timestamp>,
        pub valid_until: Col<Timestamp>,
        pub payment_terms: Option<String>,
        pub incoterm: Option<String>,
        pub named_place: Option<String>,
        pub commitment: Option<i64>,
        pub notice_days: i64,
        pub renewal_months: Option<i64>,
        pub agreed_at: Option<Col<Timestamp>>,
        pub reason: Option<String>,
        pub notice_by: Option<Name<Side>>,
        pub notice_at: Option<Col<Timestamp>>,
        pub terminated_by: Option<Name<Side>>,
        pub terminates_at: Option<Col<Timestamp>>,
        pub predecessor_id: Option<Col<AgreementId>>,
        pub successor_id: Option<Col<AgreementId>>,
        pub anchor_day: i64,
        pub settled: bool,
        pub created_at: Col<Timestamp>,
        pub next_check_at: Option<Col<Timestamp>>,
        pub version: i64,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}

    impl Scoped for Entity {
        fn visible_to(scope: &Scope) -> sea_orm::Condition {
            let shown_to = |party: Column, side: Side| {
                let told = sea_orm::Condition::any()
                    .add(Column::State.ne(Name(AgreementState::Draft)))
                    .add(Column::Drafter.eq(Name(side)));
                sea_orm::Condition::all().add(party.eq(scope.organization())).add(told)
            };
            sea_orm::Condition::any()
                .add(shown_to(Column::BuyerId, Side::Buyer))
                .add(shown_to(Column::SellerId, Side::Seller))
        }
    }
}

pub mod agreement_version {
    use jiff::Timestamp;
    use sea_orm::entity::prelude::*;
    use tradehall_domain::agreement::{AgreementId, AgreementVersionId};
    use tradehall_domain::organization::OrganizationId;
    use tradehall_domain::side::Side;

    use crate::column::{Col, Name};
    use crate::scope::{Scope, Scoped};

    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "agreement_version")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Col<AgreementVersionId>,
        pub agreement_id: Col<AgreementId>,
        pub buyer_id: Col<OrganizationId>,
        pub seller_id: Col<OrganizationId>,
        pub number: i64,
        pub author: Name<Side>,
        pub content: String,
        pub hash: String,
        pub created_at: Col<Timestamp>,
        pub offered_at: Option<Col<Timestamp>>,
        pub version: i64,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}

    impl Scoped for Entity {
        fn visible_to(scope: &Scope) -> sea_orm::Condition {
            let shown_to = |party: Column, side: Side| {
                let told =
                    sea_orm::Condition::any().add(Column::OfferedAt.is_not_null()).add(Column::Author.eq(Name(side)));
                sea_orm::Condition::all().add(party.eq(scope.organization())).add(told)
            };
            sea_orm::Condition::any()
                .add(shown_to(Column::BuyerId, Side::Buyer))
                .add(shown_to(Column::SellerId, Side::Seller))
        }
    }
}

pub mod agreement_line {
    use sea_orm::entity::prelude::*;
    use tradehall_domain::agreement::{AgreementId, AgreementLineId};
    use tradehall_domain::catalog::ProductId;
    use tradehall_domain::organization::OrganizationId;

    use crate::column::Col;
    use crate::scope::{Scope, Scoped};

    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "agreement_line")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Col<AgreementLineId>,
        pub agreement_id: Col<AgreementId>,
        pub buyer_id: Col<OrganizationId>,
        pub seller_id: Col<OrganizationId>,
        pub position: i64,
        pub product_id: Col<ProductId>,
        pub part_number: String,
        pub description: String,
        pub unit: String,
        pub currency: String,
        pub tiers: String,
        pub order_minimum: Option<i64>,
        pub order_multiple: Option<i64>,
        pub volume: Option<i64>,
        pub commitment: Option<i64>,
        pub lead_time_days: Option<i64>,
        pub called_off: i64,
        pub remaining: Option<i64>,
        pub called_off_amount: i64,
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
