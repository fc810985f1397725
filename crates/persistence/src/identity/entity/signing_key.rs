//! The table `signing_key`.

use jiff::Timestamp;
use sea_orm::entity::prelude::*;
use tradehall_domain::id::Id;
use tradehall_domain::identity::SigningKey;

use crate::column::Col;
use crate::scope::{Scope, Scoped, nobody};

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "signing_key")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Col<Id<SigningKey>>,
    pub kid: String,
    pub seed: Vec<u8>,
    pub active_from: Col<Timestamp>,
    pub revoked_at: Option<Col<Timestamp>>,
    pub created_at: Col<Timestamp>,
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
