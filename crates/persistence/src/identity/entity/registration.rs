//! The table `registration`.

use jiff::Timestamp;
use sea_orm::entity::prelude::*;
use tradehall_domain::id::Id;
use tradehall_domain::identity::Registration;
use tradehall_domain::language::Language;

use crate::column::{Col, Name};
use crate::scope::{Scope, Scoped, nobody};

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "registration")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Col<Id<Registration>>,
    pub email: String,
    pub email_normal: String,
    pub full_name: String,
    pub language: Name<Language>,
    pub token: Vec<u8>,
    pub created_at: Col<Timestamp>,
    pub expires_at: Col<Timestamp>,
    pub used_at: Option<Col<Timestamp>>,
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
