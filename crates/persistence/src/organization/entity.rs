//! The tables `organization`, `organization_profile`, `registration_document` and `organization_unit`.

pub mod organization {
    use jiff::Timestamp;
    use sea_orm::entity::prelude::*;
    use sea_orm::sea_query::Expr;
    use tradehall_domain::organization::{CapabilityStatus, OrganizationId, Verification};

    use crate::column::{Col, Name};
    use crate::scope::{Scope, Scoped, everyone};
    use crate::viewing::sells_to;

    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "organization")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Col<OrganizationId>,
        pub name: String,
        pub search_text: String,
        pub country: String,
        pub verification: Name<Verification>,
        pub verification_since: Col<Timestamp>,
        pub buyer: Option<Name<CapabilityStatus>>,
        pub seller: Option<Name<CapabilityStatus>>,
        pub operator: Option<Name<CapabilityStatus>>,
        pub created_at: Col<Timestamp>,
        pub version: i64,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}

    impl Scoped for Entity {
        // The market's directory: every organization's name and verification are seen by all who trade. Visitors know the sellers
        // whose goods they are shown.
        fn visible_to(scope: &Scope) -> sea_orm::Condition {
            if scope.is_signed_in() {
                everyone()
            } else {
                sea_orm::Condition::all().add(Expr::exists(sells_to(scope, Column::Id)))
            }
        }
    }
}

pub mod profile {
    use sea_orm::entity::prelude::*;
    use tradehall_domain::organization::OrganizationId;

    use crate::column::Col;
    use crate::scope::{Scope, Scoped};

    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "organization_profile")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Col<OrganizationId>,
        pub country: String,
        pub legal_name: Option<String>,
        pub tax_code: Option<String>,
        pub claimed_tax_code: Option<String>,
        pub address: Option<String>,
        pub owner_name: Option<String>,
        pub bank_account: Option<String>,
        pub submission: i64,
        pub reason: Option<String>,
        pub version: i64,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}

    impl Scoped for Entity {
        fn visible_to(scope: &Scope) -> sea_orm::Condition {
            sea_orm::Condition::all().add(Column::Id.eq(scope.organization()))
        }
    }
}

pub mod document {
    use jiff::Timestamp;
    use sea_orm::entity::prelude::*;
    use tradehall_domain::attachment::AttachmentId;
    use tradehall_domain::organization::{OrganizationId, RegistrationDocumentId};

    use crate::column::Col;
    use crate::scope::{Scope, Scoped};

    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "registration_document")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Col<RegistrationDocumentId>,
        pub organization_id: Col<OrganizationId>,
        pub submission: i64,
        pub attachment_id: Col<AttachmentId>,
        pub title: String,
        pub added_at: Col<Timestamp>,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}

    impl Scoped for Entity {
        fn visible_to(scope: &Scope) -> sea_orm::Condition {
            sea_orm::Condition::all().add(Column::OrganizationId.eq(scope.organization()))
        }
    }
}

pub mod unit {
    use jiff::Timestamp;
    use sea_orm::entity::prelude::*;
    use tradehall_domain::organization::{OrganizationId, OrganizationUnitId, OrganizationUnitKind};

    use crate::column::{Col, Name};
    use crate::scope::{Scope, Scoped};

    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "organization_unit")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Col<OrganizationUnitId>,
        pub organization_id: Col<OrganizationId>,
        pub parent_id: Option<Col<OrganizationUnitId>>,
        pub code: String,
        pub name: String,
        pub kind: Name<OrganizationUnitKind>,
        pub cost_centre: Option<String>,
        pub archived_at: Option<Col<Timestamp>>,
        pub version: i64,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}

    impl Scoped for Entity {
        fn visible_to(scope: &Scope) -> sea_orm::Condition {
            sea_orm::Condition::all().add(Column::OrganizationId.eq(scope.organization()))
        }
    }
}
