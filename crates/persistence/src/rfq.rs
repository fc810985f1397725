//! Requests for quotation, as they are stored.

mod convert;
mod entity;
pub mod invitation;
mod lines;
mod list;

use entity::rfq;
use jiff::Timestamp;
use sea_orm::{ColumnTrait, Order, QueryFilter, QueryOrder, QuerySelect};
use tradehall_domain::event::{Audience, Subject, SubjectKind};
use tradehall_domain::organization::OrganizationId;
use tradehall_domain::rfq::{Rfq, RfqEvent, RfqId, RfqLine};
use tradehall_domain::side::Side;

pub use lines::{lines_of, lines_of_many, load_lines, replace_lines};
pub use list::{RfqFilter, RfqView, cursor, list};

use crate::column::Col;
use crate::venue::{self, Standing};
use crate::{StoreError, Tx, event};

/// The request of that id.
///
/// # Errors
/// [`StoreError::NotFound`] also where the actor may not know of it.
pub async fn load(tx: &Tx, id: RfqId) -> Result<Rfq, StoreError> {
    tx.one(tx.find::<rfq::Entity>().filter(rfq::Column::Id.eq(Col(id)))).await?.try_into()
}

/// The same, locked until the transaction ends.
///
/// # Errors
/// As [`load`].
pub async fn lock(tx: &mut Tx, id: RfqId) -> Result<Rfq, StoreError> {
    let select = tx.find_for_update::<rfq::Entity>().filter(rfq::Column::Id.eq(Col(id)));
    tx.one(select).await?.try_into()
}

/// The same, locked only against change (several sellers can quote at once, but not while the buyer closes), and where `seller` stands
/// in its venue, if it may see that: one statement.
///
/// # Errors
/// As [`load`].
pub async fn hold(tx: &mut Tx, id: RfqId, seller: OrganizationId) -> Result<(Rfq, Option<Standing>), StoreError> {
    let select = tx.find::<rfq::Entity>().filter(rfq::Column::Id.eq(Col(id)));
    let select = venue::with_standing(tx, select, rfq::Column::VenueId, seller, Side::Seller);
    let select = tx.share(select);
    let rows = tx.joined(select).await?;
    let (rfq, standing) = venue::standing::<rfq::Entity>(rows.first().ok_or(StoreError::NotFound)?)?;
    Ok((rfq.try_into()?, standing))
}

/// The requests of these ids that the actor may see, in no order.
///
/// # Errors
/// When the database is away.
pub async fn load_many(tx: &Tx, ids: &[RfqId]) -> Result<Vec<Rfq>, StoreError> {
    let found = tx.all(tx.find::<rfq::Entity>().filter(tx.among(rfq::Column::Id, ids))).await?;
    found.into_iter().map(Rfq::try_from).collect()
}

/// The requests that something is due for at `now`, the longest waiting first, at most `limit`. For [`SystemTask::Timers`].
///
/// [`SystemTask::Timers`]: tradehall_domain::access::SystemTask::Timers
///
/// # Errors
/// When the database is away.
pub async fn due(tx: &Tx, now: Timestamp, limit: u64) -> Result<Vec<RfqId>, StoreError> {
    let select = tx
        .find::<rfq::Entity>()
        .filter(rfq::Column::NextCheckAt.lte(Col(now)))
        .order_by(rfq::Column::NextCheckAt, Order::Asc)
        .limit(limit);
    Ok(tx.all(select).await?.into_iter().map(|model| model.id.0).collect())
}

/// Adds a request with its lines.
///
/// # Errors
/// When its rows cannot be made.
pub fn insert(tx: &mut Tx, rfq: &Rfq, lines: &[RfqLine], event: &RfqEvent) -> Result<(), StoreError> {
    tx.insert(rfq::Model::from(rfq))?;
    lines::insert(tx, rfq, lines)?;
    record(tx, rfq, event)
}

/// Keeps a changed request.
///
/// # Errors
/// [`StoreError::Stale`], by the commit, when it changed meanwhile.
pub fn save(tx: &mut Tx, rfq: &mut Rfq, event: &RfqEvent) -> Result<(), StoreError> {
    rfq.version += 1;
    tx.save(rfq::Model::from(&*rfq))?;
    record(tx, rfq, event)
}

/// What concerns one thing alone: `rfq` as the subject of an event.
#[must_use]
pub const fn subject(rfq: RfqId) -> Subject {
    Subject { kind: SubjectKind::Rfq, id: rfq.uuid() }
}

fn record(tx: &mut Tx, rfq: &Rfq, event: &RfqEvent) -> Result<(), StoreError> {
    event::record(tx, Audience::only(rfq.buyer), subject(rfq.id), event)
}
