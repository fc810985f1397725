//! The table `user_account`.

use jiff::Timestamp;
use sea_orm::entity::prelude::*;
use tradehall_domain::identity::UserId;
use tradehall_domain::language::Language;

use crate::column::{Col, Name};
use crate::scope::{Scope, Scoped};

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "user_account")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Col<UserId>,
    pub email: String,
    pub email_normal: String,
    pub full_name: String,
    pub language: Name<Language>,
    pub staff: bool,
    pub created_at: Col<Timestamp>,
    pub version: i64,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

impl Scoped for Entity {
    // The person themselves, and those who are or were members beside them.
    fn visible_to(scope: &Scope) -> sea_orm::Condition {
        let colleagues = crate::organization::users_of(scope.organization());
        sea_orm::Condition::any().add(Column::Id.eq(scope.user())).add(Column::Id.in_subquery(colleagues))
    }
}
