//! What each customer is shown, kept as memberships in groups of viewers.

use std::collections::HashMap;

use tradehall_domain::customer::{
    AssortmentGrant, AssortmentId, AssortmentKind, Customer, CustomerReach, Selection, SelectionId, Standing,
};
use tradehall_domain::id::Id;
use tradehall_domain::organization::OrganizationId;
use tradehall_domain::venue::{Participation, ParticipationStatus};
use tradehall_domain::viewing::{GroupId, GuestPolicy, Sight, Viewing};

use super::entity::selection;
use super::{assortment, noted, segment};
use crate::{StoreError, Tx, venue, viewing};

/// Everything that decides which goods `seller` shows to whom.
struct Shelf {
    seller: OrganizationId,
    policy: GuestPolicy,
    kinds: HashMap<AssortmentId, AssortmentKind>,
    grants: Vec<AssortmentGrant>,
    selections: Vec<Selection>,
}

impl Shelf {
    async fn of(tx: &Tx, seller: OrganizationId) -> Result<Self, StoreError> {
        let policy = venue::shop_of(tx, seller).await?.and_then(|shop| shop.guest_policy).unwrap_or(GuestPolicy::Open);
        let kinds = assortment::all(tx, seller).await?.into_iter().map(|one| (one.id, one.kind)).collect();
        let grants = assortment::grants(tx, seller).await?;
        Ok(Self { seller, policy, kinds, grants, selections: selections(tx, seller).await? })
    }

    /// To which groups everybody belongs.
    fn guests(&self) -> Vec<(GroupId, Sight)> {
        let shop = [(self.seller.group(), self.policy.sight())];
        let selections = self.selections.iter();
        shop.into_iter().chain(selections.map(|one| (one.id.group(), one.guests(self.policy, &self.kinds)))).collect()
    }

    /// To which of the groups that the shelf decides about a customer belongs: its seller's in general, its own, and selections.
    fn customer(&self, part: &Participation, standing: &Standing) -> Vec<(GroupId, Sight)> {
        let general = Sight { goods: standing.reach == CustomerReach::General, prices: true };
        let own = [(self.seller.group(), general), (part.id.group(), Sight::ALL)];
        let shown = |one: &Selection| {
            let goods = standing.sees(&one.assortments, &self.kinds, &self.grants);
            (one.id.group(), Sight { goods, prices: false })
        };
        own.into_iter().chain(self.selections.iter().map(shown)).collect()
    }
}

/// Shows guests what the shop's policy and its assortments say.
///
/// # Errors
/// When the database is away.
pub async fn show_guests(tx: &mut Tx, seller: OrganizationId) -> Result<(), StoreError> {
    let shelf = Shelf::of(tx, seller).await?;
    let everybody = Id::from_uuid(viewing::EVERYBODY);
    let known = viewing::memberships(tx, seller, &[everybody]).await?;
    let wanted: Vec<_> = shelf.guests().into_iter().map(|(group, sight)| (group, None, sight)).collect();
    let changed = changes(&wanted, &known);
    viewing::admit(tx, seller, &changed).await
}

/// Shows a shop's customer what is shown to customers, from its approval on and but for suspensions.
///
/// # Errors
/// When the database is away.
pub async fn show_customer(tx: &mut Tx, part: &Participation) -> Result<(), StoreError> {
    if part.status != ParticipationStatus::Approved {
        return viewing::halt(tx, part.owner, part.organization).await;
    }
    viewing::resume(tx, part.owner, part.organization).await?;
    show(tx, part.owner, std::slice::from_ref(part)).await
}

/// Shows all customers of `seller` what its assortments say now.
///
/// # Errors
/// When the database is away.
pub async fn show_customers(tx: &mut Tx, seller: OrganizationId) -> Result<(), StoreError> {
    let parts = venue::customers_of(tx, seller).await?;
    show(tx, seller, &parts).await
}

/// Shows these customers of `seller`, all approved, what its assortments say now.
///
/// # Errors
/// When the database is away.
pub async fn show(tx: &mut Tx, seller: OrganizationId, parts: &[Participation]) -> Result<(), StoreError> {
    if parts.is_empty() {
        return Ok(());
    }
    let shelf = Shelf::of(tx, seller).await?;
    let buyers: Vec<_> = parts.iter().map(|part| part.organization).collect();
    let ids: Vec<_> = parts.iter().map(|part| Customer::id_of(part.id)).collect();
    let noted = noted(tx, &ids).await?;
    let segments = segment::of_buyers(tx, seller, &buyers).await?;
    let known = viewing::memberships(tx, seller, &buyers).await?;
    let mut wanted = Vec::new();
    for part in parts {
        let own = [part.id.uuid()].into_iter();
        let member = segments.get(&part.organization).into_iter().flatten().map(|segment| segment.id.uuid());
        let reach = noted.get(&Customer::id_of(part.id)).map_or(CustomerReach::General, |customer| customer.reach);
        let standing = Standing { reach, grantees: own.chain(member).collect() };
        let groups = shelf.customer(part, &standing).into_iter();
        wanted.extend(groups.map(|(group, sight)| (group, Some(part.organization), sight)));
    }
    let changed = changes(&wanted, &known);
    viewing::admit(tx, seller, &changed).await
}

/// What of `wanted` is not so yet.
fn changes(
    wanted: &[(GroupId, Option<OrganizationId>, Sight)],
    known: &[(OrganizationId, Viewing)],
) -> Vec<(GroupId, Option<OrganizationId>, Sight)> {
    let known: HashMap<_, _> =
        known.iter().map(|(_, viewing)| ((viewing.group, viewing.viewer), viewing.sight)).collect();
    let is_new = |(group, viewer, sight): &&(GroupId, Option<OrganizationId>, Sight)| {
        known.get(&(*group, *viewer)).copied().unwrap_or(Sight::NONE) != *sight
    };
    wanted.iter().filter(is_new).copied().collect()
}

/// The sets of assortments to which products of `seller` belong, or once did.
///
/// # Errors
/// When the database is away.
pub(super) async fn selections(tx: &Tx, seller: OrganizationId) -> Result<Vec<Selection>, StoreError> {
    use sea_orm::{ColumnTrait as _, QueryFilter as _};
    let select = tx.find::<selection::Entity>().filter(selection::Column::SellerId.eq(crate::column::Col(seller)));
    tx.all(select).await?.into_iter().map(Selection::try_from).collect()
}

impl TryFrom<selection::Model> for Selection {
    type Error = StoreError;

    fn try_from(row: selection::Model) -> Result<Self, StoreError> {
        let assortments = serde_json::from_str(&row.assortments).map_err(|e| StoreError::Corrupt(e.to_string()))?;
        Ok(Self { id: SelectionId::from_uuid(row.id.0.uuid()), seller: row.seller_id.0, assortments })
    }
}
