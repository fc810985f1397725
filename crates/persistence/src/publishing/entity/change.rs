//! The table `catalog_change`.

use jiff::Timestamp;
use sea_orm::entity::prelude::*;
use tradehall_domain::catalog::{CategoryId, ProductId, ProductTypeId};
use tradehall_domain::organization::OrganizationId;
use tradehall_domain::publishing::{CatalogChangeId, CatalogVersionId, ChangeKind};

use crate::column::{Col, Name};
use crate::scope::{Scope, Scoped};

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "catalog_change")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Col<CatalogChangeId>,
    pub catalog_version_id: Col<CatalogVersionId>,
    pub owner_id: Col<OrganizationId>,
    pub product_id: Col<ProductId>,
    pub kind: Name<ChangeKind>,
    pub made_against: Option<i64>,
    pub category_id: Option<Col<CategoryId>>,
    pub number: Option<String>,
    pub name: Option<String>,
    pub description: Option<String>,
    pub gtin: Option<String>,
    pub mpn: Option<String>,
    pub brand: Option<String>,
    pub unit: Option<String>,
    pub attributes: Option<String>,
    pub type_id: Option<Col<ProductTypeId>>,
    pub parent_id: Option<Col<ProductId>>,
    pub axes: Option<String>,
    pub before: Option<String>,
    pub made_at: Col<Timestamp>,
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
