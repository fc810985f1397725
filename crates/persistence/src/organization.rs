//! Organizations, as they are stored.

mod entity;

use sea_orm::sea_query::{Expr, Query, SelectStatement};
use sea_orm::{ColumnTrait, QueryFilter};
use tradehall_domain::country::Country;
use tradehall_domain::organization::{Organization, OrganizationId, Verification};
use tradehall_domain::text::Name as NameText;

use crate::column::{Col, Name};
use crate::{StoreError, Tx};

/// The organization of that id. Names of organizations are known to everyone in the market.
///
/// # Errors
/// [`StoreError::NotFound`].
pub async fn load(tx: &Tx, id: OrganizationId) -> Result<Organization, StoreError> {
    tx.one(tx.find::<entity::Entity>().filter(entity::Column::Id.eq(Col(id)))).await?.try_into()
}

/// The organizations of these ids, in no order.
///
/// # Errors
/// When the database is away.
pub async fn load_many(tx: &Tx, ids: &[OrganizationId]) -> Result<Vec<Organization>, StoreError> {
    let found = tx.all(tx.find::<entity::Entity>().filter(tx.among(entity::Column::Id, ids))).await?;
    found.into_iter().map(Organization::try_from).collect()
}

/// A subquery with a row if `organization` is at `verification`, for the visibility of what only verified organizations see.
pub(crate) fn verification_of(organization: uuid::Uuid, verification: Verification) -> SelectStatement {
    Query::select()
        .expr(Expr::value(1))
        .from(entity::Entity)
        .and_where(entity::Column::Id.eq(organization))
        .and_where(entity::Column::Verification.eq(Name(verification)))
        .to_owned()
}

/// Adds an organization.
///
/// # Errors
/// When its row cannot be made.
pub fn insert(tx: &mut Tx, organization: &Organization) -> Result<(), StoreError> {
    tx.insert(entity::Model::from(organization))
}

impl From<&Organization> for entity::Model {
    fn from(organization: &Organization) -> Self {
        Self {
            id: Col(organization.id),
            name: organization.name.as_str().to_owned(),
            country: organization.country.code().to_owned(),
            verification: Name(organization.verification),
            created_at: Col(organization.created_at),
            version: organization.version,
        }
    }
}

impl TryFrom<entity::Model> for Organization {
    type Error = StoreError;

    fn try_from(model: entity::Model) -> Result<Self, StoreError> {
        Ok(Self {
            id: model.id.0,
            name: NameText::parse(&model.name)?,
            country: Country::parse(&model.country)?,
            verification: model.verification.0,
            created_at: model.created_at.0,
            version: model.version,
        })
    }
}
