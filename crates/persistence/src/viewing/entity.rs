//! The table `viewing`.

use jiff::Timestamp;
use sea_orm::entity::prelude::*;
use tradehall_domain::id::Id;
use tradehall_domain::organization::OrganizationId;
use tradehall_domain::viewing::{GroupId, Viewing};

use crate::column::Col;
use crate::scope::{Scope, Scoped};

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "viewing")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Col<Id<Viewing>>,
    pub group_id: Col<GroupId>,
    pub seller_id: Col<OrganizationId>,
    pub viewer_id: Col<OrganizationId>,
    pub goods: bool,
    pub prices: bool,
    pub since: Col<Timestamp>,
    pub until: Option<Col<Timestamp>>,
    pub halted: bool,
    pub version: i64,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

impl Scoped for Entity {
    fn visible_to(scope: &Scope) -> sea_orm::Condition {
        sea_orm::Condition::any()
            .add(Column::SellerId.eq(scope.organization()))
            .add(Column::ViewerId.is_in(scope.viewers()))
    }
}
