//! The tables `membership`, `membership_role`, `member_invitation`, `member_invitation_role` and `custom_role`.

pub mod membership {
    use jiff::Timestamp;
    use sea_orm::entity::prelude::*;
    use tradehall_domain::identity::UserId;
    use tradehall_domain::organization::{MembershipId, MembershipStatus, OrganizationId, OrganizationUnitId};

    use crate::column::{Col, Name};
    use crate::scope::{Scope, Scoped};

    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "membership")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Col<MembershipId>,
        pub organization_id: Col<OrganizationId>,
        pub user_id: Col<UserId>,
        pub status: Name<MembershipStatus>,
        pub system_roles: i64,
        pub unit_id: Option<Col<OrganizationUnitId>>,
        pub since: Col<Timestamp>,
        pub joined_at: Col<Timestamp>,
        pub version: i64,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}

    impl Scoped for Entity {
        // A person sees all memberships of their own, wherever they act now.
        fn visible_to(scope: &Scope) -> sea_orm::Condition {
            sea_orm::Condition::any()
                .add(Column::OrganizationId.eq(scope.organization()))
                .add(Column::UserId.eq(scope.user()))
        }
    }
}

pub mod membership_role {
    use sea_orm::entity::prelude::*;
    use tradehall_domain::id::Id;
    use tradehall_domain::identity::UserId;
    use tradehall_domain::organization::{CustomRoleId, MembershipId, OrganizationId};

    use crate::column::Col;
    use crate::scope::{Scope, Scoped};

    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "membership_role")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Col<Id<Model>>,
        pub organization_id: Col<OrganizationId>,
        pub user_id: Col<UserId>,
        pub membership_id: Col<MembershipId>,
        pub custom_role_id: Col<CustomRoleId>,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}

    impl Scoped for Entity {
        fn visible_to(scope: &Scope) -> sea_orm::Condition {
            sea_orm::Condition::any()
                .add(Column::OrganizationId.eq(scope.organization()))
                .add(Column::UserId.eq(scope.user()))
        }
    }
}

pub mod invitation {
    use jiff::Timestamp;
    use sea_orm::entity::prelude::*;
    use tradehall_domain::identity::UserId;
    use tradehall_domain::organization::{
        MemberInvitationId, MemberInvitationStatus, OrganizationId, OrganizationUnitId,
    };

    use crate::column::{Col, Name};
    use crate::scope::{Scope, Scoped};

    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "member_invitation")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Col<MemberInvitationId>,
        pub organization_id: Col<OrganizationId>,
        pub email: String,
        pub system_roles: i64,
        pub unit_id: Option<Col<OrganizationUnitId>>,
        pub status: Name<MemberInvitationStatus>,
        pub token: Vec<u8>,
        pub expires_at: Col<Timestamp>,
        pub invited_by: Option<Col<UserId>>,
        pub created_at: Col<Timestamp>,
        pub version: i64,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}

    impl Scoped for Entity {
        // The person invited is known by the secret alone, and reads as `SystemTask::Join`.
        fn visible_to(scope: &Scope) -> sea_orm::Condition {
            sea_orm::Condition::all().add(Column::OrganizationId.eq(scope.organization()))
        }
    }
}

pub mod invitation_role {
    use sea_orm::entity::prelude::*;
    use tradehall_domain::id::Id;
    use tradehall_domain::organization::{CustomRoleId, MemberInvitationId, OrganizationId};

    use crate::column::Col;
    use crate::scope::{Scope, Scoped};

    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "member_invitation_role")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Col<Id<Model>>,
        pub organization_id: Col<OrganizationId>,
        pub invitation_id: Col<MemberInvitationId>,
        pub custom_role_id: Col<CustomRoleId>,
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

pub mod custom_role {
    use sea_orm::entity::prelude::*;
    use tradehall_domain::access::PermissionSet;
    use tradehall_domain::organization::{CustomRoleId, OrganizationId};

    use crate::column::Col;
    use crate::scope::{Scope, Scoped};

    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "custom_role")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Col<CustomRoleId>,
        pub organization_id: Col<OrganizationId>,
        pub name: String,
        pub search_text: String,
        pub permissions: Col<PermissionSet>,
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
