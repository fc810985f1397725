//! Framework agreements, their versions and lines, as they are stored, and the prices that they make.

mod contract;
mod entity;
mod giving_back;
mod line;
mod model;
mod version;

use entity::agreement::{Column, Entity, Model};
use jiff::Timestamp;
use sea_orm::{ColumnTrait, Condition, Order, QueryFilter, QueryOrder, QuerySelect};
use tradehall_domain::agreement::{
    Agreement, AgreementEvent, AgreementId, AgreementState, AgreementStatus, AgreementVersion,
};
use tradehall_domain::event::{Audience, Subject, SubjectKind};
use tradehall_domain::organization::OrganizationId;
use tradehall_domain::side::{Side, TwoSided};

pub use contract::{count, put_in_force, reprice, stop};
pub use giving_back::{Returned, give_back};
pub use line::{LINE_INDEX, insert_lines, lines_of, load_lines, lock_lines, save_lines};
pub use version::{VERSION_INDEX, current_version, insert_version, save_version, versions_of};

use crate::column::{Col, Name};
use crate::page::Sort;
use crate::{Cursor, Page, PageRequest, StoreError, Tx, event};

/// The unique index that a second successor runs into.
pub const SUCCESSOR_INDEX: &str = "agreement_predecessor_id_key";

/// Which agreements a list shows: those in which `party` stands on `side`, narrowed by whatever else is given.
#[derive(Debug, Clone)]
pub struct AgreementFilter {
    /// Whose agreements.
    pub party: OrganizationId,
    /// On which side it stands in them.
    pub side: Side,
    /// Only those that have come so far by now.
    pub status: Option<AgreementStatus>,
    /// Only those with this organization on the other side.
    pub counterparty: Option<OrganizationId>,
}

/// The agreement of that id.
///
/// # Errors
/// [`StoreError::NotFound`] also where the actor may not know of it.
pub async fn load(tx: &Tx, id: AgreementId) -> Result<Agreement, StoreError> {
    tx.one(tx.find::<Entity>().filter(Column::Id.eq(Col(id)))).await?.try_into()
}

/// The same, locked until the transaction ends: whoever calls off or changes it waits.
///
/// # Errors
/// As [`load`].
pub async fn lock(tx: &mut Tx, id: AgreementId) -> Result<Agreement, StoreError> {
    let select = tx.find_for_update::<Entity>().filter(Column::Id.eq(Col(id)));
    tx.one(select).await?.try_into()
}

/// The agreements of these ids that the actor may see, in no order.
///
/// # Errors
/// When the database is away.
pub async fn load_many(tx: &Tx, ids: &[AgreementId]) -> Result<Vec<Agreement>, StoreError> {
    let select = tx.find::<Entity>().filter(tx.among(Column::Id, ids));
    tx.all(select).await?.into_iter().map(Agreement::try_from).collect()
}

/// What was offered or agreed to go on from `predecessor`, locked.
///
/// # Errors
/// When the database is away.
pub async fn lock_renewal_of(tx: &mut Tx, predecessor: AgreementId) -> Result<Option<Agreement>, StoreError> {
    let over = [AgreementState::Declined, AgreementState::Withdrawn].map(Name);
    let select = tx
        .find_for_update::<Entity>()
        .filter(Column::PredecessorId.eq(Col(predecessor)))
        .filter(Column::State.is_not_in(over));
    tx.maybe(select).await?.map(Agreement::try_from).transpose()
}

/// The agreements that `filter` asks for, the newest first.
///
/// # Errors
/// When the database is away.
pub async fn list(tx: &Tx, filter: &AgreementFilter, page: &PageRequest) -> Result<Page<Agreement>, StoreError> {
    let (own, other) = match filter.side {
        Side::Buyer => (Column::BuyerId, Column::SellerId),
        Side::Seller => (Column::SellerId, Column::BuyerId),
    };
    let mut select = tx.find::<Entity>().filter(own.eq(Col(filter.party)));
    if let Some(counterparty) = filter.counterparty {
        select = select.filter(other.eq(Col(counterparty)));
    }
    if let Some(status) = filter.status {
        select = select.filter(has_status(status, tx.now()));
    }
    let sort = Sort { key: None, id: Column::Id, descending: true };
    tx.page(select, page, &sort).await?.try_map(Agreement::try_from)
}

