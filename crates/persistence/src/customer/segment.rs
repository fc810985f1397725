//! Segments and who is in them, as they are stored. A membership is a row of [`viewing`].

use std::collections::HashMap;

use sea_orm::{ColumnTrait, QueryFilter};
use tradehall_domain::customer::{Segment, SegmentEvent, SegmentId};
use tradehall_domain::event::{Audience, Subject, SubjectKind};
use tradehall_domain::organization::OrganizationId;
use tradehall_domain::text::{Name as NameText, ShortText};
use tradehall_domain::viewing::{Sight, Viewer};

use super::entity::segment::{Column, Entity, Model};
use crate::column::Col;
use crate::page::Sort;
use crate::{Cursor, Page, PageRequest, StoreError, Turn, Tx, event, viewing};

/// The unique index that a second segment of the same code runs into.
pub const CODE_INDEX: &str = "segment_seller_id_code_key";

/// The segment of that id.
///
/// # Errors
/// [`StoreError::NotFound`] also for another seller's.
pub async fn load(tx: &Tx, id: SegmentId) -> Result<Segment, StoreError> {
    tx.one(tx.find::<Entity>().filter(Column::Id.eq(Col(id)))).await?.try_into()
}

/// The segments of these ids that the actor may see, in no order.
///
/// # Errors
/// When the database is away.
pub async fn load_many(tx: &Tx, ids: &[SegmentId]) -> Result<Vec<Segment>, StoreError> {
    let found = tx.all(tx.find::<Entity>().filter(tx.among(Column::Id, ids))).await?;
    found.into_iter().map(Segment::try_from).collect()
}

/// All segments of `seller`, which are at most [`SEGMENTS_MAX`](tradehall_domain::customer::SEGMENTS_MAX).
///
/// # Errors
/// When the database is away.
pub async fn of_seller(tx: &Tx, seller: OrganizationId) -> Result<Vec<Segment>, StoreError> {
    let select = tx.find::<Entity>().filter(Column::SellerId.eq(Col(seller)));
    tx.all(select).await?.into_iter().map(Segment::try_from).collect()
}

/// The segments of the actor's organization, oldest first.
///
/// # Errors
/// When the database is away.
pub async fn list(tx: &Tx, page: &PageRequest) -> Result<Page<Segment>, StoreError> {
    let sort = Sort { key: None, id: Column::Id, descending: false };
    tx.page(tx.find::<Entity>(), page, &sort).await?.try_map(Segment::try_from)
}

/// Where a segment stands in a list.
#[must_use]
pub const fn cursor(segment: &Segment) -> Cursor {
    Cursor::of(segment.id)
}

/// In which segments each of these customers is, suspended ones included.
///
/// # Errors
/// When the database is away.
pub async fn of_buyers(
    tx: &Tx,
    seller: OrganizationId,
    buyers: &[OrganizationId],
) -> Result<HashMap<OrganizationId, Vec<Segment>>, StoreError> {
    let segments: HashMap<_, _> =
        of_seller(tx, seller).await?.into_iter().map(|segment| (segment.id.group(), segment)).collect();
    let mut found: HashMap<_, Vec<_>> = HashMap::new();
    if segments.is_empty() {
        return Ok(found);
    }
    let viewers: Vec<_> = buyers.iter().copied().map(Viewer::from).collect();
    for viewing in viewing::memberships(tx, seller, &viewers).await? {
        if let Viewer::Organization(buyer) = viewing.viewer {
            found.entry(buyer).or_default().extend(segments.get(&viewing.group).cloned());
        }
    }
    for list in found.values_mut() {
        list.sort_by_key(|segment| segment.id);
    }
    Ok(found)
}

/// Adds a segment.
///
/// # Errors
/// When its event cannot be written down; a conflict on [`CODE_INDEX`], by the commit.
pub fn insert(tx: &mut Tx, segment: &Segment, event: &SegmentEvent) -> Result<(), StoreError> {
    tx.insert(Model::from(segment))?;
    record(tx, segment, event)
}

/// Keeps a changed segment.
///
/// # Errors
/// [`StoreError::Stale`], by the commit, when it changed meanwhile; a conflict on [`CODE_INDEX`].
pub fn save(tx: &mut Tx, segment: &mut Segment, event: &SegmentEvent) -> Result<(), StoreError> {
    segment.version += 1;
    tx.save(Model::from(&*segment))?;
    record(tx, segment, event)
}

/// Puts customers into a segment of the seller whose turn it is.
///
/// # Errors
/// When the database is away.
pub async fn join(tx: &mut Tx, turn: &Turn, segment: &Segment, buyers: &[OrganizationId]) -> Result<(), StoreError> {
    let rows: Vec<_> = buyers.iter().map(|buyer| (segment.id.group(), (*buyer).into(), Sight::ALL)).collect();
    viewing::admit(tx, turn, &rows).await?;
    record(tx, segment, &SegmentEvent::Joined { customers: buyers.len() })
}

/// Takes customers out of a segment of the seller whose turn it is.
///
/// # Errors
/// When the database is away.
pub async fn leave(tx: &mut Tx, turn: &Turn, segment: &Segment, buyers: &[OrganizationId]) -> Result<(), StoreError> {
    let rows: Vec<_> = buyers.iter().map(|buyer| (segment.id.group(), (*buyer).into())).collect();
    viewing::expel(tx, turn, &rows).await?;
    record(tx, segment, &SegmentEvent::Left { customers: buyers.len() })
}

fn record(tx: &mut Tx, segment: &Segment, event: &SegmentEvent) -> Result<(), StoreError> {
    let subject = Subject { kind: SubjectKind::Segment, id: segment.id.uuid() };
    event::record(tx, Audience::only(segment.seller), subject, event)
}

impl From<&Segment> for Model {
    fn from(segment: &Segment) -> Self {
        Self {
            id: Col(segment.id),
            seller_id: Col(segment.seller),
            code: segment.code.to_string(),
            name: segment.name.to_string(),
            created_at: Col(segment.created_at),
            version: segment.version,
        }
    }
}

impl TryFrom<Model> for Segment {
    type Error = StoreError;

    fn try_from(row: Model) -> Result<Self, StoreError> {
        Ok(Self {
            id: row.id.0,
            seller: row.seller_id.0,
            code: ShortText::parse(&row.code)?,
            name: NameText::parse(&row.name)?,
            created_at: row.created_at.0,
            version: row.version,
        })
    }
}
