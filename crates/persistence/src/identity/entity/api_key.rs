//! The table `api_key`.

use jiff::Timestamp;
use sea_orm::entity::prelude::*;
use tradehall_domain::access::PermissionSet;
use tradehall_domain::identity::{ApiKeyId, UserId};
use tradehall_domain::organization::OrganizationId;

use crate::column::Col;
use crate::scope::{Scope, Scoped};

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "api_key")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Col<ApiKeyId>,
    pub organization_id: Col<OrganizationId>,
    pub issuer_id: Col<UserId>,
    pub name: String,
    pub hint: String,
    pub secret: Vec<u8>,
    pub scopes: Col<PermissionSet>,
    pub created_at: Col<Timestamp>,
    pub expires_at: Option<Col<Timestamp>>,
    pub revoked_at: Option<Col<Timestamp>>,
    pub version: i64,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

impl Scoped for Entity {
    // The organization; who in it may see keys is a matter of permission.
    fn visible_to(scope: &Scope) -> sea_orm::Condition {
        sea_orm::Condition::all().add(Column::OrganizationId.eq(scope.organization()))
    }
}