/// The rows whose status is `status` at `now`: what [`Agreement::status`] says, in the words of the database.
fn has_status(status: AgreementStatus, now: Timestamp) -> Condition {
    let state = |state| Column::State.eq(Name(state));
    let is_bound = Column::State.is_in([AgreementState::Agreed, AgreementState::Suspended].map(Name));
    let stands = Condition::any().add(Column::TerminatesAt.is_null()).add(Column::TerminatesAt.gt(Col(now)));
    let valid = Column::ValidUntil.gt(Col(now));
    let all = Condition::all();
    match status {
        AgreementStatus::Draft => all.add(state(AgreementState::Draft)),
        AgreementStatus::Offered => all.add(state(AgreementState::Offered)),
        AgreementStatus::Declined => all.add(state(AgreementState::Declined)),
        AgreementStatus::Withdrawn => all.add(state(AgreementState::Withdrawn)),
        AgreementStatus::Agreed => {
            all.add(state(AgreementState::Agreed)).add(stands).add(valid).add(Column::ValidFrom.gt(Col(now)))
        }
        AgreementStatus::Active => {
            all.add(state(AgreementState::Agreed)).add(stands).add(valid).add(Column::ValidFrom.lte(Col(now)))
        }
        AgreementStatus::Suspended => all.add(state(AgreementState::Suspended)).add(stands).add(valid),
        AgreementStatus::Terminated => Condition::any()
            .add(state(AgreementState::Terminated))
            .add(Condition::all().add(is_bound).add(Column::TerminatesAt.lte(Col(now)))),
        AgreementStatus::Expired => {
            all.add(is_bound).add(stands).add(Column::ValidUntil.lte(Col(now))).add(Column::SuccessorId.is_null())
        }
        AgreementStatus::Renewed => {
            all.add(is_bound).add(stands).add(Column::ValidUntil.lte(Col(now))).add(Column::SuccessorId.is_not_null())
        }
    }
}

/// Where an agreement stands in a list.
#[must_use]
pub const fn cursor(agreement: &Agreement) -> Cursor {
    Cursor::of(agreement.id)
}

/// The agreements that something is due for at `now`, the longest waiting first, at most `limit`. For [`SystemTask::Timers`].
///
/// [`SystemTask::Timers`]: tradehall_domain::access::SystemTask::Timers
///
/// # Errors
/// When the database is away.
pub async fn due(tx: &Tx, now: Timestamp, limit: u64) -> Result<Vec<AgreementId>, StoreError> {
    let select = tx
        .find::<Entity>()
        .filter(Column::NextCheckAt.lte(Col(now)))
        .order_by(Column::NextCheckAt, Order::Asc)
        .limit(limit);
    Ok(tx.all(select).await?.into_iter().map(|model| model.id.0).collect())
}

/// Adds an agreement with its first version.
///
/// # Errors
/// When its rows cannot be made; a conflict on [`SUCCESSOR_INDEX`], by the commit.
pub fn insert(
    tx: &mut Tx,
    agreement: &Agreement,
    version: &AgreementVersion,
    event: &AgreementEvent,
) -> Result<(), StoreError> {
    tx.insert(Model::from(agreement))?;
    insert_version(tx, version)?;
    record(tx, agreement, event)
}

/// Keeps a changed agreement.
///
/// # Errors
/// [`StoreError::Stale`], by the commit, when it changed meanwhile.
pub fn save(tx: &mut Tx, agreement: &mut Agreement, events: &[AgreementEvent]) -> Result<(), StoreError> {
    agreement.version += 1;
    tx.save(Model::from(&*agreement))?;
    events.iter().try_for_each(|event| record(tx, agreement, event))
}

/// Writes down what happened to an agreement: for both sides, but for what only its drafter knows.
fn record(tx: &mut Tx, agreement: &Agreement, event: &AgreementEvent) -> Result<(), StoreError> {
    let subject = Subject { kind: SubjectKind::Agreement, id: agreement.id.uuid() };
    let audience = match agreement.party(agreement.drafter) {
        Some(drafter) if event.is_private() => Audience::only(drafter),
        _ => Audience::both(agreement.buyer, agreement.seller),
    };
    event::record(tx, audience, subject, event)
}
