//! The table `event`.

use jiff::Timestamp;
use sea_orm::entity::prelude::*;
use tradehall_domain::event::SubjectKind;
use tradehall_domain::id::Id;
use tradehall_domain::organization::OrganizationId;

use super::StoredEvent;
use crate::column::{Col, Name};
use crate::scope::{Scope, Scoped};

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "event")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Col<Id<StoredEvent>>,
    pub position: Option<i64>,
    pub organization_id: Option<Col<OrganizationId>>,
    pub counterparty_id: Option<Col<OrganizationId>>,
    pub subject_kind: Name<SubjectKind>,
    pub subject_id: Uuid,
    pub kind: String,
    pub payload: String,
    pub principal_id: Option<Uuid>,
    pub occurred_at: Col<Timestamp>,
    pub previous_hash: Option<Vec<u8>>,
    pub hash: Option<Vec<u8>>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

impl Scoped for Entity {
    fn visible_to(scope: &Scope) -> sea_orm::Condition {
        sea_orm::Condition::any()
            .add(Column::OrganizationId.eq(scope.organization()))
            .add(Column::CounterpartyId.eq(scope.organization()))
    }
}
