//! The tables `quote`, `quote_version`, `quote_line` and `award`.

use sea_orm::{ColumnTrait, Condition};

use crate::scope::Scope;

/// A seller sees its own, a buyer what is revealed to it.
fn revealed_to<C: ColumnTrait>(scope: &Scope, seller: C, buyer: C, revealed: C) -> Condition {
    Condition::any()
        .add(seller.eq(scope.organization()))
        .add(Condition::all().add(buyer.eq(scope.organization())).add(revealed.eq(true)))
}

pub mod quote {
    use jiff::Timestamp;
    use sea_orm::entity::prelude::*;
    use tradehall_domain::organization::OrganizationId;
    use tradehall_domain::quote::{QuoteId, QuoteStatus};
    use tradehall_domain::rfq::RfqId;

    use crate::column::{Col, Name};
    use crate::scope::{Scope, Scoped};

    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "quote")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Col<QuoteId>,
        pub rfq_id: Col<RfqId>,
        pub buyer_id: Col<OrganizationId>,
        pub seller_id: Col<OrganizationId>,
        pub number: String,
        pub status: Name<QuoteStatus>,
        pub revealed: bool,
        pub current: i64,
        pub valid_until: Col<Timestamp>,
        pub submitted_at: Option<Col<Timestamp>>,
        pub version: i64,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}

    impl Scoped for Entity {
        fn visible_to(scope: &Scope) -> sea_orm::Condition {
            super::revealed_to(scope, Column::SellerId, Column::BuyerId, Column::Revealed)
        }
    }
}

pub mod quote_version {
    use jiff::Timestamp;
    use sea_orm::entity::prelude::*;
    use tradehall_domain::organization::OrganizationId;
    use tradehall_domain::quote::{QuoteId, QuoteVersionId};
    use tradehall_domain::rfq::RfqId;

    use crate::column::Col;
    use crate::scope::{Scope, Scoped};

    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "quote_version")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Col<QuoteVersionId>,
        pub quote_id: Col<QuoteId>,
        pub rfq_id: Col<RfqId>,
        pub buyer_id: Col<OrganizationId>,
        pub seller_id: Col<OrganizationId>,
        pub number: i64,
        pub currency: String,
        pub valid_until: Col<Timestamp>,
        pub payment_terms: Option<String>,
        pub remarks: Option<String>,
        pub total: i64,
        pub created_at: Col<Timestamp>,
        pub submitted_at: Option<Col<Timestamp>>,
        pub revealed: bool,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}

    impl Scoped for Entity {
        fn visible_to(scope: &Scope) -> sea_orm::Condition {
            super::revealed_to(scope, Column::SellerId, Column::BuyerId, Column::Revealed)
        }
    }
}

pub mod quote_line {
    use sea_orm::entity::prelude::*;
    use tradehall_domain::organization::OrganizationId;
    use tradehall_domain::quote::{QuoteId, QuoteLineId, QuoteVersionId};
    use tradehall_domain::rfq::{RfqId, RfqLineId};

    use crate::column::Col;
    use crate::scope::{Scope, Scoped};

    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "quote_line")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Col<QuoteLineId>,
        pub quote_version_id: Col<QuoteVersionId>,
        pub quote_id: Col<QuoteId>,
        pub rfq_id: Col<RfqId>,
        pub rfq_line_id: Col<RfqLineId>,
        pub buyer_id: Col<OrganizationId>,
        pub seller_id: Col<OrganizationId>,
        pub quantity: i64,
        pub unit: String,
        pub currency: String,
        pub unit_price: i64,
        pub tiers: String,
        pub lead_time_days: i64,
        pub remarks: Option<String>,
        pub revealed: bool,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}

    impl Scoped for Entity {
        fn visible_to(scope: &Scope) -> sea_orm::Condition {
            super::revealed_to(scope, Column::SellerId, Column::BuyerId, Column::Revealed)
        }
    }
}

pub mod award {
    use jiff::Timestamp;
    use sea_orm::entity::prelude::*;
    use tradehall_domain::organization::OrganizationId;
    use tradehall_domain::quote::{QuoteId, QuoteLineId};
    use tradehall_domain::rfq::{AwardId, RfqId, RfqLineId};

    use crate::column::Col;
    use crate::scope::{Scope, Scoped};

    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "award")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Col<AwardId>,
        pub rfq_id: Col<RfqId>,
        pub rfq_line_id: Col<RfqLineId>,
        pub quote_id: Col<QuoteId>,
        pub quote_line_id: Col<QuoteLineId>,
        pub buyer_id: Col<OrganizationId>,
        pub seller_id: Col<OrganizationId>,
        pub quantity: i64,
        pub currency: String,
        pub unit_price: i64,
        pub amount: i64,
        pub awarded_at: Col<Timestamp>,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}

    impl Scoped for Entity {
        fn visible_to(scope: &Scope) -> sea_orm::Condition {
            sea_orm::Condition::any()
                .add(Column::SellerId.eq(scope.organization()))
                .add(Column::BuyerId.eq(scope.organization()))
        }
    }
}
