//! The table `organization`.

use jiff::Timestamp;
use sea_orm::entity::prelude::*;
use tradehall_domain::organization::{OrganizationId, Verification};

use crate::column::{Col, Name};
use crate::scope::{Scope, Scoped, everyone};

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "organization")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Col<OrganizationId>,
    pub name: String,
    pub country: String,
    pub verification: Name<Verification>,
    pub created_at: Col<Timestamp>,
    pub version: i64,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

impl Scoped for Entity {
    // The market's directory: every organization's name and verification are seen by all who trade.
    fn visible_to(_: &Scope) -> sea_orm::Condition {
        everyone()
    }
}
