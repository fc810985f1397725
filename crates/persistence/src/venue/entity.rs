//! The tables `venue`, `venue_owner` and `participation`.

pub mod venue {
    use jiff::Timestamp;
    use sea_orm::entity::prelude::*;
    use sea_orm::sea_query::{Expr, Query};
    use tradehall_domain::organization::OrganizationId;
    use tradehall_domain::venue::{VenueAccess, VenueId, VenueModel};
    use tradehall_domain::viewing::{GuestPolicy, VisitorPolicy};

    use super::participation;
    use crate::column::{Col, Name};
    use crate::scope::{Scope, Scoped};
    use crate::viewing::{Shown, shown_to};

    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "venue")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Col<VenueId>,
        pub owner_id: Col<OrganizationId>,
        pub model: Name<VenueModel>,
        pub name: String,
        pub access: Name<VenueAccess>,
        pub guest_policy: Option<Name<GuestPolicy>>,
        pub visitor_policy: Option<Name<VisitorPolicy>>,
        pub created_at: Col<Timestamp>,
        pub version: i64,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}

    impl Scoped for Entity {
        fn visible_to(scope: &Scope) -> sea_orm::Condition {
            if !scope.is_signed_in() {
                // Visitors know the shops whose goods they are shown, and no other venue.
                return sea_orm::Condition::all()
                    .add(Column::Model.eq(Name(VenueModel::SellSide)))
                    .add(Column::Access.eq(Name(VenueAccess::Public)))
                    .add(Expr::exists(shown_to(scope, Column::OwnerId, Shown::Goods)));
            }
            let joined = Query::select()
                .column(participation::Column::VenueId)
                .from(participation::Entity)
                .and_where(participation::Column::OrganizationId.eq(scope.organization()))
                .to_owned();
            sea_orm::Condition::any()
                .add(Column::Access.eq(Name(VenueAccess::Public)))
                .add(Column::OwnerId.eq(scope.organization()))
                .add(Column::Id.in_subquery(joined))
        }
    }
}

pub mod venue_owner {
    use sea_orm::entity::prelude::*;
    use tradehall_domain::id::Id;
    use tradehall_domain::organization::OrganizationId;
    use tradehall_domain::venue::{Ownership, VenueId};

    use super::venue;
    use crate::column::Col;
    use crate::scope::{Scope, Scoped, nobody};

    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "venue_owner")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Col<Id<Ownership>>,
        pub venue_id: Col<VenueId>,
        pub organization_id: Col<OrganizationId>,
        pub share_basis_points: i64,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}

    impl Scoped for Entity {
        fn visible_to(scope: &Scope) -> sea_orm::Condition {
            if !scope.is_signed_in() {
                return nobody();
            }
            let venues = sea_orm::sea_query::Query::select()
                .column(venue::Column::Id)
                .from(venue::Entity)
                .cond_where(venue::Entity::visible_to(scope))
                .to_owned();
            sea_orm::Condition::all().add(Column::VenueId.in_subquery(venues))
        }
    }
}

pub mod participation {
    use jiff::Timestamp;
    use sea_orm::entity::prelude::*;
    use tradehall_domain::organization::OrganizationId;
    use tradehall_domain::side::Side;
    use tradehall_domain::venue::{ParticipationId, ParticipationStatus, VenueId};

    use crate::column::{Col, Name};
    use crate::scope::{Scope, Scoped};

    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "participation")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Col<ParticipationId>,
        pub venue_id: Col<VenueId>,
        pub owner_id: Col<OrganizationId>,
        pub organization_id: Col<OrganizationId>,
        pub side: Name<Side>,
        pub status: Name<ParticipationStatus>,
        pub barred: bool,
        pub since: Col<Timestamp>,
        pub version: i64,
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
