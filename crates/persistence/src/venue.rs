//! Venues and participations, as they are stored.

mod entity;
mod standing;

use std::collections::HashMap;

use entity::{participation, venue, venue_owner};
use sea_orm::{ColumnTrait, QueryFilter, Select};
use tradehall_domain::event::{Audience, Subject, SubjectKind};
use tradehall_domain::organization::OrganizationId;
use tradehall_domain::side::Side;
use tradehall_domain::text::Name as NameText;
use tradehall_domain::venue::{
    Ownership, Participation, ParticipationEvent, ParticipationId, ParticipationStatus, Venue, VenueEvent, VenueId,
    VenueModel,
};
use tradehall_domain::viewing::GroupId;

pub use standing::{Standing, standings};
pub(crate) use standing::{standing, with_standing};

use crate::column::{Col, Name};
use crate::page::Sort;
use crate::{Cursor, Page, PageRequest, StoreError, Tx, event, viewing};

/// The unique index that a second participation on the same side runs into.
pub const PARTICIPATION_INDEX: &str = "participation_venue_id_organization_id_side_key";

/// The unique index that an organization's second shop runs into.
pub const SHOP_INDEX: &str = "venue_owner_id_key";

/// The venue of that id.
///
/// # Errors
/// [`StoreError::NotFound`] also where the actor may not know of it.
pub async fn load(tx: &Tx, id: VenueId) -> Result<Venue, StoreError> {
    tx.one(tx.find::<venue::Entity>().filter(venue::Column::Id.eq(Col(id)))).await?.try_into()
}

/// The venues of these ids that the actor may see, in no order.
///
/// # Errors
/// When the database is away.
pub async fn load_many(tx: &Tx, ids: &[VenueId]) -> Result<Vec<Venue>, StoreError> {
    let found = tx.all(tx.find::<venue::Entity>().filter(tx.among(venue::Column::Id, ids))).await?;
    found.into_iter().map(Venue::try_from).collect()
}

/// The venues that the actor may see, newest first; only those of `owner` when one is named.
///
/// # Errors
/// When the database is away.
pub async fn list(tx: &Tx, owner: Option<OrganizationId>, page: &PageRequest) -> Result<Page<Venue>, StoreError> {
    let mut select = tx.find::<venue::Entity>();
    if let Some(owner) = owner {
        select = select.filter(venue::Column::OwnerId.eq(Col(owner)));
    }
    let sort = Sort { key: None, id: venue::Column::Id, descending: true };
    tx.page(select, page, &sort).await?.try_map(Venue::try_from)
}

/// The shop of `seller`, if it has one that the actor may see.
///
/// # Errors
/// When the database is away.
pub async fn shop_of(tx: &Tx, seller: OrganizationId) -> Result<Option<Venue>, StoreError> {
    let select = tx
        .find::<venue::Entity>()
        .filter(venue::Column::OwnerId.eq(Col(seller)))
        .filter(venue::Column::Model.eq(Name(VenueModel::SellSide)));
    tx.maybe(select).await?.map(Venue::try_from).transpose()
}

/// The approved customers of the shop of `seller`.
///
/// # Errors
/// When the database is away.
pub async fn customers_of(tx: &Tx, seller: OrganizationId) -> Result<Vec<Participation>, StoreError> {
    let Some(shop) = shop_of(tx, seller).await? else { return Ok(Vec::new()) };
    let select = buyers(tx, shop.id, Some(ParticipationStatus::Approved));
    Ok(tx.all(select).await?.into_iter().map(Participation::from).collect())
}

/// Who takes part in `venue` as a buyer; only those of `status` when one is named.
fn buyers(tx: &Tx, venue: VenueId, status: Option<ParticipationStatus>) -> Select<participation::Entity> {
    let select = tx
        .find::<participation::Entity>()
        .filter(participation::Column::VenueId.eq(Col(venue)))
        .filter(participation::Column::Side.eq(Name(Side::Buyer)));
    match status {
        Some(status) => select.filter(participation::Column::Status.eq(Name(status))),
        None => select,
    }
}

