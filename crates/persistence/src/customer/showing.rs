//! What each customer is shown, kept as memberships in groups of viewers.

use std::collections::HashMap;

use tradehall_domain::customer::{
    AssortmentGrant, AssortmentId, AssortmentKind, Customer, CustomerReach, Selection, SelectionId, Standing,
};
use tradehall_domain::organization::{Capability, OrganizationId};
use tradehall_domain::venue::{Participation, ParticipationStatus};
use tradehall_domain::viewing::{GroupId, GuestPolicy, Sight, Viewer, Viewing, VisitorPolicy};

use super::entity::selection;
use super::{assortment, noted, segment};
use crate::{StoreError, Turn, Tx, organization, venue, viewing};

/// Everything that decides which goods `seller` shows to whom.
struct Shelf {
    seller: OrganizationId,
    guests: Sight,
    visitors: Sight,
    kinds: HashMap<AssortmentId, AssortmentKind>,
    grants: Vec<AssortmentGrant>,
    selections: Vec<Selection>,
}

impl Shelf {
    async fn of(tx: &Tx, seller: OrganizationId) -> Result<Self, StoreError> {
        let shop = venue::shop_of(tx, seller).await?;
        let guests = shop.as_ref().and_then(|shop| shop.guest_policy).unwrap_or(GuestPolicy::Open).sight();
        let visitors = shop.and_then(|shop| shop.visitor_policy).map_or(Sight::NONE, VisitorPolicy::sight);
        let visitors = if visitors == Sight::NONE || sells(tx, seller).await? { visitors } else { Sight::NONE };
        let kinds = assortment::all(tx, seller).await?.into_iter().map(|one| (one.id, one.kind)).collect();
        let grants = assortment::grants(tx, seller).await?;
        Ok(Self { seller, guests, visitors, kinds, grants, selections: selections(tx, seller).await? })
    }

    /// To which groups guests and visitors belong.
    fn uninvited(&self) -> Vec<(GroupId, Viewer, Sight)> {
        let mut groups = Vec::with_capacity(2 * (1 + self.selections.len()));
        for (viewer, sight) in [(Viewer::Guest, self.guests), (Viewer::Visitor, self.visitors)] {
            groups.push((self.seller.group(), viewer, sight));
            let shown = |one: &Selection| (one.id.group(), viewer, one.uninvited(sight, &self.kinds));
            groups.extend(self.selections.iter().map(shown));
        }
        groups
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

/// Whether `seller` may sell now. One that may not is not shown to the whole internet, whatever its shop says; what was shown is hidden
/// while it is suspended, and shown again afterwards.
async fn sells(tx: &Tx, seller: OrganizationId) -> Result<bool, StoreError> {
    Ok(organization::load(tx, seller).await?.entitlement().may_act_as(Capability::Seller).is_ok())
}

/// Hides from visitors what the seller whose turn it is shows them, or shows it again, after what it may act as has changed.
///
/// # Errors
/// When the database is away.
pub async fn entitle(tx: &mut Tx, turn: &Turn) -> Result<(), StoreError> {
    let policy = venue::shop_of(tx, turn.seller()).await?.and_then(|shop| shop.visitor_policy);
    if policy.is_some_and(|policy| policy.sight() != Sight::NONE) {
        show_guests(tx, turn).await?;
    }
    Ok(())
}

/// Shows guests and visitors what the shop's policies and its assortments say.
///
/// # Errors
/// When the database is away.
pub async fn show_guests(tx: &mut Tx, turn: &Turn) -> Result<(), StoreError> {
    let seller = turn.seller();
    let shelf = Shelf::of(tx, seller).await?;
    let known = viewing::memberships(tx, seller, &[Viewer::Guest, Viewer::Visitor]).await?;
    let changed = changes(&shelf.uninvited(), &known);
    viewing::admit(tx, turn, &changed).await
}

/// Shows a shop's customer what is shown to customers, from its approval on and but for suspensions. `part` was read in this turn.
///
/// # Errors
/// When the database is away.
pub async fn show_customer(tx: &mut Tx, turn: &Turn, part: &Participation) -> Result<(), StoreError> {
    if part.status != ParticipationStatus::Approved {
        return viewing::halt(tx, turn, part.organization).await;
    }
    viewing::resume(tx, turn, part.organization).await?;
    show(tx, turn, std::slice::from_ref(part)).await
}

/// Shows all customers of the seller whose turn it is what its assortments say now.
///
/// # Errors
/// When the database is away.
pub async fn show_customers(tx: &mut Tx, turn: &Turn) -> Result<(), StoreError> {
    let parts = venue::customers_of(tx, turn.seller()).await?;
    show(tx, turn, &parts).await
}

/// Shows these customers of the seller whose turn it is what its assortments say now. All were approved when they were read in this
/// turn.
///
/// # Errors
/// When the database is away.
pub async fn show(tx: &mut Tx, turn: &Turn, parts: &[Participation]) -> Result<(), StoreError> {
    if parts.is_empty() {
        return Ok(());
    }
    let seller = turn.seller();
    let shelf = Shelf::of(tx, seller).await?;
    let buyers: Vec<_> = parts.iter().map(|part| part.organization).collect();
    let ids: Vec<_> = parts.iter().map(|part| Customer::id_of(part.id)).collect();
    let noted = noted(tx, &ids).await?;
    let segments = segment::of_buyers(tx, seller, &buyers).await?;
    let viewers: Vec<_> = buyers.iter().copied().map(Viewer::from).collect();
    let known = viewing::memberships(tx, seller, &viewers).await?;
    let mut wanted = Vec::new();
    for part in parts {
        let own = [part.id.uuid()].into_iter();
        let member = segments.get(&part.organization).into_iter().flatten().map(|segment| segment.id.uuid());
        let reach = noted.get(&Customer::id_of(part.id)).map_or(CustomerReach::General, |customer| customer.reach);
        let standing = Standing { reach, grantees: own.chain(member).collect() };
        let groups = shelf.customer(part, &standing).into_iter();
        wanted.extend(groups.map(|(group, sight)| (group, part.organization.into(), sight)));
    }
    let changed = changes(&wanted, &known);
    viewing::admit(tx, turn, &changed).await
}

/// What of `wanted` is not so yet.
fn changes(wanted: &[(GroupId, Viewer, Sight)], known: &[Viewing]) -> Vec<(GroupId, Viewer, Sight)> {
    let known: HashMap<_, _> = known.iter().map(|viewing| ((viewing.group, viewing.viewer), viewing.sight)).collect();
    let is_new = |(group, viewer, sight): &&(GroupId, Viewer, Sight)| {
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
