//! The table `outgoing_mail`.

use jiff::Timestamp;
use sea_orm::entity::prelude::*;
use tradehall_domain::id::Id;
use tradehall_domain::language::Language;

use super::OutgoingMail;
use crate::column::{Col, Name};
use crate::scope::{Scope, Scoped, nobody};

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "outgoing_mail")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Col<Id<OutgoingMail>>,
    pub recipient: String,
    pub language: Name<Language>,
    pub letter: String,
    pub attempts: i64,
    pub due_at: Col<Timestamp>,
    pub created_at: Col<Timestamp>,
    pub version: i64,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

impl Scoped for Entity {
    // The market alone.
    fn visible_to(_: &Scope) -> sea_orm::Condition {
        nobody()
    }
}
