//! The tables `import_run`, `import_row`, `import_mapping` and `import_reference`.

pub mod import_run {
    use jiff::Timestamp;
    use sea_orm::entity::prelude::*;
    use tradehall_domain::attachment::AttachmentId;
    use tradehall_domain::import::{ImportId, ImportKind, ImportMode, ImportPhase, ImportStatus};
    use tradehall_domain::organization::OrganizationId;

    use crate::column::{Col, Name};
    use crate::scope::{Scope, Scoped};

    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "import_run")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Col<ImportId>,
        pub organization_id: Option<Col<OrganizationId>>,
        pub kind: Name<ImportKind>,
        pub mode: Name<ImportMode>,
        pub status: Name<ImportStatus>,
        pub files: String,
        pub started_at: Col<Timestamp>,
        pub finished_at: Option<Col<Timestamp>>,
        pub is_trial: bool,
        pub phase: Name<ImportPhase>,
        pub attachment_id: Option<Col<AttachmentId>>,
        pub settings: String,
        pub user_id: Option<Uuid>,
        pub api_key_id: Option<Uuid>,
        pub position: i64,
        pub row_count: Option<i64>,
        pub problems: String,
        pub due_at: Option<Col<Timestamp>>,
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

pub mod import_row {
    use sea_orm::entity::prelude::*;
    use tradehall_domain::id::Id;
    use tradehall_domain::import::{ImportId, Refusal};
    use tradehall_domain::organization::OrganizationId;

    use crate::column::Col;
    use crate::scope::{Scope, Scoped};

    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "import_row")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Col<Id<Refusal>>,
        pub run_id: Col<ImportId>,
        pub organization_id: Option<Col<OrganizationId>>,
        pub file: String,
        pub line: i64,
        pub problems: String,
        pub cells: String,
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

pub mod import_reference {
    use sea_orm::entity::prelude::*;
    use tradehall_domain::id::Id;

    use super::super::reference::{Reference, ReferenceKind};
    use crate::column::{Col, Name};
    use crate::scope::{Scope, Scoped, nobody};

    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "import_reference")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Col<Id<Reference>>,
        pub source: String,
        pub kind: Name<ReferenceKind>,
        pub external_key: String,
        pub target_id: Uuid,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}

    impl Scoped for Entity {
        fn visible_to(_: &Scope) -> sea_orm::Condition {
            nobody()
        }
    }
}

pub mod import_mapping {
    use jiff::Timestamp;
    use sea_orm::entity::prelude::*;
    use tradehall_domain::import::{ImportKind, ImportMappingId};
    use tradehall_domain::organization::OrganizationId;

    use crate::column::{Col, Name};
    use crate::scope::{Scope, Scoped};

    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "import_mapping")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Col<ImportMappingId>,
        pub organization_id: Col<OrganizationId>,
        pub kind: Name<ImportKind>,
        pub name: String,
        pub columns: String,
        pub saved_at: Col<Timestamp>,
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
