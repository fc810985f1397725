//! The table `idempotency_key`.

use jiff::Timestamp;
use sea_orm::entity::prelude::*;
use tradehall_domain::id::Id;

use super::Receipt;
use crate::column::Col;
use crate::scope::{Scope, Scoped};

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "idempotency_key")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Col<Id<Receipt>>,
    pub caller_id: Uuid,
    pub key: String,
    pub command: String,
    pub fingerprint: String,
    pub made: String,
    pub created_at: Col<Timestamp>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

impl Scoped for Entity {
    fn visible_to(scope: &Scope) -> sea_orm::Condition {
        sea_orm::Condition::any().add(Column::CallerId.eq(scope.organization())).add(Column::CallerId.eq(scope.user()))
    }
}