/// The participations of these ids that the actor may see, in no order.
///
/// # Errors
/// When the database is away.
pub async fn participations_by_id(tx: &Tx, ids: &[ParticipationId]) -> Result<Vec<Participation>, StoreError> {
    let select = tx.find::<participation::Entity>().filter(tx.among(participation::Column::Id, ids));
    Ok(tx.all(select).await?.into_iter().map(Participation::from).collect())
}

/// Which customers of a seller are meant; every part narrows.
#[derive(Debug, Clone)]
pub struct CustomerFilter {
    /// Whose.
    pub seller: OrganizationId,
    /// Only those at this point of their registration.
    pub status: Option<ParticipationStatus>,
    /// Only those in this group of viewers.
    pub group: Option<GroupId>,
}

/// Who has registered with a seller's shop, newest first.
///
/// # Errors
/// When the database is away.
pub async fn customers(
    tx: &Tx,
    filter: &CustomerFilter,
    page: &PageRequest,
) -> Result<Page<Participation>, StoreError> {
    let Some(shop) = shop_of(tx, filter.seller).await? else { return Ok(Page::default()) };
    let mut select = buyers(tx, shop.id, filter.status);
    if let Some(group) = filter.group {
        let inside = viewing::members(tx, group);
        select = select.filter(participation::Column::OrganizationId.in_subquery(inside));
    }
    let sort = Sort { key: None, id: participation::Column::Id, descending: true };
    tx.page(select, page, &sort).await?.try_map(|row| Ok(row.into()))
}

/// Where a venue stands in a list.
#[must_use]
pub const fn cursor(venue: &Venue) -> Cursor {
    Cursor::of(venue.id)
}

/// Where a participation stands in a list.
#[must_use]
pub const fn participation_cursor(part: &Participation) -> Cursor {
    Cursor::of(part.id)
}

/// Adds a venue with its first owner.
///
/// # Errors
/// When the event cannot be written down.
pub fn insert(tx: &mut Tx, venue: &Venue, ownership: &Ownership, event: &VenueEvent) -> Result<(), StoreError> {
    tx.insert(venue::Model::from(venue))?;
    tx.insert(venue_owner::Model {
        id: Col(ownership.id),
        venue_id: Col(ownership.venue),
        organization_id: Col(ownership.organization),
        share_basis_points: ownership.share_basis_points,
    })?;
    record(tx, venue, event)
}

/// Keeps a changed venue.
///
/// # Errors
/// [`StoreError::Stale`], by the commit, when it changed meanwhile.
pub fn save(tx: &mut Tx, venue: &mut Venue, event: &VenueEvent) -> Result<(), StoreError> {
    venue.version += 1;
    tx.save(venue::Model::from(&*venue))?;
    record(tx, venue, event)
}

fn record(tx: &mut Tx, venue: &Venue, event: &VenueEvent) -> Result<(), StoreError> {
    let subject = Subject { kind: SubjectKind::Venue, id: venue.id.uuid() };
    event::record(tx, Audience::only(venue.owner), subject, event)
}

/// The participation of that id, locked until the transaction ends.
///
/// # Errors
/// [`StoreError::NotFound`] also where the actor is neither the venue's owner nor the participant.
pub async fn lock_participation(tx: &mut Tx, id: ParticipationId) -> Result<Participation, StoreError> {
    let select = tx.find_for_update::<participation::Entity>().filter(participation::Column::Id.eq(Col(id)));
    Ok(tx.one(select).await?.into())
}

/// The part that `organization` has in `venue` on `side`, if any.
///
/// # Errors
/// When the database is away.
pub async fn participation(
    tx: &Tx,
    venue: VenueId,
    organization: OrganizationId,
    side: Side,
) -> Result<Option<Participation>, StoreError> {
    let select = tx
        .find::<participation::Entity>()
        .filter(participation::Column::VenueId.eq(Col(venue)))
        .filter(participation::Column::OrganizationId.eq(Col(organization)))
        .filter(participation::Column::Side.eq(Name(side)));
    Ok(tx.maybe(select).await?.map(Participation::from))
}

