//! The tables `attachment`, `attachment_link`, `attachment_grant`, `attachment_upload`, `attachment_content` and `attachment_key`.

pub mod attachment {
    use jiff::Timestamp;
    use sea_orm::entity::prelude::*;
    use sea_orm::sea_query::{ExprTrait, Query};
    use tradehall_domain::attachment::{AttachmentId, ContentId};
    use tradehall_domain::event::SubjectKind;
    use tradehall_domain::organization::OrganizationId;

    use super::{grant, link};
    use crate::catalog::product_seen;
    use crate::column::{Col, Name};
    use crate::scope::{Scope, Scoped};

    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "attachment")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Col<AttachmentId>,
        pub owner_id: Col<OrganizationId>,
        pub user_id: Option<Uuid>,
        pub api_key_id: Option<Uuid>,
        pub file_name: String,
        pub media_type: String,
        pub size: i64,
        pub content_id: Col<ContentId>,
        pub sha256: Vec<u8>,
        pub uploaded_at: Col<Timestamp>,
        pub unattached_since: Option<Col<Timestamp>>,
        pub version: i64,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}

    impl Scoped for Entity {
        fn visible_to(scope: &Scope) -> sea_orm::Condition {
            let mut visible = sea_orm::Condition::any().add(Column::OwnerId.eq(scope.organization()));
            let granted = Query::select()
                .expr(Expr::val(1))
                .from(grant::Entity)
                .and_where(Expr::col((grant::Entity, grant::Column::AttachmentId)).equals((Entity, Column::Id)))
                .and_where(grant::Column::OrganizationId.eq(scope.organization()))
                .to_owned();
            visible = visible.add(Expr::exists(granted));
            let with_product = Query::select()
                .expr(Expr::val(1))
                .from(link::Entity)
                .and_where(Expr::col((link::Entity, link::Column::AttachmentId)).equals((Entity, Column::Id)))
                .and_where(link::Column::SubjectKind.eq(Name(SubjectKind::Product)))
                .and_where(Expr::exists(product_seen(scope, link::Column::SubjectId)))
                .to_owned();
            visible = visible.add(Expr::exists(with_product));
            if scope.is_signed_in() {
                let public = Query::select()
                    .expr(Expr::val(1))
                    .from(link::Entity)
                    .and_where(Expr::col((link::Entity, link::Column::AttachmentId)).equals((Entity, Column::Id)))
                    .and_where(link::Column::IsPublic.eq(true))
                    .to_owned();
                visible = visible.add(Expr::exists(public));
            }
            visible
        }
    }
}

pub mod link {
    use jiff::Timestamp;
    use sea_orm::entity::prelude::*;
    use sea_orm::sea_query::{ExprTrait, Query};
    use tradehall_domain::attachment::{AttachmentId, AttachmentLink};
    use tradehall_domain::event::SubjectKind;
    use tradehall_domain::id::Id;
    use tradehall_domain::organization::OrganizationId;

    use super::grant;
    use crate::catalog::product_seen;
    use crate::column::{Col, Name};
    use crate::scope::{Scope, Scoped};

    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "attachment_link")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Col<Id<AttachmentLink>>,
        pub attachment_id: Col<AttachmentId>,
        pub owner_id: Col<OrganizationId>,
        pub subject_kind: Name<SubjectKind>,
        pub subject_id: Uuid,
        pub is_public: bool,
        pub attached_at: Col<Timestamp>,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}

    impl Scoped for Entity {
        fn visible_to(scope: &Scope) -> sea_orm::Condition {
            let granted = Query::select()
                .expr(Expr::val(1))
                .from(grant::Entity)
                .and_where(Expr::col((grant::Entity, grant::Column::LinkId)).equals((Entity, Column::Id)))
                .and_where(grant::Column::OrganizationId.eq(scope.organization()))
                .to_owned();
            let mut visible =
                sea_orm::Condition::any().add(Column::OwnerId.eq(scope.organization())).add(Expr::exists(granted));
            if scope.is_signed_in() {
                visible = visible.add(Column::IsPublic.eq(true));
            }
            let with_product = sea_orm::Condition::all()
                .add(Column::SubjectKind.eq(Name(SubjectKind::Product)))
                .add(Expr::exists(product_seen(scope, Column::SubjectId)));
            visible.add(with_product)
        }
    }
}

pub mod grant {
    use sea_orm::entity::prelude::*;
    use tradehall_domain::attachment::{AttachmentId, AttachmentLink};
    use tradehall_domain::id::Id;
    use tradehall_domain::organization::OrganizationId;

    use crate::column::Col;
    use crate::scope::{Scope, Scoped};

    /// One organization's being shown one link.
    #[derive(Debug, Clone, Copy)]
    pub enum Grant {}

    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "attachment_grant")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Col<Id<Grant>>,
        pub link_id: Col<Id<AttachmentLink>>,
        pub attachment_id: Col<AttachmentId>,
        pub owner_id: Col<OrganizationId>,
        pub organization_id: Col<OrganizationId>,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}

    impl Scoped for Entity {
        fn visible_to(scope: &Scope) -> sea_orm::Condition {
            sea_orm::Condition::any()
                .add(Column::OwnerId.eq(scope.organization()))
                .add(Column::OrganizationId.eq(scope.organization()))
        }
    }
}

pub mod upload {
    use jiff::Timestamp;
    use sea_orm::entity::prelude::*;
    use tradehall_domain::attachment::{UploadId, UploadStatus};
    use tradehall_domain::organization::OrganizationId;

    use crate::column::{Col, Name};
    use crate::scope::{Scope, Scoped};

    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "attachment_upload")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Col<UploadId>,
        pub owner_id: Col<OrganizationId>,
        pub user_id: Option<Uuid>,
        pub api_key_id: Option<Uuid>,
        pub file_name: String,
        pub media_type: String,
        pub size: i64,
        pub status: Name<UploadStatus>,
        pub requested_at: Col<Timestamp>,
        pub expires_at: Col<Timestamp>,
        pub version: i64,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}

    impl Scoped for Entity {
        fn visible_to(scope: &Scope) -> sea_orm::Condition {
            sea_orm::Condition::all().add(Column::OwnerId.eq(scope.organization()))
        }
    }
}

pub mod content {
    use jiff::Timestamp;
    use sea_orm::entity::prelude::*;
    use tradehall_domain::attachment::ContentId;

    use crate::column::Col;
    use crate::scope::{Scope, Scoped, nobody};

    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "attachment_content")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Col<ContentId>,
        pub sha256: Vec<u8>,
        pub size: i64,
        pub is_stored: bool,
        pub in_doubt_since: Option<Col<Timestamp>>,
        pub condemned_at: Option<Col<Timestamp>>,
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

pub mod key {
    use jiff::Timestamp;
    use sea_orm::entity::prelude::*;
    use tradehall_domain::id::Id;

    use crate::column::Col;
    use crate::scope::{Scope, Scoped, nobody};

    /// What signs links to files.
    #[derive(Debug, Clone, Copy)]
    pub enum LinkKey {}

    #[derive(Clone, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "attachment_key")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Col<Id<LinkKey>>,
        pub name: String,
        pub secret: Vec<u8>,
        pub created_at: Col<Timestamp>,
    }

    /// Without the secret.
    impl std::fmt::Debug for Model {
        fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
            f.debug_struct("Model").field("name", &self.name).finish_non_exhaustive()
        }
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
