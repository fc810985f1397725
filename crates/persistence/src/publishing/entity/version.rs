//! The table `catalog_version`.

use jiff::Timestamp;
use sea_orm::entity::prelude::*;
use tradehall_domain::organization::OrganizationId;
use tradehall_domain::publishing::{CatalogVersionId, CatalogVersionStatus};

use crate::column::{Col, Name};
use crate::scope::{Scope, Scoped};

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "catalog_version")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Col<CatalogVersionId>,
    pub owner_id: Col<OrganizationId>,
    pub name: String,
    pub status: Name<CatalogVersionStatus>,
    pub since: Col<Timestamp>,
    pub publish_at: Option<Col<Timestamp>>,
    pub sequence: Option<i64>,
    pub published_at: Option<Col<Timestamp>>,
    pub changes: i64,
    pub created_at: Col<Timestamp>,
    pub version: i64,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

impl Scoped for Entity {
    fn visible_to(scope: &Scope) -> sea_orm::Condition {
        sea_orm::Condition::all().add(Column::OwnerId.eq(scope.organization()))
    }
}
