//! The table `login`.

use jiff::Timestamp;
use sea_orm::entity::prelude::*;
use tradehall_domain::identity::{LoginEnd, LoginId, UserId};
use tradehall_domain::organization::OrganizationId;

use crate::column::{Col, Name};
use crate::scope::{Scope, Scoped};

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "login")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Col<LoginId>,
    pub user_id: Col<UserId>,
    pub organization_id: Option<Col<OrganizationId>>,
    pub created_at: Col<Timestamp>,
    pub expires_at: Col<Timestamp>,
    pub ended_at: Option<Col<Timestamp>>,
    pub end_reason: Option<Name<LoginEnd>>,
    pub version: i64,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

impl Scoped for Entity {
    // The person themselves.
    fn visible_to(scope: &Scope) -> sea_orm::Condition {
        sea_orm::Condition::all().add(Column::UserId.eq(scope.user()))
    }
}
