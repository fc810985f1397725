//! Organizations, as they are stored: public facts here, what is private and who belongs to them in the modules below.

mod access;
mod dossier;
mod entity;
mod invitation;
mod membership;
mod people;
mod role;
mod unit;

pub use access::{Access, access, memberships_of};
pub use dossier::{TAX_CODE_INDEX, documents, insert, insert_all, insert_documents, lock_dossier, profiles, save};
pub use invitation::{
    INVITATION_INDEX, insert_invitation, invitation_cursor, invitations, invitations_by_id, lock_invitation,
    lock_invitation_by_token, lock_open_invitation, open_invitations, save_invitation,
};
pub(crate) use membership::users_of;
pub use membership::{
    MEMBERSHIP_INDEX, insert_membership, lock_membership_of, lock_with_owners, member_cursor, members, membership_of,
    memberships, save_membership,
};
pub use role::{
    ROLE_NAME_INDEX, delete_role, insert_role, lock_role, lock_roles, role_holders, roles, roles_by_id, save_role,
};
pub use unit::{UNIT_CODE_INDEX, insert_unit, load_unit, lock_units, save_unit, units, units_by_id};

use entity::organization;
use sea_orm::sea_query::{Expr, LikeExpr, Query, SelectStatement};
use sea_orm::{ColumnTrait, Condition, QueryFilter};
use tradehall_domain::country::Country;
use tradehall_domain::organization::{
    Capabilities, Capability, CapabilityStatus, Organization, OrganizationId, Verification,
};
use tradehall_domain::text::{Name as NameText, fold};

use crate::column::{Col, Name};
use crate::page::Sort;
use crate::tx::is_storable;
use crate::{Cursor, Page, PageRequest, StoreError, Tx};

/// The organization of that id. Names of organizations are known to everyone in the market.
///
/// # Errors
/// [`StoreError::NotFound`].
pub async fn load(tx: &Tx, id: OrganizationId) -> Result<Organization, StoreError> {
    tx.one(tx.find::<organization::Entity>().filter(organization::Column::Id.eq(Col(id)))).await?.try_into()
}

/// The organizations of these ids, in no order.
///
/// # Errors
/// When the database is away.
pub async fn load_many(tx: &Tx, ids: &[OrganizationId]) -> Result<Vec<Organization>, StoreError> {
    let found = tx.all(tx.find::<organization::Entity>().filter(tx.among(organization::Column::Id, ids))).await?;
    found.into_iter().map(Organization::try_from).collect()
}

/// A subquery with a row if `organization` is at `verification`, for the visibility of what only verified organizations see.
pub(crate) fn verification_of(organization: uuid::Uuid, verification: Verification) -> SelectStatement {
    Query::select()
        .expr(Expr::value(1))
        .from(organization::Entity)
        .and_where(organization::Column::Id.eq(organization))
        .and_where(organization::Column::Verification.eq(Name(verification)))
        .to_owned()
}

/// Which organizations of the directory are meant; what is `None` does not matter.
#[derive(Debug, Clone, Default)]
pub struct DirectoryFilter {
    /// Words of the name begin so, whatever the accents and capitals.
    pub search: Option<String>,
    /// It was granted, and not suspended.
    pub capability: Option<Capability>,
    /// Whether the market has verified them.
    pub verified: Option<bool>,
    /// Where they are registered.
    pub country: Option<Country>,
}

/// The market's directory, newest first.
///
/// # Errors
/// When the database is away.
pub async fn directory(
    tx: &Tx,
    filter: &DirectoryFilter,
    page: &PageRequest,
) -> Result<Page<Organization>, StoreError> {
    use organization::Column;
    let mut wanted = Condition::all();
    if let Some(search) = &filter.search {
        if !is_storable(search) {
            return Ok(Page::of(Vec::new(), page));
        }
        let start = fold(search).replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_");
        let like = |pattern: String| Column::SearchText.like(LikeExpr::new(pattern).escape('\\'));
        wanted = wanted.add(Condition::any().add(like(format!("{start}%"))).add(like(format!("% {start}%"))));
    }
    if let Some(capability) = filter.capability {
        let column = match capability {
            Capability::Buyer => Column::Buyer,
            Capability::Seller => Column::Seller,
            Capability::Operator => Column::Operator,
        };
        wanted = wanted.add(column.eq(Name(CapabilityStatus::Granted)));
    }
    let verified = Name(Verification::Verified);
    match filter.verified {
        Some(true) => wanted = wanted.add(Column::Verification.eq(verified)),
        Some(false) => wanted = wanted.add(Column::Verification.ne(verified)),
        None => {}
    }
    if let Some(country) = filter.country {
        wanted = wanted.add(Column::Country.eq(country.code()));
    }
    let sort = Sort { key: None, id: Column::Id, descending: true };
    tx.page(tx.find::<organization::Entity>().filter(wanted), page, &sort).await?.try_map(Organization::try_from)
}

/// Where an organization stands in the directory.
#[must_use]
pub const fn cursor(organization: &Organization) -> Cursor {
    Cursor::of(organization.id)
}

/// The organizations whose check stands at `status`, who has waited longest first.
///
/// # Errors
/// When the database is away.
pub async fn verification_queue(
    tx: &Tx,
    status: Verification,
    page: &PageRequest,
) -> Result<Page<Organization>, StoreError> {
    let select = tx.find::<organization::Entity>().filter(organization::Column::Verification.eq(Name(status)));
    let key = Some(organization::Column::VerificationSince);
    let sort = Sort { key, id: organization::Column::Id, descending: false };
    tx.page(select, page, &sort).await?.try_map(Organization::try_from)
}

/// Where an organization stands in the queue.
#[must_use]
pub fn queue_cursor(organization: &Organization) -> Cursor {
    Cursor { key: Some(organization.verification_since.as_microsecond()), id: organization.id.uuid() }
}

impl From<&Organization> for organization::Model {
    fn from(organization: &Organization) -> Self {
        Self {
            id: Col(organization.id),
            name: organization.name.as_str().to_owned(),
            search_text: fold(organization.name.as_str()),
            country: organization.country.code().to_owned(),
            verification: Name(organization.verification),
            verification_since: Col(organization.verification_since),
            buyer: organization.capabilities.buyer.map(Name),
            seller: organization.capabilities.seller.map(Name),
            operator: organization.capabilities.operator.map(Name),
            created_at: Col(organization.created_at),
            version: organization.version,
        }
    }
}

impl TryFrom<organization::Model> for Organization {
    type Error = StoreError;

    fn try_from(model: organization::Model) -> Result<Self, StoreError> {
        let capabilities = Capabilities {
            buyer: model.buyer.map(|status| status.0),
            seller: model.seller.map(|status| status.0),
            operator: model.operator.map(|status| status.0),
        };
        Ok(Self {
            id: model.id.0,
            name: NameText::parse(&model.name)?,
            country: Country::parse(&model.country)?,
            verification: model.verification.0,
            verification_since: model.verification_since.0,
            capabilities,
            created_at: model.created_at.0,
            version: model.version,
        })
    }
}