/// The parts that these organizations have in `venue` on `side`, as far as the actor may see them.
///
/// # Errors
/// When the database is away.
pub async fn participations_among(
    tx: &Tx,
    venue: VenueId,
    organizations: &[OrganizationId],
    side: Side,
) -> Result<Vec<Participation>, StoreError> {
    let select = tx
        .find::<participation::Entity>()
        .filter(participation::Column::VenueId.eq(Col(venue)))
        .filter(participation::Column::Side.eq(Name(side)))
        .filter(tx.among(participation::Column::OrganizationId, organizations));
    Ok(tx.all(select).await?.into_iter().map(Participation::from).collect())
}

/// The participations of each of `venues` that the actor may see: all for its owner, else one's own.
///
/// # Errors
/// When the database is away.
pub async fn participations(
    tx: &Tx,
    venues: &[VenueId],
    page: &PageRequest,
) -> Result<HashMap<VenueId, Page<Participation>>, StoreError> {
    let select = tx.find::<participation::Entity>();
    let sort = Sort { key: None, id: participation::Column::Id, descending: false };
    let venue = (participation::Column::VenueId, venues);
    let pages = tx.pages(select, venue, page, &sort, |model| model.venue_id.0).await?;
    pages
        .into_iter()
        .map(|(venue, page)| Ok((venue, page.try_map(|model| Ok::<_, StoreError>(model.into()))?)))
        .collect()
}

/// Adds a participation.
///
/// # Errors
/// When the event cannot be written down; a conflict on [`PARTICIPATION_INDEX`], by the commit, when there is one already.
pub fn insert_participation(tx: &mut Tx, part: &Participation, event: &ParticipationEvent) -> Result<(), StoreError> {
    tx.insert(participation::Model::from(part))?;
    record_participation(tx, part, event)
}

/// Keeps a changed participation.
///
/// # Errors
/// [`StoreError::Stale`], by the commit, when it changed meanwhile.
pub fn save_participation(tx: &mut Tx, part: &mut Participation, event: &ParticipationEvent) -> Result<(), StoreError> {
    part.version += 1;
    tx.save(participation::Model::from(&*part))?;
    record_participation(tx, part, event)
}

fn record_participation(tx: &mut Tx, part: &Participation, event: &ParticipationEvent) -> Result<(), StoreError> {
    let subject = Subject { kind: SubjectKind::Participation, id: part.id.uuid() };
    event::record(tx, Audience::both(part.owner, part.organization), subject, event)
}

impl From<&Venue> for venue::Model {
    fn from(venue: &Venue) -> Self {
        Self {
            id: Col(venue.id),
            owner_id: Col(venue.owner),
            model: Name(venue.model),
            name: venue.name.as_str().to_owned(),
            access: Name(venue.access),
            guest_policy: venue.guest_policy.map(Name),
            visitor_policy: venue.visitor_policy.map(Name),
            created_at: Col(venue.created_at),
            version: venue.version,
        }
    }
}

impl TryFrom<venue::Model> for Venue {
    type Error = StoreError;

    fn try_from(model: venue::Model) -> Result<Self, StoreError> {
        Ok(Self {
            id: model.id.0,
            owner: model.owner_id.0,
            model: model.model.0,
            name: NameText::parse(&model.name)?,
            access: model.access.0,
            guest_policy: model.guest_policy.map(|policy| policy.0),
            visitor_policy: model.visitor_policy.map(|policy| policy.0),
            created_at: model.created_at.0,
            version: model.version,
        })
    }
}

impl From<&Participation> for participation::Model {
    fn from(part: &Participation) -> Self {
        Self {
            id: Col(part.id),
            venue_id: Col(part.venue),
            owner_id: Col(part.owner),
            organization_id: Col(part.organization),
            side: Name(part.side),
            status: Name(part.status),
            barred: part.barred,
            since: Col(part.since),
            version: part.version,
        }
    }
}

impl From<participation::Model> for Participation {
    fn from(model: participation::Model) -> Self {
        Self {
            id: model.id.0,
            venue: model.venue_id.0,
            owner: model.owner_id.0,
            organization: model.organization_id.0,
            side: model.side.0,
            status: model.status.0,
            barred: model.barred,
            since: model.since.0,
            version: model.version,
        }
    }
}
