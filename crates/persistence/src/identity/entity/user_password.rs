//! The table `user_password`.

use jiff::Timestamp;
use sea_orm::entity::prelude::*;
use tradehall_domain::identity::UserId;

use crate::column::Col;
use crate::scope::{Scope, Scoped, nobody};

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "user_password")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Col<UserId>,
    pub hash: String,
    pub changed_at: Col<Timestamp>,
    pub version: i64,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

impl Scoped for Entity {
    // What proves an identity is read by the market alone, before anyone is known.
    fn visible_to(_: &Scope) -> sea_orm::Condition {
        nobody()
    }
}
